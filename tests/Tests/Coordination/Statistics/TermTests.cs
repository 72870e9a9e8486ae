using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Owns questions on what an indicator means: who asks, who answers, and what others see of it.</summary>
public sealed class TermTests(DailyCity city) : IClassFixture<DailyCity>
{
    [Fact]
    public async Task AQuestionIsAnsweredOnce_AndPublishedWithoutWhoAsked()
    {
        HttpClient reporter = await city.ClientAsync("r1");
        (await reporter.PostAsync("/api/terms/v/questions", new { organisation = "e1", question = "" })).Refused("term.text", 422);
        (await reporter.PostAsync("/api/terms/none/questions", new { organisation = "e1", question = "?" })).Refused("request.not-found", 404);
        (await reporter.PostAsync("/api/terms/v/questions", new { organisation = "e2", question = "?" })).Refused("request.not-found", 404);
        long asked = (long)(await reporter.PostAsync("/api/terms/v/questions", new { organisation = "e1", question = "委外加工算在哪一方" }))["id"];
        HttpClient stranger = await city.ClientAsync("rx");
        Assert.DoesNotContain("委外加工", (await stranger.ReadAsync("/api/terms/v")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("term-question.ask-term", await city.NoticesAsync("bureau"));
        JsonNode open = Assert.Single(((JsonArray)(await (await city.ClientAsync("bureau")).ReadAsync("/api/term-questions")).Ok().Body!))!;
        object answer = new { answer = "算在发包方", publish = true, version = (long)open["version"]! };
        (await (await city.ClientAsync("bureau-x")).PostAsync($"/api/term-questions/{asked}/answer", answer)).Refused("request.not-found", 404);

        (await (await city.ClientAsync("bureau")).PostAsync($"/api/term-questions/{asked}/answer", answer)).Ok();

        (await (await city.ClientAsync("bureau")).PostAsync($"/api/term-questions/{asked}/answer", answer)).Refused("request.stale", 409);
        Assert.Contains("term-question.answer-term", await city.NoticesAsync("r1"));
        JsonNode seen = (await stranger.ReadAsync("/api/terms/v")).Ok().Body!;
        Assert.Equal("算在发包方", (string?)seen["notes"]![0]!["answer"]);
        Assert.Empty(seen["questions"]!.AsArray());
        Assert.Equal("e1", (string?)(await reporter.ReadAsync("/api/terms/v"))["questions"][0]!["organisation"]);
    }
}

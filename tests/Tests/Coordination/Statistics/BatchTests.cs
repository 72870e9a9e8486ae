using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Owns the decision on several returns at once: those that can move do, the others say why.</summary>
public sealed class BatchTests(ImportCity city) : IClassFixture<ImportCity>
{
    [Fact]
    public async Task TheChosenMove_AndTheStaleOneSaysWhy()
    {
        await city.AddUserAsync("r2", ("e2", "reporter"));
        string period = $"{city.Clock.GetUtcNow().Year - 1}Q2";
        (long first, long second) = (await SubmitAsync("r1", "e1", period), await SubmitAsync("r2", "e2", period));
        HttpClient district = await city.ClientAsync("district");
        (await district.PostAsync("/api/returns/batch", new { action = "pass", returns = Array.Empty<object>() })).Refused("batch.size", 422);
        (await district.PostAsync("/api/returns/batch", new { action = "send-back", returns = new[] { Seen("e1", period, first) } })).Refused("case.reason-missing", 422);
        (await district.PostAsync("/api/returns/batch", new { action = "approve", returns = new[] { Seen("e1", period, first) } })).Refused("case.unknown-action", 422);
        Answer passed = await district.PostAsync("/api/returns/batch", new { action = "pass", returns = new[] { Seen("e1", period, first), Seen("e2", period, second - 1) } });
        Assert.Equal(["first-reviewed", "request.stale"], ((JsonArray)passed.Ok().Body!).Select(line => (string?)line!["stage"] ?? (string?)line["code"]));
        Assert.Equal("first-reviewed", await StageAsync("e1", period));
        Assert.Equal("submitted", await StageAsync("e2", period));
        Answer back = await district.PostAsync("/api/returns/batch", new { action = "send-back", note = "请核对", returns = new[] { Seen("e2", period, second), Seen("e9", period, 1) } });
        Assert.Equal(["draft", "request.not-found"], ((JsonArray)back.Ok().Body!).Select(line => (string?)line!["stage"] ?? (string?)line["code"]));
    }

    private static object Seen(string organisation, string period, long version) => new { form = "f", organisation, period, version };

    private async Task<long> SubmitAsync(string user, string unit, string period)
    {
        HttpClient reporter = await city.ClientAsync(user);
        Answer saved = await reporter.PutAsync($"/api/returns/f/{unit}/{period}", new { cells = new[] { new { indicator = "v", value = 1 } }, version = 0 });
        return (long)(await reporter.PostAsync($"/api/returns/f/{unit}/{period}/actions", new { action = "submit", version = (long)saved["version"] }))["version"];
    }

    private async Task<string?> StageAsync(string unit, string period) =>
        (string?)(await (await city.ClientAsync("bureau")).ReadAsync($"/api/returns/f/{unit}/{period}"))["stage"];
}

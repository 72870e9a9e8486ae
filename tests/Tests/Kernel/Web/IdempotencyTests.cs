using System.Net;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Web;

/// <summary>A repeated key does nothing twice and answers the same; with another body it is refused.</summary>
public sealed class IdempotencyTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer_again()
    {
        HttpClient system = await platform.ClientAsync("system");
        object body = new { code = "p-again", name = "园区", kind = "park", parent = "c" };
        Answer first = (await system.PostAsync("/api/organisations", body, "again")).Ok();
        Answer second = (await system.PostAsync("/api/organisations", body, "again")).Ok();
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Message.Content.Headers.ContentType?.MediaType, second.Message.Content.Headers.ContentType?.MediaType);
        await using PlatformDb db = platform.Db();
        Assert.Equal(1, await db.Set<Organisation>().CountAsync(row => row.Code == "p-again"));
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        HttpClient system = await platform.ClientAsync("system");
        (await system.PostAsync("/api/organisations", new { code = "p-one", name = "one", kind = "park", parent = "c" }, "reused")).Ok();
        (await system.PostAsync("/api/organisations", new { code = "p-two", name = "two", kind = "park", parent = "c" }, "reused"))
            .Refused("request.key-reused", 422);
        // The same body on another address is another request.
        (await system.PostAsync("/api/indicators", new { code = "p-one", name = "one", kind = "park", parent = "c" }, "reused"))
            .Refused("request.key-reused", 422);
        await using PlatformDb db = platform.Db();
        Assert.False(await db.Set<Organisation>().AnyAsync(row => row.Code == "p-two"));
    }

    [Fact]
    public async Task A_key_belongs_to_one_user()
    {
        (await (await platform.ClientAsync("reporter1")).PostAsync("/api/trials", new { organisation = "e1", title = "one" }, "mine")).Ok();
        Answer other = (await (await platform.ClientAsync("reporter2")).PostAsync("/api/trials", new { organisation = "e2", title = "two" }, "mine")).Ok();
        Assert.Equal("two", (string?)other["title"]);
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        HttpClient system = await platform.ClientAsync("system");
        object body = new { code = "p-late", name = "late", kind = "park", parent = "not-yet" };
        (await system.PostAsync("/api/organisations", body, "free")).Refused("organisation.parent", 422);
        await platform.AddAsync("district", "not-yet", "c");
        (await system.PostAsync("/api/organisations", body, "free")).Ok();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Eight_twins_at_once_make_one_row_and_hear_one_answer(int round)
    {
        HttpClient system = await platform.ClientAsync("system");
        string code = $"p-twin-{round}";
        object body = new { code, name = "twin", kind = "park", parent = "c" };
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => system.PostAsync("/api/organisations", body, $"twin-{round}")));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, answers[0].Text), (answer.Status, answer.Text)));
        await using PlatformDb db = platform.Db();
        Assert.Equal(1, await db.Set<Organisation>().CountAsync(row => row.Code == code));
    }

    [Fact]
    public async Task Eight_twins_of_a_move_make_one_step_and_hear_one_answer()
    {
        (long id, long version) = await platform.TrialAsync();
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => platform.MoveAsync("reporter1", id, "submit", version, key: $"move-{id}")));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, answers[0].Text), (answer.Status, answer.Text)));
        await using PlatformDb db = platform.Db();
        Assert.Equal(1, await db.Set<CaseStep>().CountAsync(row => row.CaseId == id && row.Action == "submit"));
    }
}

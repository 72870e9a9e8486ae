using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Coordination.Supervision;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Accountability;

/// <summary>Owns the life of a matter: on late orders only, the unit heard, decided by somebody else. Each test moves the clock, so each has a city of its own.</summary>
public sealed class MatterTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly SupervisedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AMatter_IsVerifiedHeardDecidedAndLifted_AndTheDecisionIsAPaper()
    {
        long id = await OpenedAsync();
        (await MoveAsync("l1", id, "state")).Refused("case.wrong-stage", 422);
        (await MoveAsync("presser", id, "find", note: null)).Refused("case.reason-missing", 422);
        (await MoveAsync("presser", id, "find", "两次催办后仍未开工")).Ok();
        // Five working days after Tuesday 14 July.
        Assert.Equal("2026-07-21", (string?)(await ReadAsync(id))["matter"]["statementDueOn"]);
        Assert.Equal(1, await _city.NoticesAsync("l1", "accountability.find"));
        (await MoveAsync("l2", id, "state")).Refused("request.not-found", 404);
        (await (await _city.ClientAsync("l1")).ReadAsync($"/api/accountability/{id}/document")).Refused("accountability.undecided", 422);
        (await MoveAsync("l1", id, "state", "汛期停工，已补开工令")).Ok();
        Assert.Null((string?)(await ReadAsync(id))["matter"]["statementDueOn"]);
        (await MoveAsync("presser", id, "decide", measure: "talk")).Refused("access.role", 403);
        (await MoveAsync("leader", id, "decide", measure: "praise")).Refused("accountability.measure", 422);
        (await MoveAsync("leader", id, "decide", "约谈主要负责人", "talk")).Ok();
        // Whenever it is taken, the paper is of the day of the decision.
        _city.Clock.GoTo(new DateOnly(2026, 7, 16));
        using HttpResponseMessage paper = await (await _city.ClientAsync("leader")).GetAsync(new Uri($"/api/accountability/{id}/document", UriKind.Relative));
        using var content = new MemoryStream(await paper.Content.ReadAsByteArrayAsync());
        using WordprocessingDocument document = WordprocessingDocument.Open(content, false);
        Assert.Empty(new OpenXmlValidator().Validate(document));
        string text = document.MainDocumentPart!.Document!.InnerText;
        Assert.All(new[] { "督〔2026〕1号", "两次催办后仍未开工", "汛期停工，已补开工令", "约谈主要负责人", "2026年7月14日" }, part => Assert.Contains(part, text, StringComparison.Ordinal));
        (await MoveAsync("leader", id, "lift", "已复工")).Ok();
        Assert.Equal("lifted", (string?)(await ReadAsync(id))["matter"]["stage"]);
    }

    [Fact]
    public async Task WhoStatesNothingIsTakenToHaveNothing_AndWhoIsVerifiedAnewHasTheWholeTimeAgain()
    {
        long id = await OpenedAsync();
        (await MoveAsync("presser", id, "find")).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 20));
        Assert.True(await RunAsync() > 0);
        Assert.Equal(("hearing", 1), ((string)(await ReadAsync(id))["matter"]["stage"]!, await _city.NoticesAsync("l1", "accountability.remind-hearing")));
        _city.Clock.GoTo(new DateOnly(2026, 7, 22));
        await RunAsync();
        Assert.Equal(("heard", 1), ((string)(await ReadAsync(id))["matter"]["stage"]!, await _city.NoticesAsync("leader", "accountability.pass-hearing")));
        (await MoveAsync("leader", id, "verify-again")).Ok();
        (await MoveAsync("presser", id, "find")).Ok();
        Assert.Equal("2026-07-29", (string?)(await ReadAsync(id))["matter"]["statementDueOn"]);
        await ClockProof.HoldsAsync(_city.Services);
        (await MoveAsync("l1", id, "state")).Ok();
        long order = (long)(await ReadAsync(id))["facts"][0]!["order"]!;
        (await OpenAsync("presser", order)).Refused("accountability.again", 422);
        (await MoveAsync("leader", id, "dismiss")).Ok();
        (await OpenAsync("presser", order)).Ok();
    }

    [Fact]
    public async Task OnlyLateOrdersOfOneUnitAreGrounds_AndNobodyHoldsAStrangerToAccount()
    {
        long order = await _city.IssueAsync(5, "u2");
        (await OpenAsync("presser", order)).Refused("accountability.fact", 422);
        _city.Clock.GoTo(new DateOnly(2026, 7, 14));
        long part = (long)(await (await _city.ClientAsync("l2")).ReadAsync("/api/supervision/orders")).Ok().Body!.AsArray()[0]!["id"]!;
        (await OpenAsync("presser", order, part)).Refused("accountability.units", 422);
        (await OpenAsync("presser")).Refused("accountability.facts", 422);
        (await OpenAsync("presser-x", order)).Refused("request.not-found", 404);
        (await OpenAsync("l1", order)).Refused("access.role", 403);
        (await (await _city.ClientAsync("presser")).PostAsync("/api/accountability", new { title = " ", orders = new[] { order } })).Refused("accountability.text", 422);
    }

    [Fact]
    public async Task WhoVerifiedDoesNotDecide()
    {
        await _city.AddUserAsync("both", ("office", "supervisor"), ("office", "approver"));
        long id = await OpenedAsync();
        (await MoveAsync("both", id, "find")).Ok();
        (await MoveAsync("l1", id, "state")).Ok();
        (await MoveAsync("both", id, "decide", measure: "criticism")).Refused("accountability.own-finding", 403);
        (await MoveAsync("leader", id, "decide", measure: "criticism")).Ok();
    }

    /// <returns>The id of a matter of <c>u1</c> on an order that is a day late, on Tuesday 14 July.</returns>
    private async Task<long> OpenedAsync()
    {
        long order = await _city.IssueAsync(5);
        _city.Clock.GoTo(new DateOnly(2026, 7, 14));
        return (long)(await OpenAsync("presser", order))["id"];
    }

    private async Task<Answer> OpenAsync(string user, params long[] orders) =>
        await (await _city.ClientAsync(user)).PostAsync("/api/accountability", new { title = "逾期不办", orders });

    private async Task<Answer> MoveAsync(string user, long id, string action, string? note = "见核查笔录", string? measure = null) => await (await _city.ClientAsync(user)).PostAsync(
        $"/api/accountability/{id}/actions", new { action, note, measure, version = (long)(await ReadAsync(id))["matter"]["version"]! });

    private async Task<Answer> ReadAsync(long id) => await (await _city.ClientAsync("presser")).ReadAsync($"/api/accountability/{id}");

    private Task<int> RunAsync() => _city.Services.GetRequiredService<RungRunner>().RunAsync();
}

using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Supervision;

/// <summary>Owns the life of an order and its clock. Each test moves the clock, so each has a city of its own.</summary>
public sealed class OrderTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly SupervisedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AnOrder_IsSignedForHandledFinishedWithEvidenceAndClosed()
    {
        long order = await _city.IssueAsync(10);
        JsonNode issued = (await _city.ReadAsync(order, "l1")).Ok().Body!["order"]!;
        // Working days after Monday 6 July: two to Wednesday the 8th, ten to Monday the 20th.
        Assert.Equal(("督〔2026〕1号", "2026-07-08", "2026-07-20"), ((string)issued["number"]!, (string)issued["signDueOn"]!, (string)issued["dueOn"]!));
        Assert.Equal(1, await _city.NoticesAsync("l1", "supervision.issue"));
        (await _city.ReadAsync(order, "l2")).Refused("request.not-found", 404);
        (await _city.ReadAsync(order, "presser-x")).Refused("request.not-found", 404);
        (await _city.MoveAsync("l1", order, "report", percent: 10)).Refused("case.wrong-stage", 422);
        (await _city.MoveAsync("presser", order, "sign-for")).Refused("access.role", 403);
        (await _city.MoveAsync("l1", order, "sign-for")).Ok();
        (await _city.MoveAsync("l1", order, "report", percent: 101)).Refused("supervision.percent", 422);
        (await _city.MoveAsync("l1", order, "report", note: null, percent: 10)).Refused("case.reason-missing", 422);
        (await _city.MoveAsync("l1", order, "report", percent: 40)).Ok();
        (await _city.MoveAsync("l1", order, "finish")).Refused("supervision.evidence-missing", 422);
        (await _city.MoveAsync("l1", order, "finish", evidence: await _city.EvidenceAsync("l2", "u2"))).Refused("supervision.evidence-missing", 422);
        await _city.FinishAsync(order);
        (await _city.MoveAsync("l1", order, "close")).Refused("access.role", 403);
        Assert.Equal("closed", (string?)(await _city.MoveAsync("presser", order, "close"))["stage"]);
        Assert.Equal("done", await _city.StateAsync(order));
    }

    [Fact]
    public async Task TheUnitsTimeEndsWithTheFinish_GoesOnWhenItIsSentBack_AndAHoldMovesTheDay()
    {
        long order = await _city.IssueAsync(10);
        (await _city.MoveAsync("l1", order, "sign-for")).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 8));
        (await _city.MoveAsync("presser", order, "hold")).Ok();
        Assert.Null(await _city.DueAsync(order));
        Assert.Equal("held", await _city.StateAsync(order));
        _city.Clock.GoTo(new DateOnly(2026, 7, 13));
        (await _city.MoveAsync("presser", order, "resume")).Ok();
        // Two days were consumed before the hold; eight are left from Monday the 13th.
        Assert.Equal("2026-07-23", await _city.DueAsync(order));
        _city.Clock.GoTo(new DateOnly(2026, 7, 15));
        await _city.FinishAsync(order);
        _city.Clock.GoTo(new DateOnly(2026, 8, 3));
        (await _city.MoveAsync("presser", order, "send-back")).Ok();
        Assert.Equal("2026-08-11", await _city.DueAsync(order));
        Assert.Equal("2026-07-20", (string?)(await _city.ReadAsync(order))["order"]["firstDueOn"]);
        await ClockProof.HoldsAsync(_city.Services);
    }

    [Fact]
    public async Task AnExtension_IsAskedBeforeTheDay_AndTheFirstDayStaysVisible()
    {
        long order = await _city.IssueAsync(5);
        (await _city.MoveAsync("l1", order, "sign-for")).Ok();
        (await _city.MoveAsync("l1", order, "ask-extension", until: "2026-07-13")).Refused("supervision.until", 422);
        (await _city.MoveAsync("l1", order, "ask-extension", until: "2026-07-17")).Ok();
        (await _city.MoveAsync("presser", order, "refuse-extension")).Ok();
        (await _city.MoveAsync("l1", order, "ask-extension", until: "2026-07-17")).Ok();
        (await _city.MoveAsync("presser", order, "grant-extension", until: "2026-07-15")).Ok();
        Assert.Equal("2026-07-15", await _city.DueAsync(order));
        _city.Clock.GoTo(new DateOnly(2026, 7, 16));
        Assert.Equal("overdue", await _city.StateAsync(order));
        (await _city.MoveAsync("l1", order, "ask-extension", until: "2026-07-30")).Refused("supervision.extension-late", 422);
        await ClockProof.HoldsAsync(_city.Services);
    }

    [Fact]
    public async Task SupportingUnitsHaveOrdersOfTheirOwn_AndTheLeadUnitsClosesLast()
    {
        Answer issued = (await _city.AskAsync(10, ["u2"])).Ok();
        JsonArray orders = issued["orders"].AsArray();
        Assert.Equal(["督〔2026〕1号", "督〔2026〕1-1号"], orders.Select(order => (string?)order!["number"]));
        (long lead, long part) = ((long)orders[0]!["id"]!, (long)orders[1]!["id"]!);
        foreach ((string user, string unit, long order) in new[] { ("l1", "u1", lead), ("l2", "u2", part) })
        {
            (await _city.MoveAsync(user, order, "sign-for")).Ok();
            await _city.FinishAsync(order, user, unit);
        }

        (await _city.MoveAsync("presser", lead, "close")).Refused("supervision.parts-open", 422);
        (await _city.MoveAsync("presser", part, "close")).Ok();
        (await _city.MoveAsync("presser", lead, "close")).Ok();
    }

    [Fact]
    public async Task WhatIsNotOnesDuty_IsReturnedAndDecided()
    {
        long order = await _city.IssueAsync();
        (await _city.MoveAsync("l1", order, "return-duty", note: null)).Refused("case.reason-missing", 422);
        _city.Clock.GoTo(new DateOnly(2026, 7, 9));
        (await _city.MoveAsync("l1", order, "return-duty")).Ok();
        (await _city.MoveAsync("presser", order, "reissue")).Ok();
        // Two working days anew from Thursday the 9th; the day for finishing it stays.
        Assert.Equal(("2026-07-13", "2026-07-20"), ((string?)(await _city.ReadAsync(order))["order"]["signDueOn"], await _city.DueAsync(order)));
        (await _city.MoveAsync("presser", order, "revoke")).Ok();
        Assert.Equal("done", await _city.StateAsync(order));
    }

    [Fact]
    public async Task ABadOrder_IsRefusedWithItsReason_AndNobodyPressesAStranger()
    {
        (await _city.AskAsync(0, [])).Refused("supervision.workdays-bounds", 422);
        (await _city.AskAsync(10, [], source: "rumour")).Refused("supervision.source-unknown", 422);
        (await _city.AskAsync(10, ["u1"])).Refused("supervision.units", 422);
        (await _city.AskAsync(10, [], lead: "ux")).Refused("request.not-found", 404);
        (await _city.AskAsync(10, [], user: "l1")).Refused("access.role", 403);
    }

    [Fact]
    public async Task SeveralAreSignedForAtOnce_AndTheStaleOneSaysWhy()
    {
        (long first, long second) = (await _city.IssueAsync(), await _city.IssueAsync());
        HttpClient liaison = await _city.ClientAsync("l1");
        long version = (long)(await _city.ReadAsync(first))["order"]["version"]!;
        JsonArray outcomes = (await liaison.PostAsync("/api/supervision/batch", new { action = "sign-for", orders = new[] { new { id = first, version }, new { id = second, version = 1L } } })).Ok().Body!.AsArray();
        Assert.Equal(["handling", "request.stale"], outcomes.Select(one => (string?)one!["stage"] ?? (string?)one["code"]));
        (await liaison.PostAsync("/api/supervision/batch", new { action = "close", orders = new[] { new { id = first, version } } })).Refused("case.unknown-action", 422);
    }

    [Fact]
    public async Task TheStandingRanksByWhatWasDoneInTime_AndComesAsAPaper()
    {
        (await _city.AskAsync(5, ["u2"])).Ok();
        HttpClient presser = await _city.ClientAsync("presser");
        JsonArray orders = (await presser.ReadAsync("/api/supervision/orders?open=true")).Ok().Body!.AsArray();
        long lead = (long)orders.Single(order => (string?)order!["organisation"] == "u1")!["id"]!;
        (await _city.MoveAsync("l1", lead, "sign-for")).Ok();
        await _city.FinishAsync(lead);
        _city.Clock.GoTo(new DateOnly(2026, 7, 20));
        JsonArray lines = (await presser.ReadAsync("/api/supervision/standing")).Ok().Body!.AsArray();
        Assert.Equal([("u1", 1, 1, 0), ("u2", 2, 0, 1)], lines.Select(line => ((string)line!["unit"]!, (int)line["place"]!, (int)line["inTime"]!, (int)line["overdue"]!)));
        using HttpResponseMessage paper = await presser.GetAsync(new Uri("/api/supervision/standing/document", UriKind.Relative));
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString((await paper.Content.ReadAsByteArrayAsync())[..2]));
        (await presser.PutAsync("/api/supervision/palette/c", new { palette = "rainbow" })).Refused("supervision.palette-unknown", 422);
        (await presser.PutAsync("/api/supervision/palette/c", new { palette = "ladder" })).Ok();
        (await presser.PutAsync("/api/supervision/palette/x", new { palette = "ladder" })).Refused("request.not-found", 404);
    }
}

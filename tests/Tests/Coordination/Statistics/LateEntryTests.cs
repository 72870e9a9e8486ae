using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Owns the closing of entry, the exception that opens it, and its end. Each test moves the clock, so each has a city of its own.</summary>
public sealed class LateEntryTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const string Path = $"closing/e2/{DailyCity.Period}";

    private readonly DailyCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AfterTheClosingDayOnlyAnExceptionOpens_AndItEndsByItself()
    {
        // Q2 ends on Tuesday 30 June; the fifth working day after it is Tuesday 7 July.
        _city.Clock.GoTo(new DateOnly(2026, 7, 7));
        (await _city.SaveAsync("r2", Path, "w", 1m)).Ok();
        (await AskAsync("r2", "台账迁移", "2026-07-15")).Refused("late.open", 422);
        _city.Clock.GoTo(new DateOnly(2026, 7, 8));
        (await _city.SaveAsync("r2", Path, "w", 2m)).Refused("return.closed", 422);
        (await _city.MoveAsync("r2", Path, "submit")).Refused("return.closed", 422);
        (await AskAsync("r2", " ", "2026-07-15")).Refused("late.reason", 422);
        (await AskAsync("r2", "台账迁移", "2026-07-07")).Refused("late.until", 422);
        (await AskAsync("r2", "台账迁移", "2026-12-31")).Refused("late.until", 422);
        (await AskAsync("r1", "台账迁移", "2026-07-15")).Refused("request.not-found", 404);
        (await AskAsync("bureau", "台账迁移", "2026-07-15")).Refused("access.role", 403);
        long asked = (long)(await AskAsync("r2", "台账迁移", "2026-07-15"))["id"];
        (await AskAsync("r2", "台账迁移", "2026-07-15")).Refused("late.waiting", 422);
        Assert.Contains("late-entry.ask-late", await _city.NoticesAsync("bureau"));
        (await DecideAsync("bureau-x", asked, "grant-late")).Refused("request.not-found", 404);
        (await DecideAsync("r2", asked, "grant-late")).Refused("access.role", 403);
        (await DecideAsync("bureau", asked, "refuse-late")).Refused("case.reason-missing", 422);

        (await DecideAsync("bureau", asked, "grant-late", until: "2026-07-10")).Ok();

        Assert.Contains("late-entry.grant-late", await _city.NoticesAsync("r2"));
        _city.Clock.GoTo(new DateOnly(2026, 7, 10));
        (await _city.SaveAsync("r2", Path, "w", 3m)).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 11));
        (await _city.SaveAsync("r2", Path, "w", 4m)).Refused("return.closed", 422);
    }

    [Fact]
    public async Task WhatALevelGivesBack_StaysOpenAndASubmissionIsNotTakenBackAfterTheClosing()
    {
        (await _city.SaveAsync("r2", Path, "w", 1m)).Ok();
        (await _city.MoveAsync("r2", Path, "submit")).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 20));
        (await _city.MoveAsync("r2", Path, "withdraw")).Refused("return.closed", 422);
        (await _city.MoveAsync("district", Path, "send-back", "请核对")).Ok();
        (await _city.SaveAsync("r2", Path, "w", 2m)).Ok();
        (await _city.MoveAsync("r2", Path, "submit")).Ok();
    }

    [Fact]
    public async Task ARefusedRequestOpensNothing_AndTheUnitMayAskAgain()
    {
        _city.Clock.GoTo(new DateOnly(2026, 7, 20));
        long asked = (long)(await AskAsync("r2", "忘了", "2026-07-22"))["id"];
        (await DecideAsync("bureau", asked, "refuse-late", "理由不成立")).Ok();
        (await _city.SaveAsync("r2", Path, "w", 2m)).Refused("return.closed", 422);
        asked = (long)(await AskAsync("r2", "台账迁移，附说明", "2026-07-22"))["id"];
        (await DecideAsync("r2", asked, "take-back-late")).Ok();
        (await DecideAsync("bureau", asked, "grant-late")).Refused("case.wrong-stage", 422);
    }

    private async Task<Answer> AskAsync(string user, string reason, string until) =>
        await (await _city.ClientAsync(user)).PostAsync($"/api/returns/{Path}/late-entry", new { reason, until });

    private async Task<Answer> DecideAsync(string user, long id, string action, string? note = null, string? until = null)
    {
        long version = ((System.Text.Json.Nodes.JsonArray)(await (await _city.ClientAsync("r2")).ReadAsync("/api/late-entries")).Ok().Body!)
            .Where(line => (long)line!["id"]! == id).Select(line => (long)line!["version"]!).Single();
        return await (await _city.ClientAsync(user)).PostAsync($"/api/late-entries/{id}/actions", new { action, note, until, version });
    }
}

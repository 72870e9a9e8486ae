using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>Who may see a round, who may appeal it and until when, who may not hear the appeal, and what an upheld one changes.</summary>
public sealed class AppealTests(AssessedCity city) : IClassFixture<AssessedCity>
{
    [Fact]
    public async Task A_round_does_not_exist_for_its_units_before_the_release_and_a_foreign_lineage_never()
    {
        long round = await city.OpenAsync();
        Assert.Empty((await city.ResultsAsync(round))["units"]!.AsArray());
        (await city.MoveAsync(round, "freeze")).Ok();
        HttpClient unit = await city.ClientAsync("u1-liaison");
        (await unit.ReadAsync($"/api/rounds/{round}/results")).Refused("request.not-found", 404);

        (await city.MoveAsync(round, "release")).Ok();

        Assert.Equal(2, (await city.ResultsAsync(round, "u1-liaison"))["units"]!.AsArray().Count);
        (await unit.ReadAsync($"/api/rounds/{round}/lineage?unit=u1&criterion=C")).Ok();
        (await unit.ReadAsync($"/api/rounds/{round}/lineage?unit=u2&criterion=C")).Refused("request.not-found", 404);
        (await unit.ReadAsync($"/api/rounds/{round}/preview?observation={await city.CellAsync(round, "u2")}&value=1")).Refused("request.not-found", 404);
        (await unit.ReadAsync($"/api/rounds/{round}/export")).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task A_frozen_round_is_thawed_with_a_reason_a_released_one_never()
    {
        long round = await city.OpenAsync();
        (await city.MoveAsync(round, "freeze")).Ok();
        (await city.MoveAsync(round, "thaw")).Refused("case.reason-missing", 422);

        (await city.MoveAsync(round, "thaw", "目标值有误")).Ok();

        JsonNode thawed = await city.ResultsAsync(round);
        Assert.Equal("draft", (string?)thawed["stage"]);
        Assert.Empty(thawed["units"]!.AsArray());
        (await city.MoveAsync(round, "freeze")).Ok();
        (await city.MoveAsync(round, "release")).Ok();
        (await city.MoveAsync(round, "thaw", "再改")).Refused("case.wrong-stage", 422);
    }

    [Fact]
    public async Task A_value_that_a_round_rests_on_keeps_its_approval()
    {
        await city.ReleasedAsync();
        HttpClient approver = await city.ClientAsync("approver");
        long version = (long)(await approver.ReadAsync(AssessedCity.ReturnOf("u2")))["version"];

        (await approver.PostAsync($"{AssessedCity.ReturnOf("u2")}/actions", new { action = "withdraw", note = "再看看", version }))
            .Refused("observation.in-use", 422);
    }

    [Fact]
    public async Task An_appeal_is_filed_by_the_units_own_liaison_once_at_a_time_and_within_ten_working_days()
    {
        long round = await city.ReleasedAsync();
        (await city.AppealAsync(round, "u1", "u2-liaison")).Refused("request.not-found", 404);
        (await city.AppealAsync(round, "u1", "u1-reporter")).Refused("access.role", 403);
        long appeal = (long)(await city.AppealAsync(round))["id"];
        (await city.AppealAsync(round)).Refused("appeal.duplicate", 422);
        (await city.DecideAsync(appeal, "reject", "台账无误")).Ok();
        (await city.AppealAsync(round)).Ok();

        long late = await city.ReleasedAsync();
        city.Clock.Advance(TimeSpan.FromDays(14));
        (await city.AppealAsync(late)).Ok();
        city.Clock.Advance(TimeSpan.FromDays(1));
        (await city.AppealAsync(late, "u2")).Refused("appeal.window-closed", 422);
    }

    [Fact]
    [Trait("Teeth", "recusal")]
    public async Task Who_touched_the_value_scored_the_round_or_belongs_to_the_unit_hears_no_appeal()
    {
        HttpClient security = await city.ClientAsync("security");
        foreach (string touched in (string[])["reviewer", "assessor", "u1-reporter"])
        {
            (await security.PostAsync($"/api/users/{touched}/memberships", new { organisation = "office", role = "appeal-officer" })).Ok();
        }

        long appeal = (long)(await city.AppealAsync(await city.ReleasedAsync()))["id"];

        foreach (string touched in (string[])["reviewer", "assessor", "u1-reporter"])
        {
            (await city.DecideAsync(appeal, "accept", who: touched)).Refused("appeal.recused", 403);
        }

        (await city.DecideAsync(appeal, "settle")).Refused("case.unknown-action", 422);
        (await city.DecideAsync(appeal, "accept")).Ok();
    }

    [Fact]
    public async Task An_upheld_appeal_recomputes_every_round_on_the_value_in_the_last_approval_and_names_who_moved()
    {
        long round = await city.ReleasedAsync();
        long other = await city.ReleasedAsync();
        long cell = await city.CellAsync(round, "u1");
        JsonNode preview = (await (await city.ClientAsync("assessor")).ReadAsync($"/api/rounds/{round}/preview?observation={cell}&value=95")).Ok().Body!;
        Assert.Equal(2, preview["moved"]!.AsArray().Count);
        (await (await city.ClientAsync("u1-liaison")).PostAsync($"/api/rounds/{round}/feedback/u1/receipt", new { })).Ok();
        long appeal = (long)(await city.AppealAsync(round))["id"];
        (await city.DecideAsync(appeal, "accept")).Ok();
        (await city.DecideAsync(appeal, "uphold")).Refused("case.reason-missing", 422);
        (await city.DecideAsync(appeal, "uphold", "漏计属实")).Ok();

        HttpClient owner = await city.ClientAsync("u1-reporter");
        long version = (long)(await owner.ReadAsync(AssessedCity.ReturnOf("u1")))["version"];
        await city.ReportAsync("u1", 95, version);

        JsonNode ended = (await (await city.ClientAsync("u1-liaison")).ReadAsync($"/api/appeals/{appeal}")).Ok().Body!;
        Assert.Equal("settled", (string?)ended["stage"]);
        Assert.Equal(preview["moved"]!.ToJsonString(), ended["moved"]!.ToJsonString());
        foreach (long recomputed in (long[])[round, other])
        {
            JsonNode results = await city.ResultsAsync(recomputed);
            Assert.Equal(2, (int)results["run"]!);
            Assert.Equal(("u1", 95m, "优秀"), ((string)results["units"]![0]!["unit"]!, (decimal)results["units"]![0]!["total"]!, (string)results["units"]![0]!["grade"]!));
            Assert.NotEqual(cell, await city.CellAsync(recomputed, "u1"));
        }

        // Who moved is told and signs again; the lowest grade, and with it the rectification, has changed hands.
        HttpClient assessor = await city.ClientAsync("assessor");
        Assert.Equal(["sent", "sent"], (await assessor.ReadAsync($"/api/rounds/{round}/feedback")).Ok().Body!.AsArray().Select(line => (string)line!["stage"]!));
        Assert.Equal([("u1", "lapsed"), ("u2", "asked")], (await assessor.ReadAsync("/api/rectifications")).Ok().Body!.AsArray()
            .Where(row => (long)row!["round"]! == round).Select(row => ((string)row!["unit"]!, (string)row["stage"]!)).Order());
    }
}

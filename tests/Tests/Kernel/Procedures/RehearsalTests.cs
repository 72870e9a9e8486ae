using System.Text.Json.Nodes;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Procedures;

/// <summary>Owns the rehearsal: cases queue for people, and the first stage that breaks is named.</summary>
public sealed class RehearsalTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    private static readonly Procedure s_table = TrialModule.Procedure;

    /// <summary>Cases that are submitted at once, one each hour, and approved an hour later by one reviewer.</summary>
    private static PlayedCase[] Hourly(int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => new PlayedCase(index, index * 60,
        [
            new PlayedMove("draft", "submit", "submitted", 1, index * 60), new PlayedMove("submitted", "approve", "approved", 2, (index * 60) + 60),
        ], [])),
    ];

    private static RehearsalPlan Plan(int load, int staff, int minutes) =>
        new(load, new Dictionary<string, int> { [TrialModule.Reviewer] = staff }, new Dictionary<string, int> { ["approve"] = minutes });

    [Theory]
    // One person, 60 minutes a case, a case an hour: nobody waits, the person is always busy.
    [InlineData(1, 1, 60, 60, 0, 0)]
    // Twice the cases: each hour one more waits; three days are 1,440 minutes, so whoever comes after the first day and a half is late.
    [InlineData(2, 1, 60, 5453, 76, 1)]
    [InlineData(2, 2, 60, 60, 0, 0)]
    [InlineData(2, 1, 30, 60, 0, 1)]
    public void Cases_wait_for_people_and_are_late_by_the_limit_of_the_move_that_led_there(int load, int staff, int minutes, long nineTenthsAtMost, int lateAtLeast, int queueAtLeast)
    {
        RehearsalOutcome outcome = Rehearsal.Play(s_table, Hourly(100), Plan(load, staff, minutes));
        StageOutcome submitted = outcome.Stages.Single(stage => stage.Stage == "submitted");
        Assert.Equal((100 * load, 3), (submitted.Passed, submitted.LimitWorkdays!.Value));
        Assert.InRange(submitted.NineTenthsMinutes, 1, nineTenthsAtMost);
        Assert.True(submitted.Late >= lateAtLeast, $"{submitted.Late}");
        Assert.Equal(lateAtLeast > 20, submitted.Breaks);
        Assert.True(Assert.Single(outcome.Pools).LongestQueue >= queueAtLeast);
    }

    [Fact]
    public void As_it_was_is_what_the_steps_say()
    {
        StageOutcome submitted = Rehearsal.AsItWas(s_table, Hourly(10)).Stages.Single(stage => stage.Stage == "submitted");
        Assert.Equal((10, 0, 60, 60), (submitted.Passed, submitted.Late!.Value, submitted.MedianMinutes, submitted.NineTenthsMinutes));
    }

    /// <summary>One reviewer needs half a day a case: two come a day and are done; twice as many wait ever longer, and the limit of three days that runs over the stage breaks.</summary>
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 76, 50)]
    public void A_limit_over_several_stages_is_judged_by_the_days_that_it_ran(int load, int lateAtLeast, int nineTenthsAtMost)
    {
        Procedure table = s_table with { Clocks = [new ProcedureClock("whole", "x") { RunsIn = ["submitted"] }] };
        PlayedCase[] cases =
        [
            .. Enumerable.Range(0, 100).Select(index => new PlayedCase(index, index * 240,
                [new PlayedMove("draft", "submit", "submitted", 1, index * 240), new PlayedMove("submitted", "approve", "approved", 2, (index * 240) + 240)], [new PlayedClock("whole", 3)])),
            // It still stands where the limit runs, by its last reminder in time: nothing to judge.
            new PlayedCase(100, 0, [new PlayedMove("draft", "submit", "submitted", 1, 0), new PlayedMove("submitted", "remind", "submitted", 0, 480)], [new PlayedClock("whole", 3)]),
        ];
        ClockOutcome whole = Assert.Single(Rehearsal.Play(table, cases, Plan(load, 1, 240)).Clocks);
        Assert.Equal((100 * load, 3, 3, "submitted"), (whole.Judged, whole.Least, whole.Most, whole.Slowest));
        Assert.True(lateAtLeast == 0 ? whole.Late == 0 : whole.Late >= lateAtLeast, $"{whole.Late}");
        Assert.InRange(whole.NineTenthsDays, 0, nineTenthsAtMost);
        Assert.Equal(lateAtLeast > 0, whole.Breaks);
    }

    [Fact]
    public void A_reminder_ends_no_stay()
    {
        PlayedMove[] moves =
        [
            new("draft", "submit", "submitted", 1, 0), new("submitted", "remind", "submitted", 0, 2 * Rehearsal.Day), new("submitted", "approve", "approved", 2, 5 * Rehearsal.Day),
        ];
        StageOutcome submitted = Rehearsal.AsItWas(s_table, [new PlayedCase(1, 0, moves, [])]).Stages.Single(stage => stage.Stage == "submitted");
        // Five days of three, however often somebody was reminded in between.
        Assert.Equal((1, 1, 5 * Rehearsal.Day), (submitted.Passed, submitted.Late!.Value, submitted.MedianMinutes));
    }

    [Fact]
    public void Who_still_stands_where_a_limit_runs_is_late_once_it_is_over()
    {
        Procedure table = s_table with { Clocks = [new ProcedureClock("whole", "x") { RunsIn = ["submitted"] }] };
        PlayedMove[] moves = [new("draft", "submit", "submitted", 1, 0), new("submitted", "remind", "submitted", 0, 4 * Rehearsal.Day + 60)];
        ClockOutcome whole = Assert.Single(Rehearsal.AsItWas(table, [new PlayedCase(1, 0, moves, [new PlayedClock("whole", 3)])]).Clocks);
        Assert.Equal((1, 1, 0), (whole.Judged, whole.Late, whole.InTime));
    }

    [Theory]
    // The morning of a day to the evening of the next: one day. Two stretches of two days are four; anew, two.
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Where_a_case_leaves_and_comes_back_the_limit_goes_on_or_begins_anew(bool anew, int late)
    {
        Procedure table = s_table with { Clocks = [new ProcedureClock("whole", "x") { RunsIn = ["submitted"], Anew = anew }] };
        PlayedMove[] moves =
        [
            new("draft", "submit", "submitted", 1, 0), new("submitted", "send-back", "returned", 2, 1440),
            new("returned", "submit", "submitted", 1, 4800), new("submitted", "approve", "approved", 2, 4800 + 1440),
        ];
        ClockOutcome whole = Assert.Single(Rehearsal.AsItWas(table, [new PlayedCase(1, 0, moves, [new PlayedClock("whole", 3)])]).Clocks);
        Assert.Equal((1, late, anew ? 2 : 4), (whole.Judged, whole.Late, whole.NineTenthsDays));
    }

    [Theory]
    [InlineData("2026-10-09T09:00:00+08:00", 0)]
    [InlineData("2026-10-09T17:00:00+08:00", 480)]
    [InlineData("2026-10-09T23:00:00+08:00", 480)]
    [InlineData("2026-10-10T10:00:00+08:00", 540)] // a worked Saturday
    [InlineData("2026-10-11T10:00:00+08:00", 960)]
    [InlineData("2026-10-12T09:30:00+08:00", 990)]
    public void Only_working_time_counts(string at, long minutes) =>
        Assert.Equal(minutes, RehearsalReading.Minute(WorkCalendar.Published, new DateOnly(2026, 10, 9), DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task Last_years_cases_are_replayed_within_the_readers_scope()
    {
        for (int i = 0; i < 6; i++)
        {
            (long id, long version) = await platform.TrialAsync("e1", submitted: true);
            platform.Clock.Advance(TimeSpan.FromMinutes(20));
            (await platform.MoveAsync("reviewer1", id, "approve", version)).Ok();
        }

        await platform.TrialAsync("e2", submitted: true);
        HttpClient reviewer = await platform.ClientAsync("reviewer1");
        JsonNode played = (await reviewer.PostAsync("/api/procedures/trial/rehearsal", new { load = 3 })).Ok().Body!;
        Assert.Equal(6, (int)played["cases"]!);
        Assert.Equal(1, (int)played["staff"]![TrialModule.Reviewer]!);
        Assert.Equal(18, (int)played["would"]!["stages"]!.AsArray().Single(stage => (string)stage!["stage"]! == "submitted")!["passed"]!);
        (await reviewer.PostAsync("/api/procedures/trial/rehearsal", new { load = 11 })).Refused("procedures.load", 422);
        (await reviewer.PostAsync("/api/procedures/trial/rehearsal", new { staff = new { x = 0 } })).Refused("procedures.staff", 422);
    }
}

using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Procedures;

/// <summary>Owns the clocks of cases in the database: projection and ledger agree whatever happens, and a notice moves only what is open. Each test imports notices, so each has a platform.</summary>
public sealed class ClockTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const int Cases = 120;

    private readonly TrialPlatform _platform = new(engine);

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_to_clocks_and_calendar_the_projection_is_what_the_ledger_says(int seed)
    {
        var random = new Random(seed);
        Actor reporter = await _platform.ActorOfAsync("reporter1");
        var cases = new List<long>();
        for (int i = 0; i < Cases; i++)
        {
            cases.Add((await _platform.TrialAsync()).Id);
        }

        foreach (long id in cases)
        {
            var deadline = Deadline.Start(random.Next(0, 60), random.Next(6) == 0 ? LimitUnit.CalendarDays : LimitUnit.Workdays, Day("2026-07-06").AddDays(random.Next(190)));
            await WriteAsync(reporter, id, null, deadline);
            await GoOnAsync(random, reporter, id, deadline, random.Next(6));
        }

        Assert.Equal(Cases, await ClockProof.HoldsAsync(_platform.Services));
        foreach ((int year, string days) in new[]
        {
            (2027, "2027-01-01,off,元旦\n2027-01-03,work,元旦\n2027-02-08,off,春节\n2027-02-09,off,春节\n2027-02-20,work,春节"),
            (2027, "2027-01-01,off,元旦\n2027-01-04,off,元旦\n2027-03-08,off,某日"),
            (2026, "2026-08-03,off,某日\n2026-08-08,work,某日\n2026-10-01,off,国庆节\n2026-10-02,off,国庆节\n2026-10-05,off,国庆节\n2026-12-31,off,某日"),
        })
        {
            await ImportedAsync(year, days);
            // Work goes on after a notice as before it.
            foreach (long id in cases.Where(_ => random.Next(3) == 0))
            {
                if (await ReadAsync(reporter, id) is { EndedOn: null } deadline)
                {
                    await GoOnAsync(random, reporter, id, deadline, 2);
                }
            }

            await ClockProof.HoldsAsync(_platform.Services);
        }
    }

    [Fact]
    public async Task A_deadline_into_an_unpublished_year_is_provisional_and_follows_the_notice()
    {
        Actor reporter = await _platform.ActorOfAsync("reporter1");
        (long open, _) = await _platform.TrialAsync();
        (long ended, _) = await _platform.TrialAsync();
        var deadline = Deadline.Start(5, LimitUnit.Workdays, Day("2026-12-28"));
        await WriteAsync(reporter, open, null, deadline);
        await WriteAsync(reporter, ended, null, deadline.End(Day("2027-01-04")));
        Assert.Equal((Day("2027-01-04"), true), await DueAsync(open));
        await ImportedAsync(2027, "2027-01-01,off,元旦");
        Assert.Equal((Day("2027-01-05"), false), await DueAsync(open));
        Assert.Equal((Day("2027-01-04"), true), await DueAsync(ended));
        MovedDay move = Assert.Single(await _platform.AsAsync(reporter, services => services.GetRequiredService<ClockDesk>().MovesAsync(open, TrialModule.Term)));
        Assert.Equal((2027, Source, Day("2027-01-04"), Day("2027-01-05")), (move.Year, move.Source, move.Before!.Value, move.After!.Value));
        Assert.Equal(1, (int)(await _platform.Anonymous.ReadAsync("/api/calendar/changes")).Body!.AsArray()[0]!["moved"]!);
        // A node that still counted with the old calendar is caught by the last pass.
        _platform.Clock.Advance(TimeSpan.FromSeconds(11));
        await _platform.Services.GetRequiredService<Rederivation>().RunAsync();
        Assert.True((bool)(await _platform.Anonymous.ReadAsync("/api/calendar/changes")).Body!.AsArray()[0]!["done"]!);
    }

    [Fact]
    public async Task A_stale_writer_and_one_who_may_not_see_the_case_touch_no_clock()
    {
        Actor reporter = await _platform.ActorOfAsync("reporter1");
        (long id, long version) = await _platform.TrialAsync();
        await WriteAsync(reporter, id, null, Deadline.Start(5, LimitUnit.Workdays, Day("2026-07-06")));
        CaseView seen = await _platform.AsAsync(reporter, services => services.GetRequiredService<CaseDesk>().ReadAsync(id));
        await _platform.MoveAsync("reporter1", id, "submit", version);
        Deadline before = (await ReadAsync(reporter, id))!;
        await Assert.ThrowsAsync<Lodestone.Kernel.Refusal>(() => _platform.AsAsync(reporter, async services =>
        {
            await services.GetRequiredService<ClockDesk>().WriteAsync(seen, TrialModule.Term, before, before.Suspend(Day("2026-07-07")));
            return await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        }));
        Assert.Null(await ReadAsync(await _platform.ActorOfAsync("reporter2"), id));
        Assert.Equal(before, await ReadAsync(reporter, id));
    }

    private const string Source = "https://www.gov.cn/notice";

    /// <summary>Imports a notice and checks that it moved what is open, with its reason, and nothing that has ended.</summary>
    private async Task ImportedAsync(int year, string days)
    {
        List<CaseClock> before = await ClocksAsync();
        (await (await _platform.ClientAsync("system")).PutAsync($"/api/calendar/{year}", new { days, source = Source })).Ok();
        List<CaseClock> after = await ClocksAsync();
        await using PlatformDb db = _platform.Db();
        long change = await db.Set<CalendarChange>().MaxAsync(row => row.Id);
        Dictionary<long, ClockMove> moves = await db.Set<ClockMove>().AsNoTracking().Where(row => row.ChangeId == change).ToDictionaryAsync(row => row.CaseId);
        int moved = 0;
        foreach ((CaseClock was, CaseClock now) in before.Zip(after))
        {
            if (was.State == DeadlineEvent.Ended)
            {
                Assert.Equal((was.DueOn, was.LeftDays, was.Late), (now.DueOn, now.LeftDays, now.Late));
            }
            else if (was.DueOn != now.DueOn)
            {
                moved++;
                Assert.Equal((was.DueOn, now.DueOn), (moves[was.CaseId].BeforeOn, moves[was.CaseId].AfterOn));
            }
        }

        Assert.Equal(moved, moves.Count);
        Assert.True(moved > 0);
    }

    private async Task GoOnAsync(Random random, Actor actor, long id, Deadline deadline, int steps)
    {
        for (int step = 0; step < steps && deadline.EndedOn is null; step++)
        {
            DateOnly on = deadline.Ledger[^1].On.AddDays(random.Next(12));
            Deadline next = random.Next(8) switch
            {
                0 => deadline.End(on),
                1 or 2 => deadline.Extend(random.Next(1, 20), on),
                _ => deadline.IsSuspended ? deadline.Resume(on) : deadline.Suspend(on),
            };
            await WriteAsync(actor, id, deadline, next);
            deadline = next;
        }
    }

    private Task<int> WriteAsync(Actor actor, long id, Deadline? before, Deadline after) => _platform.AsAsync(actor, async services =>
    {
        CaseView file = await services.GetRequiredService<CaseDesk>().ReadAsync(id);
        await services.GetRequiredService<ClockDesk>().WriteAsync(file, TrialModule.Term, before, after);
        return await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
    });

    private Task<Deadline?> ReadAsync(Actor actor, long id) =>
        _platform.AsAsync(actor, services => services.GetRequiredService<ClockDesk>().ReadAsync(id, TrialModule.Term));

    private async Task<(DateOnly Due, bool Provisional)> DueAsync(long id)
    {
        CaseClock clock = (await ClocksAsync()).Single(row => row.CaseId == id);
        return (clock.DueOn!.Value, clock.Provisional);
    }

    private async Task<List<CaseClock>> ClocksAsync()
    {
        await using PlatformDb db = _platform.Db();
        return await db.Set<CaseClock>().AsNoTracking().OrderBy(row => row.CaseId).ToListAsync();
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

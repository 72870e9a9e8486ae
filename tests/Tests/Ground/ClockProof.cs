using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Ground;

/// <summary>Rebuilds every clock's projection from its ledger and compares; and each runs where its table says that it runs.</summary>
internal static class ClockProof
{
    /// <returns>How many clocks were compared.</returns>
    public static async Task<int> HoldsAsync(IServiceProvider services)
    {
        WorkCalendar calendar = await services.GetRequiredService<CalendarBook>().CurrentAsync();
        Catalogue catalogue = services.GetRequiredService<Catalogue>();
        await using PlatformDb db = services.GetRequiredService<IDbContextFactory<PlatformDb>>().Lease(Actor.Platform("/1/"));
        List<CaseClock> clocks = await db.Set<CaseClock>().AsNoTracking().ToListAsync();
        Assert.NotEmpty(clocks);
        ILookup<(long, string), CaseClockEntry> entries = (await db.Set<CaseClockEntry>().AsNoTracking().ToListAsync()).ToLookup(row => (row.CaseId, row.Name));
        ILookup<(long, string, DateOnly), string> climbed = (await db.Set<CaseRung>().AsNoTracking().ToListAsync()).ToLookup(row => (row.CaseId, row.Name, row.DueOn), row => row.Rung);
        Dictionary<long, (string Procedure, string Stage)> files = (await db.Set<Case>().Select(row => new { row.Id, row.Procedure, row.Stage }).ToListAsync())
            .ToDictionary(row => row.Id, row => (row.Procedure, row.Stage));
        bool changed = await db.Set<CalendarChange>().AnyAsync(row => row.Year != 0);
        // What ended before the calendar changed keeps what was derived then.
        Assert.All(clocks.Where(row => !changed || row.State != DeadlineEvent.Ended), row =>
        {
            Deadline deadline = ClockDesk.Read(row, entries[(row.CaseId, row.Name)]);
            (string procedure, string stage) = files[row.CaseId];
            Procedure table = catalogue.Procedure(procedure);
            ProcedureClock rule = table.Clocks.Single(rule => rule.Name == row.Name);
            // The clock of a trial is moved by its tests.
            Assert.True(row.State == DeadlineEvent.Started == rule.RunsIn.Contains(stage) || procedure == TrialModule.Procedure.Code, $"{procedure} {row.Name} of {row.CaseId} in {stage}: {row.State}");
            IReadOnlyList<Rung> ladder = rule.Rungs;
            HashSet<string> done = deadline.Due(calendar) is { } due ? [.. climbed[(row.CaseId, row.Name, due.DueOn)]] : [];
            ClockProjection right = ClockProjection.Of(deadline, ladder, done, calendar);
            // The first due day is what was said then, and a look may come early: it finds nothing and is set anew.
            Assert.Equal(right with { FirstDueOn = row.FirstDueOn, NextRung = null, LookOn = null }, new ClockProjection(
                row.State, row.StartedOn, row.RunFrom, row.LeftDays, row.Late, row.FirstDueOn, row.DueOn, row.Provisional, null, null));
            // Where nobody is reminded the look comes again on the next working day.
            bool reminds = ladder.Any(rung => table.Find(stage, rung.Action) is { Automatic: true });
            Assert.True(!reminds || right.LookOn is null ? row.LookOn is null || row.State == DeadlineEvent.Started : row.LookOn <= right.LookOn,
                $"{row.Name} of {row.CaseId} is looked at on {row.LookOn}, too late for {right.LookOn}");
        });
        return clocks.Count;
    }
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Ground;

/// <summary>Rebuilds every clock's projection from its ledger and compares.</summary>
internal static class ClockProof
{
    /// <returns>How many clocks were compared.</returns>
    public static async Task<int> HoldsAsync(Platform platform)
    {
        WorkCalendar calendar = await platform.Services.GetRequiredService<CalendarBook>().CurrentAsync();
        Catalogue catalogue = platform.Services.GetRequiredService<Catalogue>();
        await using PlatformDb db = platform.Db();
        List<CaseClock> clocks = await db.Set<CaseClock>().AsNoTracking().ToListAsync();
        Assert.NotEmpty(clocks);
        ILookup<(long, string), CaseClockEntry> entries = (await db.Set<CaseClockEntry>().AsNoTracking().ToListAsync()).ToLookup(row => (row.CaseId, row.Name));
        ILookup<(long, string, DateOnly), string> climbed = (await db.Set<CaseRung>().AsNoTracking().ToListAsync()).ToLookup(row => (row.CaseId, row.Name, row.DueOn), row => row.Rung);
        Dictionary<long, string> procedures = await db.Set<Case>().ToDictionaryAsync(row => row.Id, row => row.Procedure);
        bool changed = await db.Set<CalendarChange>().AnyAsync(row => row.Year != 0);
        // What ended before the calendar changed keeps what was derived then.
        Assert.All(clocks.Where(row => !changed || row.State != DeadlineEvent.Ended), row =>
        {
            Deadline deadline = ClockDesk.Read(row, entries[(row.CaseId, row.Name)]);
            IReadOnlyList<Rung> ladder = catalogue.Procedure(procedures[row.CaseId]).Clocks.Single(rule => rule.Name == row.Name).Rungs;
            HashSet<string> done = deadline.Due(calendar) is { } due ? [.. climbed[(row.CaseId, row.Name, due.DueOn)]] : [];
            ClockProjection right = ClockProjection.Of(deadline, ladder, done, calendar);
            // The first due day is what was said then, and a look may come early: it finds nothing and is set anew.
            Assert.Equal(right with { FirstDueOn = row.FirstDueOn, NextRung = null, LookOn = null }, new ClockProjection(
                row.State, row.StartedOn, row.RunFrom, row.LeftDays, row.Late, row.FirstDueOn, row.DueOn, row.Provisional, null, null));
            Assert.True(right.LookOn is null ? row.LookOn is null || row.State == DeadlineEvent.Started : row.LookOn <= right.LookOn,
                $"{row.Name} of {row.CaseId} is looked at on {row.LookOn}, too late for {right.LookOn}");
        });
        return clocks.Count;
    }
}

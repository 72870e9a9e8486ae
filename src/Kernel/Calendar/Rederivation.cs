using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Calendar;

/// <summary>
/// Derives the due days of open clocks again when the calendar has changed, and keeps for each that moved which notice moved it. What has ended stays.
/// </summary>
public sealed class Rederivation(IDbContextFactory<PlatformDb> contexts, Database storage, Catalogue catalogue, CalendarBook calendars, Ids ids, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <summary>A rung stands at most so many calendar days after the due day, so an earlier one cannot be touched.</summary>
    private const int LongestLadder = 90;

    /// <summary>Makes the passes that changes are owed. A change is done after a pass that began when no node could still use the old calendar.</summary>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        await using PlatformDb db = contexts.Lease(Actor.Platform("/1/"));
        // The latest first: what moves now moves for its sake, and an earlier one that is owed a pass finds only what is left.
        foreach (CalendarChange change in await db.Set<CalendarChange>().Where(row => row.DoneAt == null).OrderByDescending(row => row.Id).ToListAsync(cancel))
        {
            DateTimeOffset began = clock.Instant();
            WorkCalendar calendar = await calendars.CurrentAsync(cancel);
            long byLedger = await ByLedgerAsync(change, calendar, cancel);
            if (await new ClockPass(storage).RunAsync(change.Id, change.FirstDay.AddDays(-LongestLadder), alike => Derive(alike, calendar), cancel) is not { } moved)
            {
                continue;
            }

            change.Moved += moved + byLedger;
            if (began >= change.At + CalendarBook.Fresh)
            {
                change.DoneAt = clock.Instant();
            }

            db.Audit("calendar.rederived", new Subject("calendar", change.Year), 0, await ids.NextAsync(cancel), null, change.After);
            await db.SaveChangesAsync(cancel);
        }
    }

    /// <summary>The earliest day that two calendars do not say alike, or that only one has a notice for; null when there is none.</summary>
    internal static DateOnly? FirstDifference(WorkCalendar before, WorkCalendar after)
    {
        for (DateOnly day = WorkCalendar.FirstDay; day < WorkCalendar.LastDay; day = day.AddDays(1))
        {
            if (before.IsWorkday(day) != after.IsWorkday(day) || before.IsPublished(day.Year) != after.IsPublished(day.Year))
            {
                return day;
            }
        }

        return null;
    }

    private static ClockDay Derive(AlikeClocks alike, WorkCalendar calendar)
    {
        DueDate due = Deadline.Start(alike.LeftDays, alike.Unit, alike.RunFrom).Due(calendar)!.Value;
        return new ClockDay(due.DueOn, due.Provisional, alike.NextRung is { } rung ? calendar.AddWorkdays(due.DueOn, rung).DueOn : null);
    }

    /// <summary>The few whose earlier stretches the change reaches, or which were overdue before they were stopped: from the ledger, one by one.</summary>
    private async Task<long> ByLedgerAsync(CalendarChange change, WorkCalendar calendar, CancellationToken cancel)
    {
        bool all = change.Year == 0;
        DateOnly first = change.FirstDay;
        long moved = 0;
        (long Case, string Name) last = (0, "");
        while (true)
        {
            await using PlatformDb db = contexts.Lease(Actor.Platform("/1/"));
            List<CaseClock> clocks = await db.Set<CaseClock>().AsNoTracking()
                .Where(row => (row.CaseId > last.Case || (row.CaseId == last.Case && string.Compare(row.Name, last.Name) > 0)) && (all
                    || (row.State == DeadlineEvent.Started && row.DueOn >= first && (row.LeftDays < 0 || (row.StartedOn != row.RunFrom && row.RunFrom >= first)))
                    || (row.State == DeadlineEvent.Suspended
                        && db.Set<CaseClockEntry>().Any(entry => entry.CaseId == row.CaseId && entry.Name == row.Name && entry.Day >= first))))
                .OrderBy(row => row.CaseId).ThenBy(row => row.Name).Take(AtOnce).ToListAsync(cancel);
            if (clocks.Count == 0)
            {
                return moved;
            }

            last = (clocks[^1].CaseId, clocks[^1].Name);
            long[] cases = [.. clocks.Select(row => row.CaseId).Distinct()];
            ILookup<(long, string), CaseClockEntry> entries = (await db.Set<CaseClockEntry>().AsNoTracking().Where(row => cases.Contains(row.CaseId)).ToListAsync(cancel))
                .ToLookup(row => (row.CaseId, row.Name));
            ILookup<(long, string, DateOnly), string> climbed = (await db.Set<CaseRung>().AsNoTracking().Where(row => cases.Contains(row.CaseId)).ToListAsync(cancel))
                .ToLookup(row => (row.CaseId, row.Name, row.DueOn), row => row.Rung);
            Dictionary<long, string> procedures = await db.Set<Case>().Where(row => cases.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Procedure, cancel);
            foreach (CaseClock row in clocks)
            {
                Deadline deadline = ClockDesk.Read(row, entries[(row.CaseId, row.Name)]);
                IReadOnlyList<Rung> ladder = catalogue.Procedure(procedures[row.CaseId]).Clocks.FirstOrDefault(rule => rule.Name == row.Name)?.Rungs ?? [];
                DateOnly? due = deadline.Due(calendar)?.DueOn;
                IReadOnlySet<string> done = due is { } day ? climbed[(row.CaseId, row.Name, day)].ToHashSet() : new HashSet<string>();
                db.ProjectClock(row, ClockProjection.Of(deadline, ladder, done, calendar), due == row.DueOn || row.State == DeadlineEvent.Ended ? null : change.Id);
                moved += due == row.DueOn ? 0 : 1;
            }

            await db.SaveChangesAsync(cancel);
        }
    }
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Procedures;

/// <summary>Last year's cases of a procedure within the actor's scope, who moved them and how long it took.</summary>
internal sealed record RehearsalGround(IReadOnlyList<PlayedCase> Cases, IReadOnlyDictionary<string, int> Staff, IReadOnlyDictionary<string, int> Minutes);

/// <summary>Reads what a rehearsal replays.</summary>
internal sealed class RehearsalReading(PlatformDb db, CalendarBook calendars, TimeProvider clock)
{
    /// <summary>So many cases at most; the latest.</summary>
    private const int Most = 5000;

    /// <summary>The usual share of a working day when nothing else is known.</summary>
    private const int UsualMinutes = 30;

    /// <summary>Two moves of a person further apart than this say nothing about how long one takes.</summary>
    private const int LongestMinutes = 240;

    public async Task<RehearsalGround> ReadAsync(Procedure table, CancellationToken cancel = default)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateTimeOffset since = clock.Instant().AddYears(-1);
        var files = await db.Set<Case>().AsNoTracking().Where(row => row.Procedure == table.Code && row.OpenedAt >= since)
            .OrderByDescending(row => row.Id).Take(Most).Select(row => new { row.Id, row.OpenedAt }).ToListAsync(cancel);
        long[] ids = [.. files.Select(file => file.Id)];
        ILookup<long, CaseStep> steps = (await db.Set<CaseStep>().AsNoTracking().Where(row => ids.Contains(row.CaseId) && row.Follows != 0).ToListAsync(cancel))
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToLookup(row => row.CaseId);
        var clocks = await db.Set<CaseClock>().AsNoTracking().Where(row => ids.Contains(row.CaseId) && row.Unit == LimitUnit.Workdays)
            .Select(row => new { row.CaseId, row.Name, row.Budget }).ToListAsync(cancel);
        Dictionary<(long, string), int> extended = await db.Set<CaseClockEntry>().Where(row => ids.Contains(row.CaseId) && row.Days != 0)
            .GroupBy(row => new { row.CaseId, row.Name }).Select(group => new { group.Key, Days = group.Sum(row => row.Days) })
            .ToDictionaryAsync(group => (group.Key.CaseId, group.Key.Name), group => group.Days, cancel);
        HashSet<string> anew = [.. table.Clocks.Where(rule => rule.Anew).Select(rule => rule.Name)];
        ILookup<long, PlayedClock> limits = clocks.ToLookup(row => row.CaseId,
            row => new PlayedClock(row.Name, row.Budget + (anew.Contains(row.Name) ? 0 : extended.GetValueOrDefault((row.CaseId, row.Name)))));
        DateOnly first = files.Count == 0 ? clock.Today() : files.Min(file => file.OpenedAt).LegalDay();
        PlayedCase[] cases =
        [
            .. files.OrderBy(file => file.OpenedAt).Select(file => new PlayedCase(file.Id, Minute(calendar, first, file.OpenedAt),
                [.. steps[file.Id].Select(step => new PlayedMove(step.FromStage, step.Action, step.ToStage, step.UserId, Minute(calendar, first, step.At)))],
                [.. limits[file.Id]])),
        ];
        return new RehearsalGround(cases, StaffOf(table, cases), MinutesOf(cases));
    }

    /// <summary>Working minutes from the morning of a day; nights, weekends and holidays take none.</summary>
    internal static long Minute(WorkCalendar calendar, DateOnly first, DateTimeOffset at)
    {
        DateOnly day = at.LegalDay();
        const int Opens = 9 * 60;
        int minute = Math.Clamp((int)at.ToOffset(Clock.LegalOffset).TimeOfDay.TotalMinutes - Opens, 0, Rehearsal.Day);
        long days = calendar.WorkdaysBetween(first.AddDays(-1), day);
        return calendar.IsWorkday(day) ? ((days - 1) * Rehearsal.Day) + minute : days * Rehearsal.Day;
    }

    private static Dictionary<string, int> StaffOf(Procedure table, IReadOnlyList<PlayedCase> cases) => cases.SelectMany(one => one.Moves)
        .Select(move => (Known: table.Find(move.From, move.Action), move.Worker))
        .Where(move => move.Known is { Automatic: false } known && known.Seat != Identity.Seat.Own && move.Worker != 0)
        .GroupBy(move => move.Known!.Role).ToDictionary(role => role.Key, role => role.Select(move => move.Worker).Distinct().Count());

    /// <summary>The median time between two moves of one person on one day.</summary>
    private static Dictionary<string, int> MinutesOf(IReadOnlyList<PlayedCase> cases)
    {
        var gaps = new Dictionary<string, List<long>>();
        foreach (IGrouping<long, PlayedMove> person in cases.SelectMany(one => one.Moves).Where(move => move.Worker != 0).GroupBy(move => move.Worker))
        {
            PlayedMove? last = null;
            foreach (PlayedMove move in person.OrderBy(move => move.At))
            {
                if (last is not null && move.At / Rehearsal.Day == last.At / Rehearsal.Day && move.At - last.At is > 0 and <= LongestMinutes)
                {
                    (gaps.TryGetValue(move.Action, out List<long>? known) ? known : gaps[move.Action] = []).Add(move.At - last.At);
                }

                last = move;
            }
        }

        return cases.SelectMany(one => one.Moves).Where(move => move.Worker != 0).Select(move => move.Action).Distinct()
            .ToDictionary(action => action, action => gaps.TryGetValue(action, out List<long>? known) ? (int)known.Order().ElementAt((known.Count - 1) / 2) : UsualMinutes);
    }
}

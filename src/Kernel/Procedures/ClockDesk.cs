using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Procedures;

/// <summary>
/// The time limits of cases. A mechanism reads a clock, derives the next <see cref="Deadline"/> and hands both back beside the move that caused it;
/// ledger, projection and move stand or fall together.
/// </summary>
public sealed class ClockDesk(PlatformDb db, CalendarBook calendars)
{
    /// <summary>A clock of a case that the actor may see; null when it was never started.</summary>
    public Task<Deadline?> ReadAsync(long caseId, string name, CancellationToken cancel = default) => db.ReadClockAsync(caseId, name, cancel);

    /// <summary>The clocks of cases that the actor may see.</summary>
    public async Task<IReadOnlyDictionary<(long Case, string Name), CaseTime>> OfAsync(IReadOnlyCollection<long> cases, CancellationToken cancel = default)
    {
        List<CaseClock> clocks = await db.Set<CaseClock>().AsNoTracking().Where(row => cases.Contains(row.CaseId)).ToListAsync(cancel);
        ILookup<(long, string), CaseClockEntry> entries = (await db.Set<CaseClockEntry>().AsNoTracking().Where(row => cases.Contains(row.CaseId)).ToListAsync(cancel))
            .ToLookup(row => (row.CaseId, row.Name));
        return clocks.ToDictionary(row => (row.CaseId, row.Name), row => new CaseTime(row, Read(row, entries[(row.CaseId, row.Name)])));
    }

    /// <summary>The days of a clock that a change of the calendar moved, the latest first.</summary>
    public async Task<IReadOnlyList<MovedDay>> MovesAsync(long caseId, string name, CancellationToken cancel = default) => await (
        from time in db.Set<CaseClock>()
        join move in db.Set<ClockMove>().AsNoTracking() on new { time.CaseId, time.Name } equals new { move.CaseId, move.Name }
        join change in db.Set<CalendarChange>() on move.ChangeId equals change.Id
        where time.CaseId == caseId && time.Name == name && change.Year != 0
        orderby move.ChangeId descending
        select new MovedDay(change.Year, change.Source, move.BeforeOn, move.AfterOn)).ToListAsync(cancel);

    /// <summary>Writes what happened to a clock. Written by the next save.</summary>
    /// <param name="file">The case as the move of this save left it, or as it was read when there is none: another version writes nothing.</param>
    /// <param name="name">One of the procedure's clocks.</param>
    /// <param name="before">As it was read; null to start it.</param>
    /// <param name="after">With the ledger of <paramref name="before"/> continued.</param>
    /// <returns>The due day now; null while it is suspended.</returns>
    /// <exception cref="InvalidOperationException">The procedure has no such clock, or the ledger was rewritten instead of continued.</exception>
    public async Task<DueDate?> WriteAsync(CaseView file, string name, Deadline? before, Deadline after, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(after);
        ProcedureClock rule = file.Procedure.Clocks.FirstOrDefault(clock => clock.Name == name)
            ?? throw new InvalidOperationException($"{file.Procedure.Code} has no clock {name}.");
        int known = before?.Ledger.Length ?? 0;
        if (before is not null && (before.Budget != after.Budget || before.Unit != after.Unit || !after.Ledger.Take(known).SequenceEqual(before.Ledger)))
        {
            throw new InvalidOperationException($"The ledger of {file.Procedure.Code}.{name} only goes on.");
        }

        if (after.Ledger.Length > known)
        {
            WorkCalendar calendar = await calendars.CurrentAsync(cancel);
            // Rungs climbed for the same day are found when the next one is looked for.
            db.PutClock(file, name, after, known, ClockProjection.Of(after, rule.Rungs, new HashSet<string>(), calendar));
            return after.Due(calendar);
        }

        return after.Due(await calendars.CurrentAsync(cancel));
    }

    internal static Deadline Read(CaseClock clock, IEnumerable<CaseClockEntry> entries) => Deadline.FromLedger(
        clock.Budget, clock.Unit, entries.OrderBy(line => line.Ordinal).Select(line => new DeadlineEntry(line.Day, line.Event, line.Days)));
}

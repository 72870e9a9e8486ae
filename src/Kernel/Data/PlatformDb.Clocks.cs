using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Kernel.Data;

/// <summary>
/// The clocks' hand-written SQL. Every text hangs on the case at the version that the door has just read or written within the actor's scope, so
/// whoever cannot move a case cannot touch its clocks.
/// </summary>
public sealed partial class PlatformDb
{
    // $1 case, $2 its version, $3 clock, then for a clock $4 budget, $5 unit, $6 state, $7 started, $8 run from, $9 left, $10 late, $11 first due,
    // $12 due, $13 provisional, $14 next rung, $15 look on, and for a first ledger line $16 ordinal, $17 day, $18 event, $19 days.
    private const string PutText =
        """
        insert into case_clock
          (case_id, name, organisation_id, budget, unit, state, started_on, run_from, left_days, late, first_due_on, due_on, provisional, next_rung, look_on)
        select f.id, $3, f.organisation_id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 from case_file f where f.id = $1 and f.version = $2
        on conflict (case_id, name) do update set
          state = excluded.state, run_from = excluded.run_from, left_days = excluded.left_days, late = excluded.late, due_on = excluded.due_on,
          provisional = excluded.provisional, next_rung = excluded.next_rung, look_on = excluded.look_on
        """;

    private const string EntryText =
        """
        insert into case_clock_entry (case_id, name, ordinal, organisation_id, day, event, days)
        select f.id, $3, $16, f.organisation_id, $17, $18, $19 from case_file f where f.id = $1 and f.version = $2
        """;

    private const string PutTogether =
        $"with f as ({PutText} returning case_id), entry as ({EntryText}){GuardedStatement.OrRaise}";

    private const string EntryTogether = $"with f as ({EntryText} returning case_id){GuardedStatement.OrRaise}";

    private const string RungText =
        """
        insert into case_rung (case_id, name, rung, due_on, organisation_id, fired_on)
        select f.id, $3, $4, $5, f.organisation_id, $6 from case_file f where f.id = $1 and f.version = $2
        """;

    private const string LookText =
        """
        update case_clock set next_rung = $5, look_on = $6
        where case_id = $1 and name = $3 and look_on = $4 and exists (select 1 from case_file f where f.id = $1 and f.version = $2)
        """;

    private const string ReadClockText =
        $"""
        select c.budget, c.unit, e.day, e.event, e.days
        from case_clock c join organisation o on o.id = c.organisation_id join case_clock_entry e on e.case_id = c.case_id and e.name = c.name
        where c.case_id = $9 and c.name = $10 and {InScope} order by e.ordinal
        """;

    /// <summary>A clock within the actor's scope, past EF: it is read beside every move that has one.</summary>
    internal async Task<Deadline?> ReadClockAsync(long caseId, string name, CancellationToken cancel)
    {
        var lines = await Storage.ReadAsync(ReadClockText, [.. Scope(), caseId, name], row => (
            Budget: row.GetInt32(0), Unit: (LimitUnit)row.GetInt32(1),
            Entry: new DeadlineEntry(row.GetFieldValue<DateOnly>(2), (DeadlineEvent)row.GetInt32(3), row.GetInt32(4))), cancel);
        return lines.Count == 0 ? null : Deadline.FromLedger(lines[0].Budget, lines[0].Unit, lines.Select(line => line.Entry));
    }

    /// <summary>
    /// The clocks that somebody must look at, the longest waiting first. It reads for the platform, which looks after every case, so no scope is named.
    /// </summary>
    internal Task<List<(long Case, string Name)>> ClocksToLookAtAsync(DateOnly today, int most, CancellationToken cancel) =>
        Storage.ReadAsync("select case_id, name from case_clock where look_on <= $1 order by look_on limit $2", [today, (long)most],
            row => (row.GetInt64(0), row.GetString(1)), cancel);

    /// <param name="known">How many lines of the ledger are stored.</param>
    internal void PutClock(CaseView file, string name, Deadline deadline, int known, ClockProjection now)
    {
        object?[] values =
        [
            file.Id, file.Version, name, deadline.Budget, (int)deadline.Unit, (int)now.State, now.StartedOn, now.RunFrom, now.LeftDays, now.Late, now.FirstDueOn,
            (object?)now.DueOn ?? TypedNull.Day, now.Provisional, (object?)now.NextRung ?? TypedNull.Whole, (object?)now.LookOn ?? TypedNull.Day,
        ];
        for (int at = known; at < deadline.Ledger.Length; at++)
        {
            DeadlineEntry entry = deadline.Ledger[at];
            object?[] line = [.. values, at + 1, entry.On, (int)entry.Event, entry.Days];
            AwaitClock(at == known ? PutTogether : EntryTogether, line, at == known ? [PutText, EntryText] : [EntryText]);
        }
    }

    /// <summary>Keeps that rungs were climbed for a due day.</summary>
    internal void ClimbRungs(CaseView file, string name, DateOnly due, IEnumerable<string> rungs, DateOnly today)
    {
        foreach (string rung in rungs)
        {
            AwaitClock($"with f as ({RungText} returning case_id){GuardedStatement.OrRaise}", [file.Id, file.Version, name, rung, due, today], [RungText]);
        }
    }

    /// <summary>Sets when a clock is looked at next, unless another has set it meanwhile.</summary>
    /// <param name="seen">The day on which it was to be looked at.</param>
    internal void LookAgain(CaseView file, string name, DateOnly seen, int? nextRung, DateOnly? lookOn) => _pending.Add(new GuardedStatement(
        LookText, null, file.Id, file.Version, name, seen, (object?)nextRung ?? TypedNull.Whole, (object?)lookOn ?? TypedNull.Day));

    /// <summary>Derives a clock's projection anew, unless it has been changed since it was read.</summary>
    /// <param name="change">The change of the calendar that moves its due day; null when it stays.</param>
    internal void ProjectClock(CaseClock seen, ClockProjection now, long? change)
    {
        object?[] values =
        [
            seen.CaseId, seen.Name, (int)seen.State, (object?)seen.DueOn ?? TypedNull.Day, now.RunFrom, now.LeftDays, now.Late, (object?)now.DueOn ?? TypedNull.Day,
            now.Provisional, (object?)now.NextRung ?? TypedNull.Whole, (object?)now.LookOn ?? TypedNull.Day, (object?)change ?? TypedNull.Number,
        ];
        if (change is not null)
        {
            _pending.Add(new GuardedStatement(
                """
                insert into clock_move (case_id, name, change_id, before_on, after_on)
                select c.case_id, c.name, $12, c.due_on, $8 from case_clock c
                where c.case_id = $1 and c.name = $2 and c.state = $3 and c.due_on is not distinct from $4 on conflict (case_id, name, change_id) do nothing
                """, null, values));
        }

        _pending.Add(new GuardedStatement(
            """
            update case_clock set run_from = $5, left_days = $6, late = $7, due_on = $8, provisional = $9, next_rung = $10, look_on = $11
            where case_id = $1 and name = $2 and state = $3 and due_on is not distinct from $4
            """, null, values));
    }

    private void AwaitClock(string together, object?[] values, ReadOnlySpan<string> parts)
    {
        if (Storage.Engine == Engine.Postgres)
        {
            _pending.Add(new GuardedStatement(together, null, values));
            return;
        }

        foreach (string part in parts)
        {
            _pending.Add(new GuardedStatement(part, 1, values));
        }
    }
}

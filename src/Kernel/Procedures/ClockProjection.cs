using Lodestone.Kernel.Calendar;

namespace Lodestone.Kernel.Procedures;

/// <summary>What a ledger says to lists and reminders. Pure arithmetic; <see cref="CaseClock"/> has the meaning of each part.</summary>
internal sealed record ClockProjection(
    DeadlineEvent State, DateOnly StartedOn, DateOnly RunFrom, int LeftDays, bool Late, DateOnly FirstDueOn, DateOnly? DueOn, bool Provisional, int? NextRung, DateOnly? LookOn)
{
    /// <param name="climbed">Codes of the rungs that were climbed for the present due day.</param>
    public static ClockProjection Of(Deadline deadline, IReadOnlyList<Rung> ladder, IReadOnlySet<string> climbed, WorkCalendar calendar)
    {
        DeadlineEvent state = DeadlineLedger.StateOf(deadline.Ledger);
        DateOnly runFrom = deadline.Ledger.Last(entry => entry.Event is DeadlineEvent.Started or DeadlineEvent.Resumed).On;
        DateOnly until = state == DeadlineEvent.Started ? runFrom : deadline.Ledger[^1].On;
        int left = deadline.TotalBudget - deadline.Consumed(calendar, until);
        bool late = state == DeadlineEvent.Ended && deadline.IsOverdue(calendar, deadline.Ledger[^1].On);
        DueDate? due = deadline.Due(calendar);
        Rung? next = state == DeadlineEvent.Started ? ladder.FirstOrDefault(rung => !climbed.Contains(rung.Code)) : null;
        return new ClockProjection(state, deadline.StartedOn, runFrom, left, late,
            Deadline.Start(deadline.Budget, deadline.Unit, deadline.StartedOn).Due(calendar)!.Value.DueOn, due?.DueOn, due?.Provisional ?? false,
            next?.Workdays, next?.DayOf(due!.Value.DueOn, calendar));
    }
}

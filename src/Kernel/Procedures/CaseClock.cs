using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Procedures;

/// <summary>
/// A time limit of a case as lists and reminders read it: a projection of its ledger (<see cref="CaseClockEntry"/>), which a test rebuilds and compares.
/// Once it has ended nothing moves it: a holiday notice never touches what is decided. Only <see cref="ClockDesk"/> writes it.
/// </summary>
public sealed class CaseClock : IOwned
{
    public long CaseId { get; private set; }

    /// <summary>The code of a <see cref="ProcedureClock"/>.</summary>
    public string Name { get; private set; } = "";

    public long OrganisationId { get; private set; }

    /// <summary>The days first allowed, in <see cref="Unit"/>; extensions not included.</summary>
    public int Budget { get; private set; }

    public LimitUnit Unit { get; private set; }

    /// <summary>Whether it runs (<see cref="DeadlineEvent.Started"/>), is suspended or has ended.</summary>
    public DeadlineEvent State { get; private set; }

    public DateOnly StartedOn { get; private set; }

    /// <summary>Day 0 of the stretch in which it runs or last ran.</summary>
    public DateOnly RunFrom { get; private set; }

    /// <summary>Days of the unit left on <see cref="RunFrom"/> while it runs, and when it stopped otherwise; negative by as many as it was overdue.</summary>
    public int LeftDays { get; private set; }

    /// <summary>It ended after its due day.</summary>
    public bool Late { get; private set; }

    /// <summary>The due day as first derived; an extension leaves it visible.</summary>
    public DateOnly FirstDueOn { get; private set; }

    /// <summary>Null while it is suspended.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary><see cref="DueOn"/> was counted over a year without a holiday notice.</summary>
    public bool Provisional { get; private set; }

    /// <summary>Working days after <see cref="DueOn"/> of the rung that comes next; null when none is left.</summary>
    public int? NextRung { get; private set; }

    /// <summary>The day on which that rung comes; null when nobody need look.</summary>
    public DateOnly? LookOn { get; private set; }
}

/// <summary>A line of a clock's ledger. Append-only; its key lets no two lines follow the same one.</summary>
public sealed class CaseClockEntry : IOwned
{
    public long CaseId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>1, 2, 3 … in order.</summary>
    public int Ordinal { get; private set; }

    public long OrganisationId { get; private set; }

    public DateOnly Day { get; private set; }

    public DeadlineEvent Event { get; private set; }

    /// <summary>Days added by an extension, in the clock's unit.</summary>
    public int Days { get; private set; }
}

/// <summary>A rung of the reminder ladder that was climbed; its key lets it be climbed once for a due day.</summary>
public sealed class CaseRung : IOwned
{
    public long CaseId { get; private set; }

    public string Name { get; private set; } = "";

    public string Rung { get; private set; } = "";

    /// <summary>The day that it reminds of.</summary>
    public DateOnly DueOn { get; private set; }

    public long OrganisationId { get; private set; }

    public DateOnly FiredOn { get; private set; }
}

/// <summary>A due day that a holiday notice moved.</summary>
/// <param name="Year">The notice's year.</param>
/// <param name="Source">Where it was published.</param>
public sealed record MovedDay(int Year, string Source, DateOnly? Before, DateOnly? After);

/// <summary>A clock with its ledger.</summary>
public sealed record CaseTime(CaseClock Clock, Deadline Deadline)
{
    /// <summary>Days of the unit left at the end of a day; negative by as many as it is overdue. Frozen once it has ended.</summary>
    public int Remaining(WorkCalendar calendar, DateOnly today) =>
        Clock.State == DeadlineEvent.Ended ? Clock.LeftDays : Deadline.Remaining(calendar, today);

    /// <summary>Whether its due day has passed unmet, or it ended late. Frozen once it has ended.</summary>
    public bool IsOverdue(WorkCalendar calendar, DateOnly today) =>
        Clock.State == DeadlineEvent.Ended ? Clock.Late : Deadline.IsOverdue(calendar, today);
}

namespace Lodestone.Kernel.Calendar;

/// <summary>The unit a time limit is counted in. The numbers are stored: never change one.</summary>
public enum LimitUnit
{
    /// <summary>Working days (Administrative Licensing Law, art. 82).</summary>
    Workdays = 0,

    /// <summary>Calendar days: holidays count and never move the due date.</summary>
    CalendarDays = 1,
}

/// <summary>What happened to a running time limit. The numbers are stored: never change one.</summary>
public enum DeadlineEvent
{
    /// <summary>The clock began; always the first entry and only the first.</summary>
    Started = 0,

    /// <summary>The clock stopped: a special procedure (Administrative Licensing Law, art. 45) or the applicant's own time.</summary>
    Suspended = 1,

    /// <summary>The clock went on.</summary>
    Resumed = 2,

    /// <summary>The budget grew (art. 42: with the head's approval and the reason told).</summary>
    Extended = 3,

    /// <summary>What was due was done, or lapsed: nothing runs any more.</summary>
    Ended = 4,
}

/// <summary>One line in a deadline's ledger.</summary>
/// <param name="On">The legal day of the event.</param>
/// <param name="Event">What happened.</param>
/// <param name="Days">Days added, in the deadline's unit; only an extension has them.</param>
public readonly record struct DeadlineEntry(DateOnly On, DeadlineEvent Event, int Days = 0);

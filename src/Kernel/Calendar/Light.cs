namespace Lodestone.Kernel.Calendar;

/// <summary>
/// How a deadline stands on a day. Derived, never stored, and named by meaning's usual lamp; which colour and word a city shows is its palette's matter.
/// </summary>
public enum Light
{
    /// <summary>In time, and not near the due date.</summary>
    Green = 0,

    /// <summary>In time, and near the due date.</summary>
    Yellow = 1,

    /// <summary>Overdue.</summary>
    Red = 2,

    /// <summary>The clock is stopped and the budget was not overspent before.</summary>
    Suspended = 3,

    /// <summary>Ended.</summary>
    Done = 4,
}

using Lodestone.Kernel.Calendar;

namespace Lodestone.Coordination.Supervision;

/// <summary>A rung of the reminder ladder.</summary>
/// <param name="Workdays">Working days after the day that it reminds of; negative before it.</param>
/// <param name="Escalates">The leading group is told, not only the unit.</param>
internal sealed record Rung(string Code, int Workdays, bool Escalates);

/// <summary>The ladder: before the due day, on it, after it, then to the superior. Pure.</summary>
internal static class Rungs
{
    /// <summary>The day after the last day of signing for it.</summary>
    public static Rung SignLate { get; } = new("sign-late", 1, false);

    /// <summary>In the order of time.</summary>
    public static IReadOnlyList<Rung> Ladder { get; } =
    [
        new("near", -OrderClock.NearWorkdays, false), new("due", 0, false), new("over", 1, false), new("escalate", OrderClock.EscalateWorkdays, true),
    ];

    /// <summary>True when the rung's day has come.</summary>
    public static bool HasCome(Rung rung, DateOnly due, WorkCalendar calendar, DateOnly today) => rung.Workdays <= 0
        ? calendar.WorkdaysBetween(today, due) <= -rung.Workdays
        : today > due && calendar.WorkdaysBetween(due, today) >= rung.Workdays;
}

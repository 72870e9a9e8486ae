using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Supervision;

/// <summary>How an order stands; which lamp that is, is its city's palette's matter.</summary>
internal enum OrderState
{
    /// <summary>In time and on its path.</summary>
    Ok,

    /// <summary>Few working days are left.</summary>
    Near,

    /// <summary>In time, but its progress is below the share of working days that are gone.</summary>
    Behind,

    Overdue,

    /// <summary>Overdue so long that the leading group was told.</summary>
    Escalated,

    /// <summary>The clock stands still.</summary>
    Held,

    Done,
}

/// <summary>The two clocks of an order: by when it is signed for, by when it is done. Pure arithmetic.</summary>
internal static class OrderClock
{
    public const string Sign = "sign";

    public const string Finish = "finish";

    /// <summary>Working days before the due day from which it is near.</summary>
    public const int NearWorkdays = 3;

    /// <summary>Working days after the due day when the leading group is told.</summary>
    public const int EscalateWorkdays = 5;

    public static OrderState StateOf(SupervisionOrder order, CaseTime time, WorkCalendar calendar, DateOnly today)
    {
        if (time.Clock.State == DeadlineEvent.Ended)
        {
            return OrderState.Done;
        }

        int remaining = time.Remaining(calendar, today);
        if (time.IsOverdue(calendar, today))
        {
            return -remaining >= EscalateWorkdays ? OrderState.Escalated : OrderState.Overdue;
        }

        return time.Deadline.IsSuspended ? OrderState.Held
            : remaining <= NearWorkdays ? OrderState.Near
            : (long)order.Progress * time.Deadline.TotalBudget < 100L * time.Deadline.Consumed(calendar, today) ? OrderState.Behind
            : OrderState.Ok;
    }
}

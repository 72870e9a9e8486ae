using Lodestone.Kernel.Calendar;

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

/// <summary>An order's clock read from its ledger: pure arithmetic.</summary>
internal static class OrderClock
{
    /// <summary>Working days before the due day from which it is near.</summary>
    public const int NearWorkdays = 3;

    /// <summary>Working days after the due day when the leading group is told.</summary>
    public const int EscalateWorkdays = 5;

    public static Deadline Read(SupervisionOrder order, IEnumerable<OrderClockLine> ledger) => Deadline.FromLedger(
        order.FinishWorkdays, LimitUnit.Workdays, ledger.OrderBy(line => line.Ordinal).Select(line => new DeadlineEntry(line.Day, line.Event, line.Workdays)));

    public static OrderState StateOf(SupervisionOrder order, Deadline clock, WorkCalendar calendar, DateOnly today)
    {
        if (clock.EndedOn is not null)
        {
            return OrderState.Done;
        }

        if (clock.IsOverdue(calendar, today))
        {
            return -clock.Remaining(calendar, today) >= EscalateWorkdays ? OrderState.Escalated : OrderState.Overdue;
        }

        return clock.IsSuspended ? OrderState.Held
            : clock.Remaining(calendar, today) <= NearWorkdays ? OrderState.Near
            : (long)order.Progress * clock.TotalBudget < 100L * clock.Consumed(calendar, today) ? OrderState.Behind
            : OrderState.Ok;
    }

    /// <summary>Writes what the clock says onto the order, for lists and reminders.</summary>
    public static void Project(SupervisionOrder order, Deadline clock, WorkCalendar calendar)
    {
        DueDate? due = clock.Due(calendar);
        (order.DueOn, order.Provisional) = (due?.DueOn, due?.Provisional ?? false);
    }
}

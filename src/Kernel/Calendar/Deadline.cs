using System.Collections.Immutable;

namespace Lodestone.Kernel.Calendar;

/// <summary>
/// A time limit: a budget of days and a ledger of what started, stopped and lengthened it. The due date is derived, so a new
/// holiday notice or a suspension moves it without anyone rewriting a date. Immutable; two with the same budget and ledger are equal.
/// </summary>
/// <remarks>
/// <para>The rule of counting. The day a span starts (the start, or a resumption) is day 0. Consumed are the days of the unit strictly
/// after it, up to and including the day the span ends: the day of a suspension, if worked, is consumed. While suspended nothing is.
/// So a suspension lifted the same day costs and gives nothing.</para>
/// <para>Questions about a day ignore entries after it, so the past can be asked again.</para>
/// <para>An overdue deadline stays overdue: the due date is the day the budget first ran out, whatever came after, unless an extension
/// pays for it. A budget just used up when the clock stopped (remaining 0) is due on the day of resumption.</para>
/// <para>Which action is lawful is the procedure's table; here an entry that cannot follow the ledger is a fault of the caller and throws
/// <see cref="InvalidOperationException"/>.</para>
/// </remarks>
public sealed record Deadline
{
    private Deadline(int budget, LimitUnit unit, ImmutableArray<DeadlineEntry> ledger)
    {
        Budget = budget;
        Unit = unit;
        Ledger = ledger;
    }

    /// <summary>The days first allowed, in <see cref="Unit"/>; extensions not included.</summary>
    public int Budget { get; }

    /// <summary>What the budget is counted in.</summary>
    public LimitUnit Unit { get; }

    /// <summary>What happened, in order; the first entry is the start.</summary>
    public ImmutableArray<DeadlineEntry> Ledger { get; }

    /// <summary>The budget with every extension.</summary>
    public int TotalBudget => checked(Budget + Ledger.Sum(entry => entry.Days));

    /// <summary>The day the clock began.</summary>
    public DateOnly StartedOn => Ledger[0].On;

    /// <summary>The day it ended, or null while it lives.</summary>
    public DateOnly? EndedOn => Ledger[^1].Event == DeadlineEvent.Ended ? Ledger[^1].On : null;

    /// <summary>Whether the clock is stopped now.</summary>
    public bool IsSuspended => DeadlineLedger.StateOf(Ledger) == DeadlineEvent.Suspended;

    /// <summary>Whether the clock runs now.</summary>
    public bool IsRunning => DeadlineLedger.StateOf(Ledger) == DeadlineEvent.Started;

    /// <summary>A clock that begins on a day.</summary>
    /// <param name="budget">Days allowed, 0 or more.</param>
    /// <param name="unit">What they are counted in.</param>
    /// <param name="on">Day 0.</param>
    public static Deadline Start(int budget, LimitUnit unit, DateOnly on)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budget);
        return Enum.IsDefined(unit)
            ? new Deadline(budget, unit, [new DeadlineEntry(on, DeadlineEvent.Started)])
            : throw new ArgumentOutOfRangeException(nameof(unit), unit, "A limit is counted in working days or calendar days.");
    }

    /// <summary>A clock read back from its stored ledger, checked entry by entry.</summary>
    /// <exception cref="InvalidOperationException">The entries do not follow one another.</exception>
    public static Deadline FromLedger(int budget, LimitUnit unit, IEnumerable<DeadlineEntry> ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        Deadline? deadline = null;
        foreach (var entry in ledger)
        {
            deadline = (deadline, entry.Event) switch
            {
                (null, DeadlineEvent.Started) when entry.Days == 0 => Start(budget, unit, entry.On),
                (null, _) => throw new InvalidOperationException($"A ledger begins with a start, not with {entry}."),
                _ => deadline.With(entry),
            };
        }

        return deadline ?? throw new InvalidOperationException("A ledger has at least its start.");
    }

    /// <summary>Stops the clock.</summary>
    public Deadline Suspend(DateOnly on) => With(new DeadlineEntry(on, DeadlineEvent.Suspended));

    /// <summary>Lets a stopped clock go on; the day is day 0 of what remains.</summary>
    public Deadline Resume(DateOnly on) => With(new DeadlineEntry(on, DeadlineEvent.Resumed));

    /// <summary>Adds days to the budget, running or stopped.</summary>
    /// <param name="days">Days in <see cref="Unit"/>, 1 or more.</param>
    /// <param name="on">The day the extension was approved.</param>
    public Deadline Extend(int days, DateOnly on) => With(new DeadlineEntry(on, DeadlineEvent.Extended, days));

    /// <summary>Ends the clock: done, withdrawn or void.</summary>
    public Deadline End(DateOnly on) => With(new DeadlineEntry(on, DeadlineEvent.Ended));

    /// <summary>The deadline as it was known at the end of a day: later entries left out. Before its start it is just started.</summary>
    public Deadline AsOf(DateOnly day) => Ledger[^1].On <= day
        ? this
        : new Deadline(Budget, Unit, [Ledger[0], .. Ledger.Skip(1).TakeWhile(entry => entry.On <= day)]);

    /// <summary>
    /// The due date, or null while the clock is stopped (and for good when it ended stopped). After the end it is the date that was to be met.
    /// Provisional when a day it was counted over lies in a year without a notice.
    /// </summary>
    public DueDate? Due(WorkCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var spans = DeadlineLedger.Spans(Ledger, DateOnly.MaxValue).ToList();
        if (spans[^1].Stopped)
        {
            return null;
        }

        // The first span the budget does not outlast holds the due date; otherwise the last one does.
        var remaining = TotalBudget;
        var provisional = false;
        foreach (var (from, to, _) in spans.SkipLast(1))
        {
            var days = Count(calendar, from, to);
            if (days > remaining)
            {
                return Add(calendar, from, remaining, provisional);
            }

            provisional |= Unit == LimitUnit.Workdays && calendar.IsProvisional(from, to);
            remaining -= days;
        }

        return Add(calendar, spans[^1].From, remaining, provisional);
    }

    /// <summary>Days of the unit used up by the end of a day; 0 before the start.</summary>
    public int Consumed(WorkCalendar calendar, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return DeadlineLedger.Spans(AsOf(today).Ledger, today).Sum(span => Count(calendar, span.From, span.To));
    }

    /// <summary>Days of the unit left at the end of a day, as then known; negative by as many as it is overdue.</summary>
    public int Remaining(WorkCalendar calendar, DateOnly today) => AsOf(today).TotalBudget - Consumed(calendar, today);

    /// <summary>
    /// Whether, as known on a day, the due date has passed unmet. After the end: whether it ended late. Stopped: whether the budget was overspent before.
    /// </summary>
    public bool IsOverdue(WorkCalendar calendar, DateOnly today)
    {
        var known = AsOf(today);
        return known.Due(calendar) is { } due
            ? (known.EndedOn ?? today) > due.DueOn
            : known.Remaining(calendar, today) < 0;
    }

    /// <summary>How it stands on a day, as then known.</summary>
    /// <param name="calendar">The working days.</param>
    /// <param name="today">The day asked about.</param>
    /// <param name="dueSoonWorkdays">Yellow from this many working days before the due date (always working days, whatever the unit).</param>
    public Light LightOn(WorkCalendar calendar, DateOnly today, int dueSoonWorkdays)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentOutOfRangeException.ThrowIfNegative(dueSoonWorkdays);
        var known = AsOf(today);
        if (known.EndedOn is not null)
        {
            return Light.Done;
        }

        if (known.IsOverdue(calendar, today))
        {
            return Light.Red;
        }

        return known.Due(calendar) switch
        {
            null => Light.Suspended,
            { } due when calendar.WorkdaysBetween(today, due.DueOn) <= dueSoonWorkdays => Light.Yellow,
            _ => Light.Green,
        };
    }

    /// <summary>Same budget, unit and ledger.</summary>
    public bool Equals(Deadline? other) =>
        other is not null && Budget == other.Budget && Unit == other.Unit && Ledger.SequenceEqual(other.Ledger);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Budget, Unit, Ledger.Length, Ledger[0], Ledger[^1]);

    private Deadline With(DeadlineEntry entry) => new(Budget, Unit, DeadlineLedger.Append(Ledger, entry));

    private int Count(WorkCalendar calendar, DateOnly from, DateOnly to) =>
        Unit == LimitUnit.Workdays ? calendar.WorkdaysBetween(from, to) : to.DayNumber - from.DayNumber;

    private DueDate Add(WorkCalendar calendar, DateOnly from, int days, bool provisional)
    {
        var due = Unit == LimitUnit.Workdays ? calendar.AddWorkdays(from, days) : new DueDate(from.AddDays(days), Provisional: false);
        return due with { Provisional = due.Provisional || provisional };
    }
}

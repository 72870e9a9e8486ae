using System.Collections.Immutable;
using System.Globalization;

namespace Lodestone.Kernel.Calendar;

/// <summary>A stretch in which a clock ran, from its day 0 to its end; stopped when a suspension ended it.</summary>
internal readonly record struct RunningSpan(DateOnly From, DateOnly To, bool Stopped);

/// <summary>What may follow what in a deadline's ledger, and the spans it describes.</summary>
internal static class DeadlineLedger
{
    /// <summary>Whether the clock runs (<see cref="DeadlineEvent.Started"/>), is stopped or has ended.</summary>
    internal static DeadlineEvent StateOf(ImmutableArray<DeadlineEntry> ledger)
    {
        var state = ledger.Last(entry => entry.Event != DeadlineEvent.Extended).Event;
        return state == DeadlineEvent.Resumed ? DeadlineEvent.Started : state;
    }

    internal static ImmutableArray<DeadlineEntry> Append(ImmutableArray<DeadlineEntry> ledger, DeadlineEntry entry)
    {
        var lawful = (StateOf(ledger), entry.Event) switch
        {
            (DeadlineEvent.Started, DeadlineEvent.Suspended) => entry.Days == 0,
            (DeadlineEvent.Suspended, DeadlineEvent.Resumed) => entry.Days == 0,
            (DeadlineEvent.Started or DeadlineEvent.Suspended, DeadlineEvent.Ended) => entry.Days == 0,
            (DeadlineEvent.Started or DeadlineEvent.Suspended, DeadlineEvent.Extended) => entry.Days > 0,
            _ => false,
        };
        return lawful && entry.On >= ledger[^1].On
            ? ledger.Add(entry)
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Event} on {entry.On:yyyy-MM-dd} ({entry.Days} days) cannot follow {ledger[^1].Event} on {ledger[^1].On:yyyy-MM-dd}."));
    }

    /// <summary>The spans in order, at least one. A clock still running is cut off at a day, but not before its own start.</summary>
    internal static IEnumerable<RunningSpan> Spans(ImmutableArray<DeadlineEntry> ledger, DateOnly until)
    {
        DateOnly? from = null;
        foreach (var entry in ledger)
        {
            switch (entry.Event)
            {
                case DeadlineEvent.Started or DeadlineEvent.Resumed:
                    from = entry.On;
                    break;
                case DeadlineEvent.Suspended or DeadlineEvent.Ended when from is { } start:
                    yield return new RunningSpan(start, entry.On, entry.Event == DeadlineEvent.Suspended);
                    from = null;
                    break;
            }
        }

        if (from is { } last)
        {
            yield return new RunningSpan(last, last > until ? last : until, Stopped: false);
        }
    }
}

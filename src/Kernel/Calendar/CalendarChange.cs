using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Calendar;

/// <summary>A change of the working calendar and what became of the due days that rest on it: the reason of every due day that moved.</summary>
[SharedAcrossOrganisations("One calendar for all.")]
public sealed class CalendarChange
{
    public long Id { get; internal set; }

    /// <summary>The notice's year; 0 when every clock is derived again from its ledger.</summary>
    public int Year { get; internal set; }

    /// <summary>Where the notice was published.</summary>
    public string Source { get; internal set; } = "";

    /// <summary>The calendar's version before and after, <see cref="WorkCalendar.Version"/>.</summary>
    public string Before { get; internal set; } = "";

    public string After { get; internal set; } = "";

    /// <summary>The earliest day of which the change says something else or something for the first time.</summary>
    public DateOnly FirstDay { get; internal set; }

    public DateTimeOffset At { get; internal set; }

    /// <summary>Open clocks whose due day it moved.</summary>
    public long Moved { get; internal set; }

    /// <summary>When the last pass over the clocks ended; null while one is owed.</summary>
    public DateTimeOffset? DoneAt { get; internal set; }
}

/// <summary>
/// What a change of the calendar says about clocks that are alike: who started or resumed on the same day with the same days left is due on the same
/// day. Kept with the change, so that a pass that was cut off goes on with the same answers.
/// </summary>
[SharedAcrossOrganisations("One calendar for all.")]
internal sealed class CalendarShift
{
    public long ChangeId { get; private set; }

    public LimitUnit Unit { get; private set; }

    public DateOnly RunFrom { get; private set; }

    public int LeftDays { get; private set; }

    /// <summary>As <see cref="Procedures.CaseClock.NextRung"/>; <see cref="NoRung"/> stands for none.</summary>
    public int NextRung { get; private set; }

    public DateOnly DueOn { get; private set; }

    public bool Provisional { get; private set; }

    public DateOnly? LookOn { get; private set; }

    public const int NoRung = 1_000_000;
}

/// <summary>A due day that a change of the calendar moved. Read beside its clock, which has the guard.</summary>
[SharedAcrossOrganisations("Written a million at a time, so it checks no key; it is read joined with its clock, which is its organisation's.")]
internal sealed class ClockMove
{
    public long CaseId { get; private set; }

    public string Name { get; private set; } = "";

    public long ChangeId { get; private set; }

    public DateOnly? BeforeOn { get; private set; }

    public DateOnly? AfterOn { get; private set; }
}

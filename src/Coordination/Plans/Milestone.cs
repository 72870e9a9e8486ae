using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>What must be there by the end of a quarter. Its dates are public; the report behind them is the lead unit's.</summary>
[SharedAcrossOrganisations("Part of the published plan: everybody sees whether it was reached.")]
internal sealed class Milestone
{
    public long Id { get; set; }

    public long PlanId { get; set; }

    public long MeasureId { get; set; }

    public string Code { get; set; } = "";

    public Period Quarter { get; set; }

    public string Title { get; set; } = "";

    /// <summary>Its part in the measure's progress, whole and positive.</summary>
    public int Weight { get; set; }

    /// <summary>Opened by the first report.</summary>
    public long? CaseId { get; set; }

    /// <summary>The day of the report that is on the table; null before it and after it was sent back.</summary>
    public DateOnly? ReportedOn { get; set; }

    public DateOnly? ConfirmedOn { get; set; }

    public DateOnly? RemovedOn { get; set; }

    /// <summary>The id of its last change; of two callers who read the same one, the later is refused.</summary>
    public long Version { get; set; }

    public DateOnly DueOn => Quarter.LastDay;

    /// <summary>The stage as everybody may know it; the case itself is the lead unit's.</summary>
    public string Stage =>
        ConfirmedOn is not null ? MilestoneProcedure.Confirmed
        : ReportedOn is not null ? MilestoneProcedure.Reported
        : CaseId is not null ? MilestoneProcedure.SentBack
        : MilestoneProcedure.Planned;
}

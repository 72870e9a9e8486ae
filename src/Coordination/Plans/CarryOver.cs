using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>An unfinished milestone that went over into the next year (结转). Append-only: how often one was carried is counted from here.</summary>
[SharedAcrossOrganisations("The published plan's own history.")]
internal sealed class CarryOver
{
    public long Id { get; set; }

    public long PlanId { get; set; }

    public long MilestoneId { get; set; }

    public Period FromQuarter { get; set; }

    public Period ToQuarter { get; set; }

    public string Reason { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public long UserId { get; set; }
}

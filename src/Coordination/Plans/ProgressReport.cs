using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>What the lead unit wrote when it reported a milestone. Append-only; a report sent back is followed by another.</summary>
internal sealed class ProgressReport : IOwned
{
    public long Id { get; set; }

    public long MilestoneId { get; set; }

    /// <summary>The lead unit.</summary>
    public long OrganisationId { get; set; }

    public string Text { get; set; } = "";

    /// <summary>A file of the lead unit that proves it.</summary>
    public long? EvidenceId { get; set; }

    public DateTimeOffset At { get; set; }

    public long UserId { get; set; }
}

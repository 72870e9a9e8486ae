using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>A unit's part in a measure: one line of its responsibility statement.</summary>
internal sealed class Duty : IOwned
{
    public const string Lead = "lead";
    public const string Support = "support";

    public long Id { get; set; }

    public long MeasureId { get; set; }

    /// <summary>The unit.</summary>
    public long OrganisationId { get; set; }

    /// <summary><see cref="Lead"/> or <see cref="Support"/>.</summary>
    public string Part { get; set; } = "";

    public DateOnly Since { get; set; }

    /// <summary>The day the duty went over to another unit; null while it stands.</summary>
    public DateOnly? EndedOn { get; set; }
}

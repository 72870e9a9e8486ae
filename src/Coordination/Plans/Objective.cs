using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>What a section of the plan wants reached.</summary>
[SharedAcrossOrganisations("Part of the published plan.")]
internal sealed class Objective
{
    public long Id { get; set; }

    public long PlanId { get; set; }

    public string Code { get; set; } = "";

    /// <summary>organisation | funds | services | green, as the plan's chapters.</summary>
    public string Chapter { get; set; } = "";

    /// <summary>The section's number in the document.</summary>
    public string Section { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>Its part in the plan's progress, whole and positive.</summary>
    public int Weight { get; set; }

    /// <summary>The day it left the plan; null while it stands.</summary>
    public DateOnly? RemovedOn { get; set; }
}

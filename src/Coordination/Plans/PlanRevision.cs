using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>
/// One change of one element of a plan. Append-only: the elements' own rows are only where the last revision led, and the plan of any
/// past day is read from here.
/// </summary>
[SharedAcrossOrganisations("The published plan's own history.")]
internal sealed class PlanRevision
{
    public const string Objective = "objective";
    public const string Measure = "measure";
    public const string Milestone = "milestone";

    public long Id { get; set; }

    public long PlanId { get; set; }

    /// <summary><see cref="Objective"/>, <see cref="Measure"/> or <see cref="Milestone"/>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The element's code within the plan.</summary>
    public string Code { get; set; } = "";

    public DateTimeOffset At { get; set; }

    /// <summary>0 when the platform changed it.</summary>
    public long UserId { get; set; }

    /// <summary>Why, with the deciding document; null only for the first text.</summary>
    public string? Reason { get; set; }

    /// <summary>The element's fields as canonical JSON; null when it left the plan.</summary>
    public string? State { get; set; }
}

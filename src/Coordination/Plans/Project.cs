using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>A line of the project library: an enterprise's investment with its place in the chain and its park.</summary>
internal sealed class Project : IOwned
{
    /// <summary>The stages in their order: planned, signed, started, in production, at capacity.</summary>
    public static readonly IReadOnlyList<string> Stages = ["planned", "signed", "started", "in-production", "at-capacity"];

    public long Id { get; set; }

    public long PlanId { get; set; }

    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>The enterprise that invests.</summary>
    public long OrganisationId { get; set; }

    public long ParkId { get; set; }

    public string ChainPosition { get; set; } = "";

    /// <summary>Planned investment in fen.</summary>
    public long InvestmentFen { get; set; }
}

/// <summary>A stage that a project reached on a day. Append-only; the newest is where it stands.</summary>
internal sealed class ProjectStep : IOwned
{
    public long Id { get; set; }

    public long ProjectId { get; set; }

    public long OrganisationId { get; set; }

    /// <summary>Place in <see cref="Project.Stages"/>; unique for a project, so that no stage is reached twice.</summary>
    public int Stage { get; set; }

    public DateOnly ReachedOn { get; set; }

    public string? Note { get; set; }
}

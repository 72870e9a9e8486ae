using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>Something that one unit cannot solve without another (plan, 督办机制: 及时发现和协调解决问题).</summary>
[SharedAcrossOrganisations("It belongs to two units; who reads it is decided by its ProblemParty rows, in ProblemDesk only.")]
internal sealed class Problem
{
    public long Id { get; set; }

    public long MeasureId { get; set; }

    public long CaseId { get; set; }

    public string Text { get; set; } = "";

    public string RaisedByName { get; set; } = "";

    public string AskedName { get; set; } = "";

    public DateTimeOffset At { get; set; }

    /// <summary>What the asked unit says; the office hears it before it answers.</summary>
    public string? Reply { get; set; }

    public DateTimeOffset? RepliedAt { get; set; }

    /// <summary>What the leading group's office answered last.</summary>
    public string? Answer { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The day the unit that raised it took it off the list.</summary>
    public DateOnly? ClosedOn { get; set; }

    /// <summary>The id of its last change.</summary>
    public long Version { get; set; }
}

/// <summary>One of the two units of a problem.</summary>
internal sealed class ProblemParty : IOwned
{
    public long ProblemId { get; set; }

    public long OrganisationId { get; set; }

    /// <summary>True for the unit that must answer.</summary>
    public bool Asked { get; set; }
}

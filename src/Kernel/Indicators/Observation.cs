using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Indicators;

/// <summary>
/// One value of one cell (indicator x organisation x period). Append-only: a change is a new revision that names its
/// predecessor. Only <see cref="ObservationBook"/> writes it, and only the cell's owner can ask it to.
/// </summary>
public sealed class Observation : IOwned
{
    public long Id { get; internal set; }

    public long IndicatorId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public Period Period { get; internal set; }

    /// <summary>1, 2, 3 … within the cell.</summary>
    public int Revision { get; internal set; }

    /// <summary>Whole number of the indicator's smallest unit.</summary>
    public long Value { get; internal set; }

    /// <summary>The case whose approval makes the value count.</summary>
    public long CaseId { get; internal set; }

    public long? PredecessorId { get; internal set; }

    /// <summary>Why it was corrected; null while the first return is a draft.</summary>
    public string? Reason { get; internal set; }

    public DateTimeOffset RecordedAt { get; internal set; }

    public long RecordedBy { get; internal set; }

    /// <summary>SHA-256 over the cell, revision, value, predecessor's hash and instant, lower-case hex.</summary>
    public string Hash { get; internal set; } = "";
}

/// <summary>
/// A level's approval of a case's values: one row per (case, level) that is in force at a time. Levels are data. A value counts
/// while its case has an approval in force at the final level.
/// </summary>
public sealed class Approval : IOwned
{
    public long Id { get; internal set; }

    public long CaseId { get; internal set; }

    /// <summary>Code of the workflow, e.g. the form's.</summary>
    public string Workflow { get; internal set; } = "";

    /// <summary>1 is the lowest.</summary>
    public int Level { get; internal set; }

    /// <summary>True on the level that makes values count.</summary>
    public bool Final { get; internal set; }

    public long OrganisationId { get; internal set; }

    public Period Period { get; internal set; }

    public DateTimeOffset GrantedAt { get; internal set; }

    public long GrantedBy { get; internal set; }

    public DateTimeOffset? WithdrawnAt { get; internal set; }

    public long? WithdrawnBy { get; internal set; }

    /// <summary>Goes up when the approval is withdrawn and when a score begins to rest on it, so that of two at once only one succeeds.</summary>
    public long Version { get; internal set; }
}

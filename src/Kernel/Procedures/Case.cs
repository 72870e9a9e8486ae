using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Procedures;

/// <summary>
/// One run of a procedure. Its version is the id of its last step: whoever read an older one writes nothing. Only
/// <see cref="CaseDesk"/> writes it.
/// </summary>
public sealed class Case : IOwned
{
    public long Id { get; private set; }

    public string Procedure { get; private set; } = "";

    public string Stage { get; private set; } = "";

    public long Version { get; private set; }

    /// <summary>Whose case it is.</summary>
    public long OrganisationId { get; private set; }

    public string SubjectKind { get; private set; } = "";

    public long SubjectId { get; private set; }

    /// <summary>What a person calls it, as written when it was opened.</summary>
    public string Title { get; private set; } = "";

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Since when it stands in <see cref="Stage"/>.</summary>
    public DateTimeOffset StageSince { get; private set; }
}

/// <summary>A move that happened. Append-only; <see cref="Follows"/> makes each case one unbroken line.</summary>
public sealed class CaseStep : IOwned
{
    public long Id { get; private set; }

    public long CaseId { get; private set; }

    /// <summary>The step before; 0 for the opening. Unique per case, so history cannot fork.</summary>
    public long Follows { get; private set; }

    public long OrganisationId { get; private set; }

    public string Action { get; private set; } = "";

    public string FromStage { get; private set; } = "";

    public string ToStage { get; private set; } = "";

    /// <summary>0 when the platform moved it.</summary>
    public long UserId { get; private set; }

    /// <summary>The absent owner for whom a deputy acted.</summary>
    public long? OnBehalfOf { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string? Note { get; private set; }
}

/// <summary>A case as the door read it, within the actor's scope.</summary>
public sealed record CaseView(
    long Id, Procedure Procedure, string Stage, long Version, long OrganisationId, string OrganisationPath, Subject Subject, string Title,
    DateTimeOffset StageSince);

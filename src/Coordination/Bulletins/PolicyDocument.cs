using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A policy document of the city (政策文件), from its first draft to its end.</summary>
internal sealed class PolicyDocument : IOwned
{
    public const string SubjectKind = "policy";

    public const int LongestTitle = 200;

    public const int LongestText = 30_000;

    public long Id { get; internal set; }

    /// <summary>The city.</summary>
    public long OrganisationId { get; internal set; }

    public string Title { get; internal set; } = "";

    /// <summary>The last version; the last that was issued is <see cref="IssuedOrdinal"/>.</summary>
    public int Ordinal { get; internal set; }

    /// <summary>0 before the first issue. What stands in force while an amendment is under way.</summary>
    public int IssuedOrdinal { get; internal set; }

    /// <summary>Document number, as printed: 马磁办〔2026〕3号; empty before the first issue.</summary>
    public string Number { get; internal set; } = "";

    /// <summary>Where it was deliberated together before issue.</summary>
    public string Meeting { get; internal set; } = "";

    /// <summary>In force from this day on.</summary>
    public DateOnly? InForceFrom { get; internal set; }

    /// <summary>In force up to and including this day.</summary>
    public DateOnly? ExpiresOn { get; internal set; }

    /// <summary>The document that it replaces.</summary>
    public long? SupersedesId { get; internal set; }

    /// <summary>The public is asked too.</summary>
    public bool AsksPublic { get; internal set; }

    /// <summary>Comments are taken up to and including this day; null when nobody has been asked.</summary>
    public DateOnly? CommentsUntil { get; internal set; }

    public long CaseId { get; internal set; }

    /// <summary>The id of its last change; a caller must have read it to change what it says.</summary>
    public long Version { get; internal set; }
}

/// <summary>What a policy document says. A version that somebody else has been shown is frozen; a change to it is the next version.</summary>
internal sealed class PolicyVersion : IOwned
{
    public long PolicyId { get; internal set; }

    /// <summary>1, 2, 3 … in order.</summary>
    public int Ordinal { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Title { get; internal set; } = "";

    /// <summary>Plain paragraphs, one a line.</summary>
    public string Text { get; internal set; } = "";

    public DateTimeOffset WrittenAt { get; internal set; }

    /// <summary>Null while it may still be changed.</summary>
    public DateTimeOffset? FrozenAt { get; internal set; }

    /// <summary>Null unless it was issued.</summary>
    public DateOnly? IssuedOn { get; internal set; }
}

/// <summary>A check of one version by those who answer for it: legality or fair competition. Append-only; the last one of a kind counts.</summary>
internal sealed class PolicyCheck : IOwned
{
    public const string Legality = "legality";
    public const string Competition = "competition";

    /// <summary>Found in order.</summary>
    public const string Passed = "passed";

    /// <summary>Must be changed.</summary>
    public const string Failed = "failed";

    /// <summary>Fair competition only: it does not touch what businesses do.</summary>
    public const string NotConcerned = "not-concerned";

    public static IReadOnlyList<string> Kinds { get; } = [Legality, Competition];

    public static IReadOnlyList<string> Findings { get; } = [Passed, Failed, NotConcerned];

    public long Id { get; internal set; }

    public long PolicyId { get; internal set; }

    public int Ordinal { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Kind { get; internal set; } = "";

    public string Finding { get; internal set; } = "";

    /// <summary>Who checked it.</summary>
    public string By { get; internal set; } = "";

    /// <summary>What was found, or why it is not concerned.</summary>
    public string Opinion { get; internal set; } = "";

    public DateOnly CheckedOn { get; internal set; }
}

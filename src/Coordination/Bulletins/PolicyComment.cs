using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Bulletins;

/// <summary>What a unit is asked about a draft, and what it says (征求意见). The draft is sent along, as it stood.</summary>
internal sealed class PolicyComment : IOwned
{
    public const string SubjectKind = "policy-comment";

    public const int LongestText = 4000;

    public long Id { get; internal set; }

    /// <summary>The unit that is asked.</summary>
    public long OrganisationId { get; internal set; }

    public long PolicyId { get; internal set; }

    public int Ordinal { get; internal set; }

    public string Title { get; internal set; } = "";

    /// <summary>The draft as it was sent.</summary>
    public string Draft { get; internal set; } = "";

    public DateOnly DueOn { get; internal set; }

    /// <summary>What the unit says; empty while it has said nothing, or agrees.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>What was made of it, or why it was not adopted.</summary>
    public string Answer { get; internal set; } = "";

    public long CaseId { get; internal set; }
}

/// <summary>What somebody of the public says about a draft; nobody has to name himself.</summary>
internal sealed class PublicComment : IOwned
{
    public const int LongestName = 60;

    public const int LongestText = 2000;

    public const string Adopted = "adopted";
    public const string Refused = "refused";

    public long Id { get; internal set; }

    /// <summary>The city whose draft it is about.</summary>
    public long OrganisationId { get; internal set; }

    public long PolicyId { get; internal set; }

    public int Ordinal { get; internal set; }

    public string Name { get; internal set; } = "";

    public string Text { get; internal set; } = "";

    public DateTimeOffset At { get; internal set; }

    /// <summary><see cref="Adopted"/>, <see cref="Refused"/>, or empty while nobody has answered.</summary>
    public string Outcome { get; internal set; } = "";

    public string Answer { get; internal set; } = "";

    /// <summary>The id of its last change.</summary>
    public long Version { get; internal set; }
}

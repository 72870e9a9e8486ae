using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Advice;

/// <summary>A member of the advisory committee (咨询专家): a person of the platform with a seat in it.</summary>
internal sealed class Expert : IOwned
{
    public const int LongestName = 60;

    public long Id { get; internal set; }

    /// <summary>The committee.</summary>
    public long OrganisationId { get; internal set; }

    public long UserId { get; internal set; }

    public string Name { get; internal set; } = "";

    /// <summary>Where the person works, as it is printed.</summary>
    public string Employer { get; internal set; } = "";

    /// <summary>The same where it is an organisation of the platform.</summary>
    public long? EmployerId { get; internal set; }

    /// <summary>Fields of work, separated by a space.</summary>
    public string Fields { get; internal set; } = "";

    public DateOnly TermFrom { get; internal set; }

    /// <summary>The last day of the term.</summary>
    public DateOnly TermUntil { get; internal set; }

    public long Version { get; internal set; }
}

/// <summary>What ties an expert to an organisation, for a time.</summary>
internal sealed class ExpertConflict : IOwned
{
    public static IReadOnlyList<string> Kinds { get; } = ["employed", "shares", "works-with"];

    public long Id { get; internal set; }

    public long ExpertId { get; internal set; }

    public long OrganisationId { get; internal set; }

    /// <summary>The organisation that the expert is tied to.</summary>
    public long WithId { get; internal set; }

    public string WithName { get; internal set; } = "";

    public string Kind { get; internal set; } = "";

    public DateOnly StartsOn { get; internal set; }

    /// <summary>The last day; null while it lasts.</summary>
    public DateOnly? EndsOn { get; internal set; }

    public string Note { get; internal set; } = "";
}

/// <summary>A version of a committee's charter (章程); what was adopted never changes.</summary>
internal sealed class Charter : IOwned
{
    public const int LongestText = 20_000;

    public long OrganisationId { get; internal set; }

    /// <summary>1, 2, 3 … in order.</summary>
    public int Ordinal { get; internal set; }

    public string Text { get; internal set; } = "";

    public DateOnly TermFrom { get; internal set; }

    public DateOnly TermUntil { get; internal set; }

    public DateOnly AdoptedOn { get; internal set; }
}

/// <summary>A session of the committee (咨询会议).</summary>
internal sealed class AdviceSession : IOwned
{
    public const string SubjectKind = "advice-session";

    public long Id { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Title { get; internal set; } = "";

    public DateOnly Day { get; internal set; }

    public string Place { get; internal set; } = "";

    public string Minutes { get; internal set; } = "";

    public long CaseId { get; internal set; }
}

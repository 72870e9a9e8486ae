using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Advice;

/// <summary>Questions of a unit to the experts (咨询).</summary>
internal sealed class Inquiry : IOwned
{
    public const string SubjectKind = "advice-inquiry";

    public const int LongestTitle = 120;

    public const int LongestText = 4000;

    public long Id { get; internal set; }

    /// <summary>The unit that asks.</summary>
    public long OrganisationId { get; internal set; }

    public string Title { get; internal set; } = "";

    /// <summary>What the experts must know.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>The field of work that it is about.</summary>
    public string Field { get; internal set; } = "";

    public long? EvidenceId { get; internal set; }

    /// <summary>The last day for opinions; null until experts are assigned.</summary>
    public DateOnly? DueOn { get; internal set; }

    /// <summary>The last day for the unit's answers; null until the opinions are handed to it.</summary>
    public DateOnly? AnswerDueOn { get; internal set; }

    /// <summary>1, and one more each time it was taken back from the experts: a new text is asked anew.</summary>
    public int Round { get; internal set; } = 1;

    public long CaseId { get; internal set; }

    /// <summary>Changes with the parties, the text and every move: of two who change it at once only one succeeds.</summary>
    public long Version { get; internal set; }
}

/// <summary>One question of an inquiry.</summary>
internal sealed class InquiryQuestion : IOwned
{
    public long InquiryId { get; internal set; }

    /// <summary>1, 2, 3 … in order.</summary>
    public int Ordinal { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Text { get; internal set; } = "";
}

/// <summary>An organisation, usually an enterprise, that the answer to an inquiry concerns.</summary>
internal sealed class InquiryParty : IOwned
{
    public long InquiryId { get; internal set; }

    public long PartyId { get; internal set; }

    public string Name { get; internal set; } = "";

    public long OrganisationId { get; internal set; }
}

/// <summary>An opinion as it was handed to the unit, and what the unit made of it.</summary>
internal sealed class AdviceOpinion : IOwned
{
    public static IReadOnlyList<string> Outcomes { get; } = ["adopted", "partly", "refused"];

    public long Id { get; internal set; }

    public long InquiryId { get; internal set; }

    /// <summary>The question's.</summary>
    public int Ordinal { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string ExpertName { get; internal set; } = "";

    public string Employer { get; internal set; } = "";

    public string Text { get; internal set; } = "";

    /// <summary>One of <see cref="Outcomes"/>; empty while the unit has not answered.</summary>
    public string Outcome { get; internal set; } = "";

    public string Answer { get; internal set; } = "";

    public long Version { get; internal set; }
}

/// <summary>An expert is asked: the committee's copy of an inquiry, for experts see nothing of the unit's own rows.</summary>
internal sealed class Assignment : IOwned
{
    public long Id { get; internal set; }

    /// <summary>The committee.</summary>
    public long OrganisationId { get; internal set; }

    public long InquiryId { get; internal set; }

    public long ExpertId { get; internal set; }

    /// <summary>The inquiry's round in which the expert was asked; once in each.</summary>
    public int Round { get; internal set; } = 1;

    public long UserId { get; internal set; }

    public string Title { get; internal set; } = "";

    public string Text { get; internal set; } = "";

    public string UnitName { get; internal set; } = "";

    /// <summary>Ids of the unit and of those whom it concerns, separated by a space: a conflict that is recorded later still counts.</summary>
    public string ConcernedIds { get; internal set; } = "";

    public DateOnly DueOn { get; internal set; }

    /// <summary>The due day that the expert has been reminded of; of a new day he is reminded again.</summary>
    public DateOnly? RemindedFor { get; internal set; }

    /// <summary>Null until the expert has answered every question.</summary>
    public DateTimeOffset? GivenAt { get; internal set; }

    /// <summary>The inquiry no longer takes opinions.</summary>
    public bool Ended { get; internal set; }

    public long Version { get; internal set; }
}

/// <summary>One question of an assignment with the expert's opinion on it.</summary>
internal sealed class AssignedQuestion : IOwned
{
    public long AssignmentId { get; internal set; }

    public int Ordinal { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Question { get; internal set; } = "";

    /// <summary>Empty until it is given; given once.</summary>
    public string Opinion { get; internal set; } = "";
}

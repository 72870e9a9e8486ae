using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Advice;

/// <summary>A subject that the committee looks into (课题), from the topic to what became of its proposals.</summary>
internal sealed class Study : IOwned
{
    public const string SubjectKind = "advice-study";

    public long Id { get; internal set; }

    /// <summary>The committee.</summary>
    public long OrganisationId { get; internal set; }

    public string Title { get; internal set; } = "";

    /// <summary>What is asked and why it matters.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>The report.</summary>
    public long? EvidenceId { get; internal set; }

    public long CaseId { get; internal set; }
}

/// <summary>A measure that a study proposes, and what became of it.</summary>
internal sealed class Proposal : IOwned
{
    public const string Adopted = "adopted";
    public const string Refused = "refused";

    public long Id { get; internal set; }

    public long StudyId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Text { get; internal set; } = "";

    /// <summary><see cref="Adopted"/>, <see cref="Refused"/>, or empty while nobody has decided.</summary>
    public string Outcome { get; internal set; } = "";

    /// <summary>How it is adopted, or why it is not.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>When adopted: the plan and its measure that carry it out.</summary>
    public string PlanCode { get; internal set; } = "";

    public string MeasureCode { get; internal set; } = "";

    /// <summary>When adopted: the indicator that will show the effect; empty for none.</summary>
    public string IndicatorCode { get; internal set; } = "";

    public DateOnly? DecidedOn { get; internal set; }

    public long Version { get; internal set; }
}

using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>
/// The mid-term or final evaluation of a plan (中期评估、期末评估): figures counted on a day and kept, what the office found and advises,
/// what the units said.
/// </summary>
[SharedAcrossOrganisations("The consulted units of the whole city read it; EvaluationDesk is its only reader and keeps a draft to the office and the approver.")]
internal sealed class Evaluation
{
    public const string MidTerm = "mid-term";
    public const string Final = "final";

    public long Id { get; set; }

    public long PlanId { get; set; }

    /// <summary><see cref="MidTerm"/> or <see cref="Final"/>.</summary>
    public string Kind { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>The day whose state the figures are.</summary>
    public DateOnly CountedTo { get; set; }

    /// <summary><see cref="EvaluationFigures"/> as JSON; an issued evaluation never changes with later progress.</summary>
    public string Figures { get; set; } = "";

    public string Findings { get; set; } = "";

    public string Advice { get; set; } = "";

    public long CaseId { get; set; }

    public DateOnly? ConsultedOn { get; set; }

    public DateOnly? SubmittedOn { get; set; }

    public DateOnly? IssuedOn { get; set; }

    public string? DocumentNumber { get; set; }

    /// <summary>Every <see cref="OpinionText"/> as JSON, published with the issue; null before.</summary>
    public string? Opinions { get; set; }

    /// <summary>The id of its last change.</summary>
    public long Version { get; set; }

    /// <summary>The stage as a consulted unit may know it; the case itself is the city's.</summary>
    public string Stage =>
        IssuedOn is not null ? EvaluationProcedure.Issued
        : SubmittedOn is not null ? EvaluationProcedure.Submitted
        : ConsultedOn is not null ? EvaluationProcedure.Consulting
        : EvaluationProcedure.Draft;
}

/// <summary>An opinion as it is published.</summary>
internal sealed record OpinionText(string Unit, string Text, string? Answer);

/// <summary>What a unit said about a draft, and what became of it.</summary>
internal sealed class EvaluationOpinion : IOwned
{
    public long Id { get; set; }

    public long EvaluationId { get; set; }

    /// <summary>The unit.</summary>
    public long OrganisationId { get; set; }

    public string UnitName { get; set; } = "";

    public string Text { get; set; } = "";

    /// <summary>Adopted, or why not; null until the office answers.</summary>
    public string? Answer { get; set; }

    public DateTimeOffset At { get; set; }

    public long UserId { get; set; }

    /// <summary>The id of its last change.</summary>
    public long Version { get; set; }
}

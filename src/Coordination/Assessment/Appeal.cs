using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>The two grounds of the plan: at odds with the facts, or judged inexactly.</summary>
internal static class AppealGround
{
    public const string Facts = "facts";
    public const string Judgement = "judgement";

    public static IReadOnlyList<string> All { get; } = [Facts, Judgement];
}

/// <summary>A unit's objection to one score (申诉), and to one value behind it if it names one.</summary>
internal sealed class Appeal : IOwned
{
    public long Id { get; set; }

    public long RoundId { get; set; }

    public long OrganisationId { get; set; }

    public string Criterion { get; set; } = "";

    /// <summary>The value that is disputed; null for a judgement on the criterion as a whole.</summary>
    public long? ObservationId { get; set; }

    public string Ground { get; set; } = "";

    public string Reason { get; set; } = "";

    /// <summary>1 for the first appeal on this score and value. Unique, so that two of them are never open at once.</summary>
    public int Ordinal { get; set; }

    public long FiledBy { get; set; }

    public DateTimeOffset FiledAt { get; set; }

    public long CaseId { get; set; }

    /// <summary>The case in which the cell's owner corrects the value, once the appeal is upheld.</summary>
    public long? CorrectionCaseId { get; set; }

    /// <summary>JSON of the <see cref="Assessment.Moved"/> units of the appeal's own round; null until it is settled.</summary>
    public string? Moved { get; set; }

    /// <summary>Whether something is still to come at this stage of its case.</summary>
    public bool IsOpen(string stage) =>
        stage is AppealProcedure.Filed or AppealProcedure.Accepted || (stage == AppealProcedure.Upheld && CorrectionCaseId is not null);

    public IReadOnlyList<Moved> ReadMoved() => Moved is null ? [] : AssessmentJson.Read<List<Moved>>(Moved);
}

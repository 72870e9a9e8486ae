using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// One computation of a round: a freeze, or a recomputation after a cell was corrected. Append-only; inputs and results are
/// kept as documents, so that both can be read and replayed years later.
/// </summary>
[SharedAcrossOrganisations("Results are announced to every assessed unit; inputs are read through RoundDoor only.")]
internal sealed class ScoreRun
{
    public long Id { get; set; }

    public long RoundId { get; set; }

    /// <summary>1 is the first freeze. Unique in the round, so that two recomputations cannot start from the same run.</summary>
    public int Ordinal { get; set; }

    /// <summary>The appeal that caused a recomputation; null for a freeze.</summary>
    public long? AppealId { get; set; }

    /// <summary>Canonical JSON of the <see cref="RoundInputs"/>.</summary>
    public string Inputs { get; set; } = "";

    /// <summary>The results document.</summary>
    public string Results { get; set; } = "";

    /// <summary>SHA-256 of the results document.</summary>
    public string Sha256 { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public RoundInputs ReadInputs() => AssessmentJson.Read<RoundInputs>(Inputs);

    public RoundResults ReadResults() => AssessmentJson.Read<RoundResults>(Results);
}

/// <summary>The reverse of the lineage: a value on which a unit's score rests in a run.</summary>
internal sealed class ScoreInput : IOwned
{
    public long RunId { get; set; }

    /// <summary>The scored unit, not the reporter of the value.</summary>
    public long OrganisationId { get; set; }

    public string Criterion { get; set; } = "";

    public long ObservationId { get; set; }

    public string Hash { get; set; } = "";
}

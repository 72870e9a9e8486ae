using System.Text.Json.Serialization;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// What a round came to. This record is the results document, so it holds nothing that the inputs do not determine: no name
/// of a person, no moment of computing.
/// </summary>
/// <param name="Round">The id of the round.</param>
/// <param name="Scheme">The scheme and its version.</param>
/// <param name="Period">As the contract writes it: 2026Q1.</param>
/// <param name="AsOf">The instant whose approved values counted.</param>
/// <param name="Calendar">The version of the work calendar.</param>
/// <param name="Units">By group, then by rank, then by code.</param>
internal sealed record RoundResults(
    long Round,
    SchemeReference Scheme,
    string Period,
    DateTimeOffset AsOf,
    string Calendar,
    IReadOnlyList<UnitResult> Units);

/// <summary>A scheme by code and version.</summary>
internal sealed record SchemeReference(string Code, int Version);

/// <summary>
/// One unit: its total in points, its grade (null below the lowest), its rank within its group (1, 1, 3) and its criteria in the
/// scheme's order.
/// </summary>
internal sealed record UnitResult(
    string Unit,
    decimal Total,
    string? Grade,
    int Rank,
    IReadOnlyList<CriterionResult> Criteria,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group = null)
{
    /// <summary>An event that vetoes a grade is on record.</summary>
    [JsonIgnore]
    public bool Vetoed => Criteria.Any(criterion => criterion.Vetoes);
}

/// <summary>
/// The points of one criterion, with two decimals; missing = no approved value and no judgement, hence 0; vetoes = an event under
/// a veto.
/// </summary>
internal sealed record CriterionResult(
    string Criterion,
    decimal Points,
    bool Missing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Vetoes = false);

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
/// <param name="Units">By rank, then by code.</param>
internal sealed record RoundResults(
    long Round,
    SchemeReference Scheme,
    string Period,
    DateTimeOffset AsOf,
    string Calendar,
    IReadOnlyList<UnitResult> Units);

/// <summary>A scheme by code and version.</summary>
internal sealed record SchemeReference(string Code, int Version);

/// <summary>One unit: its total in points, its grade (null below the lowest), its rank (1, 1, 3) and its criteria in the scheme's order.</summary>
internal sealed record UnitResult(
    string Unit,
    decimal Total,
    string? Grade,
    int Rank,
    IReadOnlyList<CriterionResult> Criteria);

/// <summary>The points of one criterion, with two decimals; missing = no approved value, hence 0.</summary>
internal sealed record CriterionResult(string Criterion, decimal Points, bool Missing);

using System.Text.Json.Serialization;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// Everything a frozen round rests on, in one document: the scheme, the targets and the approved values with their ids and
/// hashes, as they stood at <paramref name="AsOf"/>. Results depend on nothing else, so lineage is reading this document,
/// a preview is assessing it with one value replaced, and a replay is assessing it again years later.
/// </summary>
/// <param name="Round">The id of the round.</param>
/// <param name="SchemeVersion">The version of <paramref name="Scheme"/> that was in force.</param>
/// <param name="Scheme">The scheme's whole content.</param>
/// <param name="Period">As the contract writes it: 2026Q1, 2026H1 or 2026.</param>
/// <param name="AsOf">The instant whose approved values count.</param>
/// <param name="Calendar">The version of the work calendar.</param>
/// <param name="Units">The assessed units, in any order.</param>
internal sealed record RoundInputs(
    long Round,
    int SchemeVersion,
    Scheme Scheme,
    string Period,
    DateTimeOffset AsOf,
    string Calendar,
    IReadOnlyList<UnitInput> Units)
{
    /// <summary>The same round with another value in one observation, in every total and every unit that counts it.</summary>
    public RoundInputs WithValue(long observation, decimal value) => Map(observation, was => was with { Value = value });

    /// <summary>The same round with an observation replaced by its next revision.</summary>
    public RoundInputs WithRevision(long observation, ObservationInput revision) => Map(observation, _ => revision);

    /// <summary>The scores that hang on an observation, as (unit, criterion), in the order of the document.</summary>
    public IEnumerable<(string Unit, string Criterion)> Dependents(long observation) =>
        from unit in Units
        from criterion in unit.Criteria
        where criterion.Observations.Any(input => input.Observation == observation)
        select (unit.Unit, criterion.Criterion);

    /// <summary>What a unit shows for a criterion.</summary>
    /// <exception cref="InvalidOperationException">The freeze found no such unit or criterion.</exception>
    public CriterionInput Cell(string unit, string criterion) =>
        Units.First(row => row.Unit == unit).Criteria.First(row => row.Criterion == criterion);

    private RoundInputs Map(long observation, Func<ObservationInput, ObservationInput> change) => this with
    {
        Units =
        [
            .. Units.Select(unit => unit with
            {
                Criteria =
                [
                    .. unit.Criteria.Select(criterion => criterion with
                    {
                        Observations =
                        [
                            .. criterion.Observations.Select(input => input.Observation == observation ? change(input) : input),
                        ],
                    }),
                ],
            }),
        ],
    };
}

/// <summary>One assessed unit with what each criterion of the scheme found.</summary>
/// <param name="Unit">The organisation's code.</param>
/// <param name="Name">The organisation's name at the freeze; results do not repeat it.</param>
/// <param name="Criteria">One entry for each criterion of the scheme, in any order.</param>
/// <param name="Group">The group of comparable units within which it is ranked; null when all are compared with all.</param>
internal sealed record UnitInput(
    string Unit,
    string Name,
    IReadOnlyList<CriterionInput> Criteria,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group = null);

/// <summary>The value of a unit for one criterion, as the observations it is made of.</summary>
/// <param name="Criterion">The criterion's code.</param>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="Direction">Whether more or less is better.</param>
/// <param name="Decimals">The indicator's decimals; an average is rounded to them.</param>
/// <param name="Aggregation">How several observations become the unit's value.</param>
/// <param name="Target">The unit's target in the period; a deduction needs none.</param>
/// <param name="Observations">
/// Approved values: the unit's own single one, or, where the value is a computed total, one for each reporter below that has
/// an approved value. None at all is a missing value; it scores 0.
/// </param>
/// <param name="Judged">What a judge gave; null where an indicator decides, and where nobody has judged.</param>
internal sealed record CriterionInput(
    string Criterion,
    string Indicator,
    Direction Direction,
    int Decimals,
    Aggregation Aggregation,
    TargetInput? Target,
    IReadOnlyList<ObservationInput> Observations,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JudgedInput? Judged = null)
{
    /// <summary>What a judged criterion shows: there is no indicator behind it.</summary>
    public static CriterionInput OfJudgement(string criterion, JudgedInput? judged) =>
        new(criterion, "", Direction.Up, JudgedInput.Decimals, Aggregation.Last, null, [], judged);

    /// <summary>
    /// The unit's value: the judge's points, or what is approved, or null when there is neither. An average is unweighted and rounded half up (away from zero) to
    /// the indicator's decimals.
    /// </summary>
    /// <exception cref="InvalidOperationException">Several observations of an indicator that has no total.</exception>
    public decimal? Value() => (Aggregation, Observations.Count) switch
    {
        (_, 0) => Judged?.Points,
        (_, 1) => Observations[0].Value,
        (Aggregation.Sum, _) => Observations.Sum(input => input.Value),
        (Aggregation.Average, var count) =>
            ((Rational)Observations.Sum(input => input.Value) / (decimal)count).RoundHalfUp(Decimals),
        _ => throw new InvalidOperationException($"{Indicator} has no total, yet {Criterion} holds several observations."),
    };
}

/// <summary>The points of one judgement, with its id: who gave them, why and on what evidence stands there.</summary>
internal sealed record JudgedInput(long Judgement, decimal Points)
{
    public const int Decimals = 2;
}

/// <summary>A target in the indicator's unit, and the version of it that was in force.</summary>
internal sealed record TargetInput(decimal Value, int Version);

/// <summary>
/// One approved value in the indicator's unit: its id and content hash, its revision, the organisation that reported it and
/// the decimals it is kept with.
/// </summary>
internal sealed record ObservationInput(
    long Observation,
    string Hash,
    decimal Value,
    int Revision,
    string Organisation,
    int Decimals);

/// <summary>How the values of the reporters below become one: a sum, an unweighted mean, or not at all.</summary>
[JsonConverter(typeof(WordConverter<Aggregation>))]
internal enum Aggregation
{
    Sum,
    Average,
    Last,
}

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// Which point of one criterion would flip a unit's grade (敏感度), while everybody else's points and the unit's own other ones
/// stay as they are.
/// </summary>
/// <param name="Criterion">The criterion's code.</param>
/// <param name="Gain">The fewest points more that lift the unit, when the criterion still has them to give.</param>
/// <param name="Loss">The fewest points less that lower it, when it has them to lose; 0 points = the first event under a veto.</param>
internal sealed record Sensitivity(string Criterion, Flip? Gain, Flip? Loss)
{
    /// <summary>One for each criterion of the scheme, for each unit in the order of the results.</summary>
    public static IReadOnlyList<IReadOnlyList<Sensitivity>> Of(Scheme scheme, RoundResults results) =>
        Field.Of<IReadOnlyList<Sensitivity>>(scheme, results, (field, place, unit) =>
            [.. scheme.Criteria.Zip(unit.Criteria, (criterion, result) => Of(field, place, criterion, result))]);

    private static Sensitivity Of(Field field, int place, Criterion criterion, CriterionResult result) => criterion.Rule is VetoRule
        ? new(criterion.Code, null, result.Vetoes ? null : field.Veto(place, criterion))
        : new(
            criterion.Code,
            field.Gain(place, criterion.IsBase, criterion.Most - result.Points),
            // A ratio can go below nothing, but a unit can only lose what it has.
            field.Loss(place, criterion.IsBase, result.Points));
}

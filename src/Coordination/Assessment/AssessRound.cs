namespace Lodestone.Coordination.Assessment;

/// <summary>
/// Turns the inputs of a round into its results: points by rule, totals, grades under quota, ranks. Pure and exact; the order
/// of units, criteria and observations in the inputs does not matter.
/// </summary>
internal static class AssessRound
{
    /// <param name="inputs">Inputs in which <see cref="RoundCheck"/> finds no problem, under a scheme in which <see cref="SchemeCheck"/> finds none.</param>
    /// <exception cref="InvalidOperationException">The freeze would have refused the inputs.</exception>
    public static RoundResults Assess(RoundInputs inputs)
    {
        var scheme = inputs.Scheme;
        var units = inputs.Units.GroupBy(unit => unit.Group, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => Rank(scheme, group.Key, [.. group]))
            .ToList();

        return new RoundResults(
            inputs.Round,
            new SchemeReference(scheme.Code, inputs.SchemeVersion),
            inputs.Period,
            inputs.AsOf.ToUniversalTime(),
            inputs.Calendar,
            units);
    }

    /// <summary>The units of one group, best first; quotas and ranks are counted within it.</summary>
    private static List<UnitResult> Rank(Scheme scheme, string? group, IReadOnlyList<UnitInput> inputs)
    {
        var scored = inputs.Select(unit => (unit.Unit, Criteria: Score(scheme, unit))).ToList();
        var contenders = scored.Select(unit => Contender.Of(scheme, unit.Criteria)).ToList();
        var grades = Grading.Hold(scheme, contenders);

        var order = Enumerable.Range(0, scored.Count)
            .OrderBy(i => contenders[i].Tally, Tally.BestFirst)
            .ThenBy(i => scored[i].Unit, StringComparer.Ordinal)
            .ToList();
        var units = new List<UnitResult>(order.Count);
        for (var place = 0; place < order.Count; place++)
        {
            var i = order[place];
            var tied = place > 0 && contenders[order[place - 1]].Tally == contenders[i].Tally;
            units.Add(new UnitResult(
                scored[i].Unit,
                contenders[i].Tally.Total,
                grades[i],
                tied ? units[place - 1].Rank : place + 1,
                scored[i].Criteria,
                group));
        }

        return units;
    }

    private static List<CriterionResult> Score(Scheme scheme, UnitInput unit)
    {
        var found = unit.Criteria.ToDictionary(input => input.Criterion, StringComparer.Ordinal);
        return [.. scheme.Criteria.Select(criterion => Score(unit.Unit, criterion, found.GetValueOrDefault(criterion.Code)))];
    }

    private static CriterionResult Score(string unit, Criterion criterion, CriterionInput? input)
    {
        if (input is null)
        {
            throw new InvalidOperationException($"{unit} has no entry for {criterion.Code}.");
        }

        if (input.Value() is not { } value)
        {
            return new(criterion.Code, 0m, true);
        }

        var points = criterion.Rule.Points(criterion.Weight, input.Direction, value, input.Target?.Value);
        return new(criterion.Code, points, false, criterion.Rule is VetoRule && VetoRule.Applies(value));
    }
}

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
        var scored = inputs.Units.Select(unit => (unit.Unit, Criteria: Score(scheme, unit))).ToList();
        var tallies = scored.Select(unit => Tally.Of(scheme, unit.Criteria)).ToList();
        var grades = Grading.Hold(scheme, tallies);

        var order = Enumerable.Range(0, scored.Count)
            .OrderBy(i => tallies[i], Tally.BestFirst)
            .ThenBy(i => scored[i].Unit, StringComparer.Ordinal)
            .ToList();
        var units = new List<UnitResult>(order.Count);
        for (var place = 0; place < order.Count; place++)
        {
            var i = order[place];
            var tied = place > 0 && tallies[order[place - 1]] == tallies[i];
            units.Add(new UnitResult(
                scored[i].Unit,
                tallies[i].Total,
                grades[i],
                tied ? units[place - 1].Rank : place + 1,
                scored[i].Criteria));
        }

        return new RoundResults(
            inputs.Round,
            new SchemeReference(scheme.Code, inputs.SchemeVersion),
            inputs.Period,
            inputs.AsOf.ToUniversalTime(),
            inputs.Calendar,
            units);
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

        return input.Value() is { } value
            ? new(criterion.Code, criterion.Rule.Points(criterion.Weight, input.Direction, value, input.Target?.Value), false)
            : new(criterion.Code, 0m, true);
    }
}

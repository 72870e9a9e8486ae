namespace Lodestone.Coordination.Assessment;

/// <summary>Why a round cannot be frozen, and for which unit and criterion.</summary>
internal sealed record RoundProblem(string Code, string? Unit = null, string? Criterion = null);

/// <summary>
/// What the freeze demands, so that <see cref="AssessRound"/> never meets a case without an answer:
/// <c>round.no-units</c>, <c>round.duplicate-unit</c>, <c>round.criterion-missing</c>, <c>round.duplicate-criterion</c>,
/// <c>round.other-indicator</c>, <c>round.decimals</c>, <c>round.several-values</c>, <c>round.judged</c>, and, where there is a value to score, the refusals of
/// <see cref="ScoreRule.Refuses"/>. A missing value is no problem, with or without a target: it scores 0.
/// </summary>
internal static class RoundCheck
{
    private const int MostDecimals = 12;

    public static IReadOnlyList<RoundProblem> Problems(RoundInputs inputs)
    {
        var problems = new List<RoundProblem>();
        if (inputs.Units.Count == 0)
        {
            problems.Add(new("round.no-units"));
        }

        problems.AddRange(inputs.Units.GroupBy(unit => unit.Unit, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => new RoundProblem("round.duplicate-unit", same.Key)));

        foreach (var unit in inputs.Units)
        {
            var found = unit.Criteria.ToLookup(input => input.Criterion, StringComparer.Ordinal);
            foreach (var criterion in inputs.Scheme.Criteria)
            {
                problems.AddRange(Codes(criterion, [.. found[criterion.Code]])
                    .Select(code => new RoundProblem(code, unit.Unit, criterion.Code)));
            }
        }

        return problems;
    }

    private static IEnumerable<string> Codes(Criterion criterion, IReadOnlyList<CriterionInput> found)
    {
        if (found is not [var input])
        {
            yield return found.Count == 0 ? "round.criterion-missing" : "round.duplicate-criterion";
            yield break;
        }

        if (input.Indicator != criterion.Indicator)
        {
            yield return "round.other-indicator";
        }

        if (input.Decimals is < 0 or > MostDecimals)
        {
            yield return "round.decimals";
        }

        if (criterion.Rule is JudgedRule
            ? input.Observations.Count > 0 || input.Judged is { } given && (given.Points < 0 || given.Points > criterion.Weight
                || decimal.Round(given.Points, JudgedInput.Decimals) != given.Points)
            : input.Judged is not null)
        {
            yield return "round.judged";
        }

        if (input is { Aggregation: Aggregation.Last, Observations.Count: > 1 })
        {
            yield return "round.several-values";
        }

        if (input.Observations.Count > 0 && criterion.Rule.Refuses(input.Direction, input.Target?.Value) is { } code)
        {
            yield return code;
        }
    }
}

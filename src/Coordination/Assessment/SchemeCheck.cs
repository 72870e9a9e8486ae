namespace Lodestone.Coordination.Assessment;

/// <summary>Why a scheme is refused, and where: a path such as <c>criteria[2].rule.steps[0].from</c>.</summary>
internal sealed record SchemeProblem(string Code, string Path);

/// <summary>
/// What a scheme must satisfy before a round may use it. Steps and grades may be listed in any order; what is refused is
/// what cannot be ordered: two with the same threshold, or a higher step worth less than a lower one.
/// </summary>
internal static class SchemeCheck
{
    /// <summary>No number of a scheme is larger; it keeps every product of weight, ratio and value inside a decimal.</summary>
    public const decimal Largest = 10_000m;

    public static IReadOnlyList<SchemeProblem> Problems(Scheme scheme)
    {
        var problems = new List<SchemeProblem>();
        Require(!string.IsNullOrWhiteSpace(scheme.Code), "scheme.code", "code");
        Require(scheme.Criteria.Count > 0, "scheme.no-criteria", "criteria");
        Require(scheme.Grades.Count > 0, "scheme.no-grades", "grades");

        for (var i = 0; i < scheme.Criteria.Count; i++)
        {
            var criterion = scheme.Criteria[i];
            var path = $"criteria[{i}]";
            if (criterion is null)
            {
                problems.Add(new("scheme.empty-entry", path));
                continue;
            }

            Require(!string.IsNullOrWhiteSpace(criterion.Code), "scheme.code", $"{path}.code");
            Require(!string.IsNullOrWhiteSpace(criterion.Name), "scheme.name", $"{path}.name");
            Require(
                string.IsNullOrWhiteSpace(criterion.Indicator) == criterion.Rule is JudgedRule,
                criterion.Rule is JudgedRule ? "scheme.judged-indicator" : "scheme.indicator",
                $"{path}.indicator");
            if (criterion.Rule is VetoRule veto)
            {
                Require(criterion.Weight == 0, "scheme.veto-weight", $"{path}.weight");
                Require(veto.Cap is null || scheme.Grades.Any(grade => grade?.Name == veto.Cap), "scheme.veto-cap", $"{path}.rule.cap");
            }
            else
            {
                Require(
                    criterion.Weight is > 0 and <= Largest && decimal.Round(criterion.Weight, 4) == criterion.Weight,
                    "scheme.weight",
                    $"{path}.weight");
            }

            Require(
                !scheme.Criteria.Take(i).Any(other => other is not null && other.Code == criterion.Code),
                "scheme.duplicate-criterion",
                $"{path}.code");
            problems.AddRange(RuleProblems(criterion.Rule, $"{path}.rule"));
        }

        for (var i = 0; i < scheme.Grades.Count; i++)
        {
            var grade = scheme.Grades[i];
            if (grade is null)
            {
                problems.Add(new("scheme.empty-entry", $"grades[{i}]"));
                continue;
            }

            var others = scheme.Grades.Take(i).OfType<Grade>().ToList();
            Require(!string.IsNullOrWhiteSpace(grade.Name), "scheme.name", $"grades[{i}].name");
            Require(!others.Exists(other => other.Name == grade.Name), "scheme.duplicate-grade", $"grades[{i}].name");
            Require(!others.Exists(other => other.From == grade.From), "scheme.duplicate-grade", $"grades[{i}].from");
        }

        var lowest = scheme.Grades.OfType<Grade>().MinBy(grade => grade.From)?.Name;
        for (var i = 0; i < scheme.Quotas.Count; i++)
        {
            var quota = scheme.Quotas[i];
            if (quota is null)
            {
                problems.Add(new("scheme.empty-entry", $"quotas[{i}]"));
                continue;
            }

            Require(scheme.Grades.Any(grade => grade?.Name == quota.Grade), "scheme.quota-grade", $"quotas[{i}].grade");
            // Who loses a seat needs a grade to fall to.
            Require(lowest is null || quota.Grade != lowest, "scheme.quota-lowest", $"quotas[{i}].grade");
            Require(
                !scheme.Quotas.Take(i).Any(other => other?.Grade == quota.Grade),
                "scheme.duplicate-quota",
                $"quotas[{i}].grade");
            Require(quota.Share is >= 0 and <= 1, "scheme.share", $"quotas[{i}].share");
        }

        return problems;

        void Require(bool holds, string code, string path)
        {
            if (!holds)
            {
                problems.Add(new(code, path));
            }
        }
    }

    private static IEnumerable<SchemeProblem> RuleProblems(ScoreRule? rule, string path)
    {
        switch (rule)
        {
            case null:
                yield return new("scheme.rule", path);
                break;
            case RatioRule { Cap: <= 0 or > Largest }:
                yield return new("scheme.cap", $"{path}.cap");
                break;
            case DeductRule { Each: <= 0 or > Largest } or BonusRule { Each: <= 0 or > Largest }:
                yield return new("scheme.each", $"{path}.each");
                break;
            case StepsRule { Steps: [] }:
                yield return new("scheme.no-steps", $"{path}.steps");
                break;
            case StepsRule steps:
                foreach (var problem in StepProblems(steps.Steps, $"{path}.steps"))
                {
                    yield return problem;
                }

                break;
        }
    }

    private static IEnumerable<SchemeProblem> StepProblems(IReadOnlyList<Step> steps, string path)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (step.Share is < 0 or > Largest)
            {
                yield return new("scheme.share", $"{path}[{i}].share");
            }

            if (steps.Take(i).Any(other => other.From == step.From))
            {
                yield return new("scheme.step-order", $"{path}[{i}].from");
            }
            else if (steps.Any(other => other.From < step.From && other.Share > step.Share))
            {
                yield return new("scheme.step-order", $"{path}[{i}].share");
            }
        }
    }
}

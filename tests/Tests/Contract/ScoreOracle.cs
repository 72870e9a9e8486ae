using System.Numerics;
using System.Text.Json;

namespace Lodestone.Tests.Contract;

/// <summary>
/// A second reading of the contract's scoring text, slow and plain on purpose. It shares no code with the product: schemes
/// come in as the JSON that the contract shows, and every number is a whole number of trillionths.
/// </summary>
public static class ScoreOracle
{
    private static readonly BigInteger _one = BigInteger.Pow(10, 12);

    /// <summary>What one unit has for one criterion: <c>up</c> or <c>down</c>, the approved value and the target, if any.</summary>
    public sealed record Cell(string Criterion, string Direction, decimal? Value, decimal? Target);

    public sealed record Unit(string Code, IReadOnlyList<Cell> Cells);

    public sealed record Points(string Criterion, decimal Value, bool Missing);

    public sealed record Outcome(string Unit, decimal Total, string? Grade, int Rank, IReadOnlyList<Points> Criteria);

    /// <summary>The outcomes in the order of <paramref name="units"/>.</summary>
    /// <param name="scheme">The body of POST /api/schemes.</param>
    /// <param name="units">The assessed units.</param>
    public static IReadOnlyList<Outcome> Assess(string scheme, IReadOnlyList<Unit> units)
    {
        using var document = JsonDocument.Parse(scheme);
        var criteria = document.RootElement.GetProperty("criteria").EnumerateArray().ToList();
        var scored = new List<(decimal Total, decimal Undeducted, List<Points> Criteria)>();
        foreach (var unit in units)
        {
            var points = new List<Points>();
            var total = 0m;
            var undeducted = 0m;
            foreach (var criterion in criteria)
            {
                var code = criterion.GetProperty("code").GetString()!;
                var cell = unit.Cells.Single(cell => cell.Criterion == code);
                var rule = criterion.GetProperty("rule");
                var value = cell.Value is null ? 0m : PointsOf(rule, criterion.GetProperty("weight").GetDecimal(), cell);
                points.Add(new Points(code, value, cell.Value is null));
                total += value;
                undeducted += rule.GetProperty("kind").GetString() == "deduct" ? 0m : value;
            }

            scored.Add((total, undeducted, points));
        }

        var grades = GradesOf(document.RootElement, [.. scored.Select(unit => (unit.Total, unit.Undeducted))]);
        return
        [
            .. units.Select((unit, i) => new Outcome(
                unit.Code,
                scored[i].Total,
                grades[i],
                1 + scored.Count(other => other.Total > scored[i].Total
                    || (other.Total == scored[i].Total && other.Undeducted > scored[i].Undeducted)),
                scored[i].Criteria)),
        ];
    }

    /// <summary>The computed total of the reporters' approved values, as GET /api/observations gives it; null without any.</summary>
    public static decimal? TotalOf(string aggregation, int decimals, IReadOnlyCollection<decimal> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var sum = values.Aggregate(BigInteger.Zero, (sofar, value) => sofar + Whole(value));
        return aggregation switch
        {
            "sum" => Number(sum, 12),
            "average" => Number(Rounded(sum * BigInteger.Pow(10, decimals), values.Count * _one), decimals),
            _ => values.Single(),
        };
    }

    private static decimal PointsOf(JsonElement rule, decimal weight, Cell cell)
    {
        var value = Whole(cell.Value!.Value);
        if (rule.GetProperty("kind").GetString() == "deduct")
        {
            var left = Whole(weight) * _one - Whole(rule.GetProperty("each").GetDecimal()) * value;
            return left.Sign < 0 ? 0m : Number(Rounded(left * 100, _one * _one), 2);
        }

        var target = Whole(cell.Target!.Value);
        var (above, below) = cell.Direction == "up" ? (value, target) : (target, value);
        var beyondMeasure = false;
        if (value.IsZero && target.IsZero)
        {
            (above, below) = (1, 1);
        }
        else if (cell.Direction == "down" && value.Sign <= 0)
        {
            beyondMeasure = true;
            (above, below) = (0, 1);
        }

        if (rule.GetProperty("kind").GetString() == "ratio")
        {
            var cap = Whole(rule.GetProperty("cap").GetDecimal());
            if (beyondMeasure || above * _one > cap * below)
            {
                (above, below) = (cap, _one);
            }

            return Number(Rounded(Whole(weight) * above * 100, _one * below), 2);
        }

        var share = BigInteger.Zero;
        foreach (var step in rule.GetProperty("steps").EnumerateArray().OrderBy(step => step.GetProperty("from").GetDecimal()))
        {
            if (beyondMeasure || above * _one >= Whole(step.GetProperty("from").GetDecimal()) * below)
            {
                share = Whole(step.GetProperty("share").GetDecimal());
            }
        }

        return Number(Rounded(Whole(weight) * share * 100, _one * _one), 2);
    }

    private static string?[] GradesOf(JsonElement scheme, IReadOnlyList<(decimal Total, decimal Undeducted)> units)
    {
        var grades = scheme.GetProperty("grades").EnumerateArray()
            .Select(grade => (Name: grade.GetProperty("name").GetString()!, From: grade.GetProperty("from").GetDecimal()))
            .OrderByDescending(grade => grade.From)
            .ToList();
        var level = units.Select(unit => grades.FindIndex(grade => grade.From <= unit.Total)).ToArray();
        for (var g = 0; g < grades.Count; g++)
        {
            foreach (var quota in scheme.GetProperty("quotas").EnumerateArray()
                .Where(quota => quota.GetProperty("grade").GetString() == grades[g].Name))
            {
                var left = (int)(Whole(quota.GetProperty("share").GetDecimal()) * units.Count / _one);
                var full = false;
                var groups = Enumerable.Range(0, units.Count).Where(i => level[i] == g)
                    .GroupBy(i => units[i])
                    .OrderByDescending(group => group.Key.Total)
                    .ThenByDescending(group => group.Key.Undeducted);
                foreach (var group in groups.Select(group => group.ToList()).ToList())
                {
                    full |= group.Count > left;
                    left -= full ? 0 : group.Count;
                    foreach (var i in group.Where(_ => full))
                    {
                        level[i]++;
                    }
                }
            }
        }

        return [.. level.Select(g => g < 0 ? null : grades[g].Name)];
    }

    private static BigInteger Whole(decimal value)
    {
        var whole = decimal.Truncate(value);
        return (BigInteger)whole * _one + (BigInteger)((value - whole) * 1_000_000_000_000m);
    }

    private static BigInteger Rounded(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        return 2 * BigInteger.Abs(rest) >= denominator ? quotient + numerator.Sign : quotient;
    }

    private static decimal Number(BigInteger whole, int decimals)
    {
        var number = (decimal)whole;
        for (var i = 0; i < decimals; i++)
        {
            number /= 10;
        }

        return number;
    }
}

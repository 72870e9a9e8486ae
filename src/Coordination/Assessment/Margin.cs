namespace Lodestone.Coordination.Assessment;

/// <summary>
/// How far a unit is from its grades' lines (离等次线), in points.
/// </summary>
/// <param name="Unit">The organisation's code.</param>
/// <param name="Grade">The grade it holds; null below the lowest line.</param>
/// <param name="Above">
/// Total less the line of the held grade; null without a grade. It says nothing about being overtaken under a quota.
/// </param>
/// <param name="HeldBack">The total reaches a higher grade, whose quota had no seat left.</param>
/// <param name="NextGrade">The grade it would gain with <paramref name="Short"/> more points; null when no number of points gains one.</param>
/// <param name="Short">
/// The fewest further points, in steps of 0.01, with which the unit would hold a higher grade, quotas included, provided that
/// nobody else's points change and that the points are won on criteria that are not deductions. Null for the highest grade,
/// and where the quotas above leave no seat for anyone.
/// </param>
internal sealed record Margin(string Unit, string? Grade, decimal? Above, bool HeldBack, string? NextGrade, decimal? Short)
{
    /// <summary>The margin of every unit, in the order of the results.</summary>
    public static IReadOnlyList<Margin> Of(Scheme scheme, RoundResults results)
    {
        var tallies = results.Units.Select(unit => Tally.Of(scheme, unit.Criteria)).ToList();
        return [.. results.Units.Select((unit, i) => Of(scheme, unit, i, tallies))];
    }

    private static Margin Of(Scheme scheme, UnitResult unit, int place, List<Tally> tallies)
    {
        var own = scheme.Grades.FirstOrDefault(grade => grade.Name == unit.Grade);
        var (next, points) = Gain(scheme, own, place, tallies);
        return new Margin(
            unit.Unit,
            unit.Grade,
            own is null ? null : unit.Total - own.From,
            Grading.Natural(scheme, unit.Total) != unit.Grade,
            next,
            points);
    }

    private static (string? Grade, decimal? Points) Gain(Scheme scheme, Grade? own, int place, List<Tally> tallies)
    {
        var higher = scheme.Grades.Where(grade => own is null || grade.From > own.From).ToDictionary(grade => grade.Name);
        if (higher.Count == 0)
        {
            return (null, null);
        }

        // No quota lifts a unit above the grade its total reaches, so nothing below the nearest line can help.
        var nearest = higher.Values.Min(grade => grade.From);

        // A grade changes hands only where a total crosses a line, draws level with another unit, or passes it.
        var now = tallies[place];
        var totals = higher.Values.Select(grade => Math.Ceiling(grade.From * 100) / 100)
            .Concat(tallies.SelectMany(other => new[] { other.Total, other.Total + 0.01m }))
            .Where(total => total > now.Total && total >= nearest)
            .Distinct()
            .Order();
        var tried = new List<Tally>(tallies);
        foreach (var total in totals)
        {
            var points = total - now.Total;
            tried[place] = new Tally(total, now.Undeducted + points);
            if (Grading.Hold(scheme, tried)[place] is { } grade && higher.ContainsKey(grade))
            {
                return (grade, points);
            }
        }

        return (null, null);
    }
}

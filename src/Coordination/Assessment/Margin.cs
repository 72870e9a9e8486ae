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
/// nobody else's points change and that the points are won on criteria of the base score. Null for the highest grade, and where
/// the quotas above leave no seat for anyone or a veto forbids them.
/// </param>
/// <param name="Vetoed">A veto keeps the unit below the grade that its total reaches.</param>
internal sealed record Margin(
    string Unit, string? Grade, decimal? Above, bool HeldBack, string? NextGrade, decimal? Short, bool Vetoed = false)
{
    /// <summary>The margin of every unit, in the order of the results.</summary>
    public static IReadOnlyList<Margin> Of(Scheme scheme, RoundResults results) =>
        Field.Of(scheme, results, (field, place, unit) => Of(field, place, unit));

    private static Margin Of(Field field, int place, UnitResult unit)
    {
        var contender = field.Contenders[place];
        var reached = Grading.Natural(field.Scheme, contender);
        var flip = field.Gain(place, onBase: true, most: null);
        return new Margin(
            unit.Unit,
            unit.Grade,
            field.Scheme.Grades.FirstOrDefault(grade => grade.Name == unit.Grade) is { } own ? unit.Total - own.From : null,
            reached != unit.Grade,
            flip?.Grade,
            flip?.Points,
            Grading.Natural(field.Scheme, new Contender(contender.Tally)) != reached);
    }
}

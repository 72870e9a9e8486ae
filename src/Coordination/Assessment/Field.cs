namespace Lodestone.Coordination.Assessment;

/// <summary>The points at which a unit's grade becomes another one; null below the lowest line.</summary>
internal sealed record Flip(decimal Points, string? Grade);

/// <summary>The units of one group as they stand against each other, to try out other points of one of them.</summary>
internal sealed class Field
{
    /// <summary>Points have two decimals.</summary>
    private const decimal Step = 0.01m;

    private readonly List<UnitResult> _units;

    private Field(Scheme scheme, IEnumerable<UnitResult> units)
    {
        Scheme = scheme;
        _units = [.. units];
        Contenders = _units.ConvertAll(unit => Contender.Of(scheme, unit.Criteria));
    }

    public Scheme Scheme { get; }

    public IReadOnlyList<Contender> Contenders { get; }

    /// <summary>Asks something of every unit within its group, in the order of the results.</summary>
    public static IReadOnlyList<T> Of<T>(Scheme scheme, RoundResults results, Func<Field, int, UnitResult, T> ask)
    {
        var answers = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var group in results.Units.GroupBy(unit => unit.Group, StringComparer.Ordinal))
        {
            var field = new Field(scheme, group);
            for (var place = 0; place < field._units.Count; place++)
            {
                answers[field._units[place].Unit] = ask(field, place, field._units[place]);
            }
        }

        return [.. results.Units.Select(unit => answers[unit.Unit])];
    }

    /// <summary>The fewest further points with which the unit would hold a higher grade while nobody else's points change.</summary>
    /// <param name="onBase">Whether they are won on a criterion of the base score.</param>
    /// <param name="most">No more can be won; null for no limit.</param>
    public Flip? Gain(int place, bool onBase, decimal? most)
    {
        var own = LineOf(_units[place].Grade);
        var higher = Scheme.Grades.Where(grade => own is null || grade.From > own).ToDictionary(grade => grade.Name);
        if (higher.Count == 0)
        {
            return null;
        }

        // A grade changes hands only where a total crosses a line, draws level with another unit, or passes it.
        // No quota lifts a unit above the grade its total reaches, so nothing below the nearest line can help.
        var nearest = higher.Values.Min(grade => grade.From);
        var now = Contenders[place].Tally.Total;
        return Try(
            place,
            onBase,
            higher.Values.Select(grade => Math.Ceiling(grade.From * 100) / 100)
                .Concat(Contenders.SelectMany(other => new[] { other.Tally.Total, other.Tally.Total + Step }))
                .Where(total => total > now && total >= nearest && !(total - now > most))
                .Distinct().Order(),
            grade => grade is not null && higher.ContainsKey(grade));
    }

    /// <summary>The fewest points, given as a positive number, whose loss would cost the unit its grade.</summary>
    /// <param name="onBase">Whether they are lost on a criterion of the base score.</param>
    /// <param name="most">No more can be lost.</param>
    public Flip? Loss(int place, bool onBase, decimal most)
    {
        if (LineOf(_units[place].Grade) is not { } own)
        {
            return null;
        }

        var now = Contenders[place].Tally.Total;
        return Try(
            place,
            onBase,
            Contenders.SelectMany(other => new[] { other.Tally.Total, other.Tally.Total - Step })
                .Append(Math.Ceiling(own * 100) / 100 - Step)
                .Where(total => total < now && now - total <= most)
                .Distinct().OrderDescending(),
            grade => !(LineOf(grade) >= own)) is { } flip ? flip with { Points = -flip.Points } : null;
    }

    /// <summary>The grade that the first event under a veto would leave; null when it is the one held already.</summary>
    public Flip? Veto(int place, Criterion criterion)
    {
        var unit = _units[place];
        var tried = new List<Contender>(Contenders)
        {
            [place] = Contender.Of(Scheme, [.. unit.Criteria.Select(row => row.Criterion == criterion.Code ? row with { Vetoes = true } : row)]),
        };
        var grade = Grading.Hold(Scheme, tried)[place];
        return grade == unit.Grade ? null : new Flip(0, grade);
    }

    private Flip? Try(int place, bool onBase, IEnumerable<decimal> totals, Func<string?, bool> wanted)
    {
        var now = Contenders[place];
        var tried = new List<Contender>(Contenders);
        foreach (var total in totals)
        {
            var points = total - now.Tally.Total;
            tried[place] = now with { Tally = now.Tally.Plus(points, onBase) };
            var grade = Grading.Hold(Scheme, tried)[place];
            if (wanted(grade))
            {
                return new Flip(points, grade);
            }
        }

        return null;
    }

    private decimal? LineOf(string? grade) => Scheme.Grades.FirstOrDefault(row => row.Name == grade)?.From;
}

namespace Lodestone.Coordination.Assessment;

/// <summary>A unit whose total or grade differs between two results of the same round.</summary>
internal sealed record Moved(string Unit, Outcome Before, Outcome After)
{
    /// <summary>The units that moved, in the order of <paramref name="after"/>. A unit that stands in one of the two only is not compared.</summary>
    public static IReadOnlyList<Moved> Between(RoundResults before, RoundResults after)
    {
        var was = before.Units.ToDictionary(unit => unit.Unit, Outcome.Of, StringComparer.Ordinal);
        return
        [
            .. after.Units
                .Where(unit => was.TryGetValue(unit.Unit, out var outcome) && outcome != Outcome.Of(unit))
                .Select(unit => new Moved(unit.Unit, was[unit.Unit], Outcome.Of(unit))),
        ];
    }
}

/// <summary>A total in points and the grade held with it.</summary>
internal sealed record Outcome(decimal Total, string? Grade)
{
    public static Outcome Of(UnitResult unit) => new(unit.Total, unit.Grade);
}

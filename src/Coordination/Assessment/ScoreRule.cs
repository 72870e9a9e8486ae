using System.Text.Json.Serialization;

namespace Lodestone.Coordination.Assessment;

/// <summary>Whether more or less of an indicator is better.</summary>
[JsonConverter(typeof(WordConverter<Direction>))]
internal enum Direction
{
    Up,
    Down,
}

/// <summary>
/// How the approved value of one criterion becomes points. Rules are pure and exact: a ratio is never rounded on the way,
/// only the points are, half up to two decimals. A missing value has no rule: it scores 0 and is shown as missing.
/// </summary>
[JsonConverter(typeof(ScoreRuleConverter))]
internal abstract record ScoreRule
{
    /// <summary>The code by which the freeze of a round refuses this target, or null when the rule can score against it.</summary>
    /// <returns>
    /// <c>round.target-missing</c>; <c>round.target-zero</c> (up: nothing can be divided by it); <c>round.target-negative</c>
    /// (a ratio to a negative target ranks the units backwards); or null.
    /// </returns>
    public abstract string? Refuses(Direction direction, decimal? target);

    /// <summary>The points of <paramref name="value"/>, in points of the scheme, rounded half up to two decimals.</summary>
    /// <exception cref="InvalidOperationException">The target is one that <see cref="Refuses"/> names.</exception>
    public decimal Points(decimal weight, Direction direction, decimal value, decimal? target) =>
        Exact(weight, direction, value, target).RoundHalfUp(2);

    protected abstract Rational Exact(decimal weight, Direction direction, decimal value, decimal? target);
}

/// <summary>A rule that looks at how far the value reached its target.</summary>
internal abstract record AttainmentRule : ScoreRule
{
    public override string? Refuses(Direction direction, decimal? target) => target switch
    {
        null => "round.target-missing",
        < 0 => "round.target-negative",
        0 when direction == Direction.Up => "round.target-zero",
        _ => null,
    };

    /// <summary>
    /// Up: value / target, and a negative value gives a negative attainment. Down: target / value. Nothing wanted and nothing
    /// there (0 against 0) is exactly 1. Down with a value of 0 or below is better than any ratio can say: null, which counts
    /// as the cap or the highest step.
    /// </summary>
    protected Rational? Attainment(Direction direction, decimal value, decimal? target)
    {
        if (Refuses(direction, target) is { } code && (value, target) is not (0, 0))
        {
            throw new InvalidOperationException($"A round with this target cannot be frozen: {code}.");
        }

        return (direction, value, target!.Value) switch
        {
            (_, 0, 0) => (Rational)1m,
            (Direction.Up, _, var wanted) => (Rational)value / wanted,
            (Direction.Down, > 0, var wanted) => (Rational)wanted / value,
            (Direction.Down, _, _) => null,
            _ => throw new ArgumentOutOfRangeException(nameof(direction)),
        };
    }
}

/// <summary>Weight x attainment, where the attainment counts up to <paramref name="Cap"/> (1.2 = at most 120 %).</summary>
internal sealed record RatioRule(decimal Cap) : AttainmentRule
{
    protected override Rational Exact(decimal weight, Direction direction, decimal value, decimal? target) =>
        weight * (Attainment(direction, value, target) is { } attained ? Rational.Min(attained, Cap) : Cap);
}

/// <summary>Weight x the share of the highest step whose <see cref="Step.From"/> the attainment reaches; 0 below the first.</summary>
internal sealed record StepsRule(IReadOnlyList<Step> Steps) : AttainmentRule
{
    protected override Rational Exact(decimal weight, Direction direction, decimal value, decimal? target)
    {
        var attained = Attainment(direction, value, target);
        Step? reached = null;
        foreach (var step in Steps)
        {
            if ((attained is null || attained.Value.CompareTo(step.From) >= 0) && (reached is null || step.From > reached.From))
            {
                reached = step;
            }
        }

        return (Rational)weight * (reached?.Share ?? 0m);
    }
}

/// <summary>One step: from this attainment on, this share of the weight.</summary>
internal sealed record Step(decimal From, decimal Share);

/// <summary>Each x value on top of the full score, from 0 to the weight. It counts events, so it has neither target nor direction.</summary>
internal sealed record BonusRule(decimal Each) : ScoreRule
{
    public override string? Refuses(Direction direction, decimal? target) => null;

    protected override Rational Exact(decimal weight, Direction direction, decimal value, decimal? target) =>
        Rational.Max(0m, Rational.Min(weight, (Rational)Each * value));
}

/// <summary>
/// One event caps the unit's grade at <paramref name="Cap"/>, or at the lowest grade when none is named (一票否决). It gives no
/// points, and the unit takes no seat from one without a veto.
/// </summary>
internal sealed record VetoRule(string? Cap) : ScoreRule
{
    public override string? Refuses(Direction direction, decimal? target) => null;

    public static bool Applies(decimal value) => value > 0;

    protected override Rational Exact(decimal weight, Direction direction, decimal value, decimal? target) => 0m;
}

/// <summary>
/// Points from 0 to the weight that a judge gives with a reason (定性评价). It rests on no indicator: the value is the judgement.
/// </summary>
internal sealed record JudgedRule : ScoreRule
{
    public override string? Refuses(Direction direction, decimal? target) => null;

    protected override Rational Exact(decimal weight, Direction direction, decimal value, decimal? target) => value;
}

/// <summary>Weight - each x value, not below 0. It counts events, so it has neither target nor direction.</summary>
internal sealed record DeductRule(decimal Each) : ScoreRule
{
    public override string? Refuses(Direction direction, decimal? target) => null;

    protected override Rational Exact(decimal weight, Direction direction, decimal value, decimal? target) =>
        Rational.Max(0m, weight - (Rational)Each * value);
}

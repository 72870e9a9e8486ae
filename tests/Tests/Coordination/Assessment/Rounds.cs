using FsCheck;
using FsCheck.Fluent;
using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>Rounds to test with: small ones written by hand, and random ones in which ties and full quotas are common.</summary>
internal static class Rounds
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true);

    public static readonly DateTimeOffset AsOf = new(2026, 4, 20, 16, 30, 0, TimeSpan.FromHours(8));

    /// <summary>A round whose only criterion gives each unit its value as points, up to 100.</summary>
    public static RoundInputs OfTotals(IReadOnlyList<Grade> grades, IReadOnlyList<GradeQuota> quotas, params decimal[] totals) =>
        Of(
            new Scheme("S", [Ratio("C", 100)], grades, quotas),
            [.. totals.Select((total, i) => Unit($"U{i + 1:00}", Cell("C", total, 100)))]);

    public static RoundInputs Of(Scheme scheme, params UnitInput[] units) =>
        new(7, 2, scheme, "2026Q1", AsOf, "2026-1", units);

    public static Criterion Ratio(string code, decimal weight, decimal cap = 1) =>
        new(code, $"指标{code}", Measure.Funds, weight, $"I-{code}", new RatioRule(cap));

    public static Criterion Deduct(string code, decimal weight, decimal each) =>
        new(code, $"扣分{code}", Measure.Services, weight, $"I-{code}", new DeductRule(each));

    public static UnitInput Unit(string code, params CriterionInput[] cells) => new(code, $"单位{code}", cells);

    public static CriterionInput Cell(string criterion, decimal? value, decimal? target, Direction direction = Direction.Up) => new(
        criterion,
        $"I-{criterion}",
        direction,
        2,
        Aggregation.Last,
        target is { } wanted ? new TargetInput(wanted, 1) : null,
        value is { } own ? [Observation(1, own)] : []);

    public static ObservationInput Observation(long id, decimal value) => new(id, $"{id:x8}", value, 1, $"R{id}", 2);

    /// <summary>Every kind of rule, direction and total, or few whole points, so that totals tie and only deductions tell units apart.</summary>
    public static Gen<RoundInputs> Any { get; } = Gen.OneOf(Wide(), Close());

    private static Gen<RoundInputs> Close() =>
        from count in Gen.Choose(2, 12)
        from won in Several(count, Gen.Choose(0, 10))
        from events in Several(count, Gen.Choose(0, 10))
        from excellent in Gen.Choose(0, 10)
        from good in Gen.Choose(0, 10)
        let scheme = new Scheme(
            "S",
            [Ratio("W", 10), Deduct("D", 10, 1)],
            [new Grade("优秀", 13), new Grade("良好", 9), new Grade("合格", 5), new Grade("不合格", 0)],
            [new GradeQuota("优秀", excellent / 10m), new GradeQuota("良好", good / 10m)])
        select Numbered(Of(
            scheme,
            [.. won.Select((points, i) => Unit($"U{i:00}", Cell("W", points, 10), Cell("D", events[i], null, Direction.Down)))]));

    private static Gen<RoundInputs> Wide() =>
        from scheme in Schemes()
        from directions in Several(scheme.Criteria.Count, Gen.Elements(Direction.Up, Direction.Down))
        from aggregations in Several(scheme.Criteria.Count, Gen.Elements(Aggregation.Sum, Aggregation.Average, Aggregation.Last))
        from decimals in Several(scheme.Criteria.Count, Gen.Choose(0, 3))
        from count in Gen.Choose(1, 12)
        from units in Several(count, UnitCells(scheme, directions, aggregations, decimals))
        select Numbered(Of(scheme, [.. units.Select((cells, i) => new UnitInput($"U{i:00}", $"单位{i}", cells))]));

    /// <summary>Rounds in which every rule is a ratio or steps, every indicator counts up.</summary>
    public static Gen<RoundInputs> Rising { get; } = Any.Select(round => round with
    {
        Scheme = round.Scheme with
        {
            Criteria = [.. round.Scheme.Criteria.Select(criterion =>
                criterion.Rule is DeductRule ? criterion with { Rule = new RatioRule(1.2m) } : criterion)],
        },
        Units = [.. round.Units.Select(unit => unit with
        {
            Criteria = [.. unit.Criteria.Select(cell => cell with
            {
                Direction = Direction.Up,
                Target = cell.Target is { Value: > 0 } ? cell.Target : new TargetInput(3, 1),
            })],
        })],
    });

    /// <summary>As <see cref="Any"/>, with a bonus, a veto, judged points and two groups, each of them present or not.</summary>
    public static Gen<RoundInputs> Full { get; } =
        from round in Any
        from kinds in Several(3, Gen.Choose(0, 2))
        from cap in Gen.Elements<string?>(null, "合格", "良好")
        from figures in Several(round.Units.Count, Several(3, Gen.Choose(-1, 8)))
        from groups in Several(round.Units.Count, Gen.Choose(0, 1))
        from grouped in Gen.Choose(0, 1)
        let more = ((Criterion[])
        [
            new("bonus", "加分", Measure.Funds, 3, "I-bonus", new BonusRule(1.5m)),
            new("veto", "否决", Measure.Organisation, 0, "I-veto", new VetoRule(cap)),
            new("judged", "评议", Measure.Organisation, 8, "", new JudgedRule()),
        ]).Index().Where(one => kinds[one.Index] > 0).ToList()
        select Numbered(round with
        {
            Scheme = round.Scheme with { Criteria = [.. round.Scheme.Criteria, .. more.Select(one => one.Item)] },
            Units =
            [
                .. round.Units.Select((unit, i) => unit with
                {
                    Group = grouped == 1 ? $"G{groups[i]}" : null,
                    Criteria = [.. unit.Criteria, .. more.Select(one => More(one.Item, figures[i][one.Index]))],
                }),
            ],
        });

    /// <summary>A negative figure is a missing one, a large one no event.</summary>
    private static CriterionInput More(Criterion criterion, int figure) => criterion.Rule is JudgedRule
        ? CriterionInput.OfJudgement(criterion.Code, figure < 0 ? null : new JudgedInput(1, figure))
        : Cell(criterion.Code, figure < 0 ? null : figure > 4 ? 0 : figure, null);

    public static IReadOnlyList<UnitResult> Assessed(this RoundInputs round) => AssessRound.Assess(round).Units;

    public static void Hold(Gen<RoundInputs> rounds, Action<RoundInputs> property) =>
        Prop.ForAll(rounds.ToArbitrary(), property).Check(_config);

    private static Gen<List<T>> Several<T>(int count, Gen<T> one) => one.ArrayOf(count).Select(items => items.ToList());

    private static Gen<Scheme> Schemes() =>
        from count in Gen.Choose(1, 5)
        from rules in Several(count, Rules())
        from weights in Several(count, Gen.OneOf(Gen.Choose(1, 40).Select(whole => whole * 10_000), Gen.Choose(1, 400_000)))
        from excellent in Gen.Choose(0, 10)
        from good in Gen.Choose(0, 10)
        let points = weights.Sum() / 10_000m
        select new Scheme(
            "S",
            [.. rules.Select((rule, i) => new Criterion($"C{i}", $"指标{i}", (Measure)(i % 4), weights[i] / 10_000m, $"I{i}", rule))],
            [
                new Grade("优秀", points * 0.7m),
                new Grade("良好", points * 0.5m),
                new Grade("合格", points * 0.2m),
                new Grade("不合格", -1_000_000),
            ],
            [new GradeQuota("优秀", excellent / 10m), new GradeQuota("良好", good / 10m)]);

    private static Gen<ScoreRule> Rules() => Gen.OneOf(
        Gen.Choose(5, 15).Select(cap => (ScoreRule)new RatioRule(cap / 10m)),
        Gen.Choose(1, 50).Select(each => (ScoreRule)new DeductRule(each / 10m)),
        Gen.Constant((ScoreRule)new StepsRule([new Step(1, 1), new Step(0.6m, 0.35m), new Step(0.8m, 0.675m)])));

    private static Gen<IReadOnlyList<CriterionInput>> UnitCells(
        Scheme scheme,
        List<Direction> directions,
        List<Aggregation> aggregations,
        List<int> decimals) =>
        from numbers in Several(scheme.Criteria.Count, Several(4, Gen.Choose(-2, 30)))
        select (IReadOnlyList<CriterionInput>)
        [
            .. scheme.Criteria.Select((criterion, i) =>
            {
                var unit = new decimal(1, 0, 0, false, (byte)decimals[i]);
                // A small target makes 0, exact reach and overshoot common; up cannot be scored against 0.
                var target = directions[i] == Direction.Up ? Math.Abs(numbers[i][3]) + 1 : Math.Abs(numbers[i][3]);
                var count = Math.Abs(numbers[i][3]) % (aggregations[i] == Aggregation.Last ? 2 : 4);
                return new CriterionInput(
                    criterion.Code,
                    criterion.Indicator,
                    directions[i],
                    decimals[i],
                    aggregations[i],
                    criterion.Rule is DeductRule ? null : new TargetInput(target * unit, 1),
                    [.. numbers[i].Take(count).Select(number => Observation(0, number * unit))]);
            }),
        ];

    private static RoundInputs Numbered(RoundInputs round)
    {
        var id = 0;
        return round with
        {
            Units = [.. round.Units.Select(unit => unit with
            {
                Criteria = [.. unit.Criteria.Select(cell => cell with
                {
                    Observations = [.. cell.Observations.Select(input => Observation(++id, input.Value))],
                })],
            })],
        };
    }
}

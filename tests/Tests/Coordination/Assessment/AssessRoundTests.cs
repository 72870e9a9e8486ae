using System.Diagnostics;
using System.Text;
using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

public sealed class AssessRoundTests
{
    private static readonly Grade[] _grades = [new("优秀", 18), new("合格", 0)];

    [Fact]
    public void AMissingValue_ScoresZeroAndIsShown()
    {
        var scheme = new Scheme("S", [Rounds.Ratio("A", 10), Rounds.Deduct("B", 10, 1)], _grades, []);
        var unit = Rounds.Of(scheme, Rounds.Unit("U", Rounds.Cell("A", 5, 5), Rounds.Cell("B", null, null))).Assessed().Single();

        Assert.Equal([new CriterionResult("A", 10, false), new CriterionResult("B", 0, true)], unit.Criteria);
        Assert.Equal(10, unit.Total);
    }

    [Fact]
    public void ATotal_IsTheSumOfRoundedPoints()
    {
        // Three times 1/3 of 10 is 3.33 each: 9.99, not 10.
        var scheme = new Scheme("S", [Rounds.Ratio("A", 10), Rounds.Ratio("B", 10), Rounds.Ratio("C", 10)], _grades, []);
        var unit = Rounds.Of(scheme, Rounds.Unit("U", Rounds.Cell("C", 1, 3), Rounds.Cell("B", 1, 3), Rounds.Cell("A", 1, 3)));

        Assert.Equal(9.99m, unit.Assessed().Single().Total);
    }

    [Theory]
    [InlineData("Sum", 22)]
    [InlineData("Average", 7)]
    public void AComputedTotal_CountsEveryReporter(string aggregation, int value)
    {
        var cell = Rounds.Cell("A", null, 100) with
        {
            Aggregation = Enum.Parse<Aggregation>(aggregation),
            Decimals = 0,
            Observations = [Rounds.Observation(1, 5), Rounds.Observation(2, 10), Rounds.Observation(3, 7)],
        };

        Assert.Equal(value, cell.Value());
        Assert.Equal(value, Rounds.Of(OneCriterion(100), Rounds.Unit("U", cell)).Assessed().Single().Total);
    }

    [Fact]
    public void AnAverage_IsRoundedHalfUpToTheIndicatorsDecimals()
    {
        var cell = Rounds.Cell("A", null, 100) with
        {
            Aggregation = Aggregation.Average,
            Decimals = 1,
            Observations = [Rounds.Observation(1, 0.1m), Rounds.Observation(2, 0.2m)],
        };
        var below = cell with { Observations = [Rounds.Observation(1, -0.1m), Rounds.Observation(2, -0.2m)] };

        Assert.Equal((0.2m, -0.2m), (cell.Value(), below.Value()));
    }

    [Fact]
    public void SeveralValuesOfAnIndicatorWithoutTotal_AreRefused()
    {
        var cell = Rounds.Cell("A", 5, 100);
        var round = Rounds.Of(OneCriterion(10), Rounds.Unit("U", cell with { Observations = [.. cell.Observations, Rounds.Observation(9, 1)] }));

        Assert.Equal([new RoundProblem("round.several-values", "U", "A")], RoundCheck.Problems(round));
        Assert.Throws<InvalidOperationException>(() => AssessRound.Assess(round));
    }

    [Fact]
    public void TheFreeze_NamesEachUnitThatCannotBeScored()
    {
        var scheme = new Scheme("S", [Rounds.Ratio("A", 10), Rounds.Deduct("B", 10, 1)], _grades, []);
        var deduct = Rounds.Cell("B", 0, null);
        var round = Rounds.Of(
            scheme,
            Rounds.Unit("U1", Rounds.Cell("A", 5, null), deduct),
            Rounds.Unit("U2", Rounds.Cell("A", 5, 0), deduct),
            Rounds.Unit("U3", Rounds.Cell("A", 5, -1, Direction.Down), deduct),
            Rounds.Unit("U4", deduct),
            Rounds.Unit("U5", Rounds.Cell("A", null, 5) with { Indicator = "other" }, deduct),
            Rounds.Unit("U6", Rounds.Cell("A", null, 0, Direction.Down), deduct),
            Rounds.Unit("U6", Rounds.Cell("A", null, 5) with { Decimals = 13 }, deduct, deduct));

        Assert.Equal(
            [
                new("round.duplicate-unit", "U6"),
                new("round.target-missing", "U1", "A"),
                new("round.target-zero", "U2", "A"),
                new("round.target-negative", "U3", "A"),
                new("round.criterion-missing", "U4", "A"),
                new("round.other-indicator", "U5", "A"),
                new("round.decimals", "U6", "A"),
                new("round.duplicate-criterion", "U6", "B"),
            ],
            RoundCheck.Problems(round));
        Assert.Equal([new RoundProblem("round.no-units")], RoundCheck.Problems(Rounds.Of(scheme)));
    }

    [Fact]
    public void APreview_ListsTheUnitItLiftsAndTheOneItPushesOut()
    {
        Grade[] grades = [new("优秀", 90), new("良好", 0)];
        var round = Numbered(Rounds.OfTotals(grades, [new("优秀", 0.5m)], 95, 80));
        var before = AssessRound.Assess(round);

        var after = AssessRound.Assess(round.WithValue(2, 99));

        Assert.Equal(
            [
                new Moved("U02", new Outcome(80, "良好"), new Outcome(99, "优秀")),
                new Moved("U01", new Outcome(95, "优秀"), new Outcome(95, "良好")),
            ],
            Moved.Between(before, after));
        Assert.Empty(Moved.Between(before, AssessRound.Assess(round)));
    }

    [Fact]
    public void ARevision_ReplacesTheObservationInEveryTotalThatCountsIt()
    {
        var shared = Rounds.Cell("A", 5, 10) with { Aggregation = Aggregation.Sum };
        var round = Rounds.Of(
            OneCriterion(10),
            Rounds.Unit("district", shared),
            Rounds.Unit("city", shared with { Observations = [.. shared.Observations, Rounds.Observation(2, 1)] }));

        var revised = round.WithRevision(1, Rounds.Observation(3, 8) with { Revision = 2 });

        Assert.Equal([("district", "A"), ("city", "A")], round.Dependents(1));
        Assert.Equal([("district", "A"), ("city", "A")], revised.Dependents(3));
        Assert.Empty(revised.Dependents(1));
        Assert.Equal([("city", 9m), ("district", 8m)], revised.Assessed().Select(unit => (unit.Unit, unit.Total)));
    }

    [Fact]
    public void TheDocument_IsCanonicalJson()
    {
        var scheme = new Scheme("办法\"2026\"", [Rounds.Ratio("A", 10), Rounds.Deduct("B", 10, 1)], _grades, []);
        var round = Rounds.Of(scheme, Rounds.Unit("马鞍山\n", Rounds.Cell("A", 1.20m, 2.400m), Rounds.Cell("B", null, null)));

        var document = ResultsDocument.Write(AssessRound.Assess(round));

        Assert.Equal(
            """
            {"asOf":"2026-04-20T08:30:00Z","calendar":"2026-1","period":"2026Q1","round":7,
            "scheme":{"code":"办法\"2026\"","version":2},
            "units":[{"criteria":[{"criterion":"A","missing":false,"points":5},{"criterion":"B","missing":true,"points":0}],
            "grade":"合格","rank":1,"total":5,"unit":"马鞍山\n"}]}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(document));
        Assert.Matches("^[0-9a-f]{64}$", ResultsDocument.Sha256(document));
    }

    [Fact]
    public void ACitysYear_IsAssessedInMilliseconds()
    {
        var scheme = new Scheme("S", [.. Enumerable.Range(0, 40).Select(i => Rounds.Ratio($"C{i}", 2.5m, 1.2m))], _grades, [new("优秀", 0.3m)]);
        var round = Rounds.Of(scheme, [.. Enumerable.Range(0, 60).Select(u => Rounds.Unit(
            $"U{u}",
            [.. scheme.Criteria.Select((criterion, c) => Rounds.Cell(criterion.Code, 1000 + u * 37 % 61 + c, 1031.7m))]))]);
        AssessRound.Assess(round);

        var fastest = Enumerable.Range(0, 5).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            AssessRound.Assess(round);
            return Stopwatch.GetElapsedTime(start);
        });

        Assert.InRange(fastest.TotalMilliseconds, 0, 50);
    }

    private static Scheme OneCriterion(decimal weight) => new("S", [Rounds.Ratio("A", weight)], _grades, []);

    private static RoundInputs Numbered(RoundInputs round) => round with
    {
        Units = [.. round.Units.Select((unit, i) => unit with
        {
            Criteria = [.. unit.Criteria.Select(cell => cell with
            {
                Observations = [.. cell.Observations.Select(input => input with { Observation = i + 1 })],
            })],
        })],
    };
}

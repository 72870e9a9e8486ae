using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>Bonus, veto, judged points, groups and the year, by hand.</summary>
public sealed class MoreKindsTests
{
    private static readonly Grade[] _grades = [new("优秀", 90), new("良好", 80), new("合格", 60), new("不合格", 0)];

    private static readonly Scheme _scheme = new(
        "S",
        [
            Rounds.Ratio("C", 90, 1.2m),
            new("J", "评议", Measure.Organisation, 10, "", new JudgedRule()),
            new("B", "加分", Measure.Talent, 5, "I-B", new BonusRule(2)),
            new("V", "安全事故", Measure.Services, 0, "I-V", new VetoRule(null)),
        ],
        _grades,
        [new("优秀", 0.5m)]);

    [Fact]
    public void TheFullScore_LeavesTheBonusOut() => Assert.Equal(100, _scheme.Full);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 4)]
    [InlineData(3, 5)]
    [InlineData(-1, 0)]
    public void ABonus_ComesOnTop_UpToItsWeight(int events, int points) =>
        Assert.Equal(points, new BonusRule(2).Points(5, Direction.Up, events, null));

    [Fact]
    public void AVetoedUnit_FreesItsSeatForTheNext() => Assert.Equal(
        [("U1", "不合格", 1), ("U2", "优秀", 2), ("U3", "优秀", 3), ("U4", "合格", 4)],
        Grades(Unit("U1", 99, 1), Unit("U2", 95, 0), Unit("U3", 91, 0), Unit("U4", 60, 0)));

    [Fact]
    public void AVetoThatNamesAGrade_CapsAtIt_AndLowersNobodyBelow() => Assert.Equal(
        [("U1", "良好", 1), ("U2", "合格", 2)],
        Grades(Veto("良好"), Unit("U1", 99, 1), Unit("U2", 65, 1)));

    [Fact]
    public void AVetoedUnit_TakesNoSeatFromOneWithout() => Assert.Equal(
        [("U1", "合格", 1), ("U2", "良好", 2)],
        Grades(Veto("良好") with { Quotas = [new("良好", 0.5m)] }, Unit("U1", 89, 1), Unit("U2", 81, 0)));

    [Fact]
    public void Judged_ScoresItsPoints_AndAMissingJudgementNothing() => Assert.Equal(
        [(7.5m, false), (0m, true)],
        Rounds.Of(_scheme, Unit("U1", 50, 0, 7.5m), Unit("U2", 40, 0, null)).Assessed()
            .Select(unit => (unit.Criteria[1].Points, unit.Criteria[1].Missing)));

    [Fact]
    public void QuotasAndRanks_AreCountedWithinTheGroup() => Assert.Equal(
        [("A1", "优秀", 1), ("A2", "良好", 2), ("B1", "优秀", 1), ("B2", "良好", 2), ("B3", "良好", 3)],
        Grades(
            Unit("B3", 91, 0) with { Group = "县区" }, Unit("A1", 93, 0) with { Group = "单位" }, Unit("B1", 98, 0) with { Group = "县区" },
            Unit("A2", 92, 0) with { Group = "单位" }, Unit("B2", 97, 0) with { Group = "县区" }));

    [Fact]
    public void JudgedPoints_BeyondTheWeightOrFinerThanTwoDecimals_AreRefused()
    {
        Assert.Equal("round.judged", RoundCheck.Problems(Rounds.Of(_scheme, Unit("U1", 1, 0, 10.01m))).Single().Code);
        Assert.Equal("round.judged", RoundCheck.Problems(Rounds.Of(_scheme, Unit("U1", 1, 0, 1.001m))).Single().Code);
    }

    [Fact]
    public void NewFields_AreNotWrittenWhereTheyAreEmpty()
    {
        string document = System.Text.Encoding.UTF8.GetString(ResultsDocument.Write(
            AssessRound.Assess(Rounds.OfTotals(_grades, [], 90))));
        Assert.DoesNotContain("group", document, StringComparison.Ordinal);
        Assert.DoesNotContain("vetoes", document, StringComparison.Ordinal);
        Assert.Equal(
            """{"round":7,"scheme":{"code":"S","version":2}""",
            $"{{{document[document.IndexOf("\"round\"", StringComparison.Ordinal)..document.IndexOf(",\"units\"", StringComparison.Ordinal)]}");
    }

    [Fact]
    public void AYear_IsTheMeanOfItsQuarters_HalfUp_AndNamesWhatIsMissing()
    {
        RoundResults first = AssessRound.Assess(Rounds.OfTotals(_grades, [], 90.01m, 70));
        RoundResults second = AssessRound.Assess(Rounds.OfTotals(_grades, [], 90, 80));
        Scheme scheme = Rounds.OfTotals(_grades, [new("优秀", 0.5m)], 1).Scheme;
        IReadOnlyList<YearUnit> year = YearRollup.Of(scheme, new Dictionary<int, (Scheme, RoundResults)> { [1] = (scheme, first), [3] = (scheme, second) });

        Assert.Equal([("U01", 90.01m, "优秀", 1), ("U02", 75m, "合格", 2)], year.Select(unit => (unit.Unit, unit.Total, unit.Grade!, unit.Rank)));
        Assert.Equal([2, 4], year[0].Missing);
    }

    [Fact]
    public void Sensitivity_NamesThePointThatFlips()
    {
        RoundInputs round = Rounds.Of(_scheme with { Quotas = [] }, Unit("U1", 85, 0, 4));
        IReadOnlyList<Sensitivity> flips = Sensitivity.Of(round.Scheme, AssessRound.Assess(round))[0];

        Assert.Equal([new Flip(1, "优秀"), new Flip(1, "优秀"), new Flip(1, "优秀"), null], flips.Select(row => row.Gain));
        Assert.Equal([new Flip(9.01m, "合格"), null, null, new Flip(0, "不合格")], flips.Select(row => row.Loss));
    }

    private static Scheme Veto(string cap) => _scheme with
    {
        Criteria = [.. _scheme.Criteria.Select(row => row.Rule is VetoRule ? row with { Rule = new VetoRule(cap) } : row)],
    };

    private static UnitInput Unit(string code, decimal value, int events, decimal? judged = 0) => Rounds.Unit(
        code,
        Rounds.Cell("C", value, 90),
        CriterionInput.OfJudgement("J", judged is { } points ? new JudgedInput(1, points) : null),
        Rounds.Cell("B", 0, null),
        Rounds.Cell("V", events, null));

    private static IEnumerable<(string, string, int)> Grades(params UnitInput[] units) => Grades(_scheme, units);

    private static IEnumerable<(string, string, int)> Grades(Scheme scheme, params UnitInput[] units) =>
        Rounds.Of(scheme, units).Assessed().Select(unit => (unit.Unit, unit.Grade!, unit.Rank));
}

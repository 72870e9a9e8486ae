using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

public sealed class GradingTests
{
    private static readonly Grade[] _grades = [new("优秀", 90), new("良好", 80), new("合格", 60), new("不合格", 0)];

    [Fact]
    public void Lines_BelongToTheHigherGrade() => Assert.Equal(
        ["优秀", "良好", "良好", "合格", "不合格"],
        Grades([], 90, 89.99m, 80, 60, 59.99m));

    [Fact]
    public void BelowTheLowestLine_ThereIsNoGrade() =>
        Assert.Equal(["合格", null], Rounds.OfTotals([new Grade("合格", 60)], [], 60, 59).Assessed().Select(unit => unit.Grade));

    [Fact]
    public void ThirtyPercentOfTen_IsThreeSeats() => Assert.Equal(
        ["优秀", "优秀", "优秀", "良好", "良好", "良好", "良好", "良好", "良好", "良好"],
        Grades([new("优秀", 0.3m)], 99, 98, 97, 96, 95, 94, 93, 92, 91, 90));

    [Theory]
    [InlineData(9, 2)]
    [InlineData(6, 1)]
    [InlineData(3, 0)]
    public void Seats_AreRoundedDown(int units, int seats) => Assert.Equal(
        seats,
        Grades([new("优秀", 0.3m)], [.. Enumerable.Range(0, units).Select(i => 99m - i)]).Count(grade => grade == "优秀"));

    [Fact]
    public void AShareThatADoubleMisses_StillGivesItsSeat() =>
        // 0.29 x 100 is 28.999... in binary.
        Assert.Equal(29, Grades([new("优秀", 0.29m)], [.. Enumerable.Range(0, 100).Select(i => 99.99m - i / 100m)]).Count(grade => grade == "优秀"));

    [Fact]
    public void ATieAcrossTheQuotasLine_GoesDownWithEveryoneAfterIt() => Assert.Equal(
        // Three seats: two are taken, the tied pair does not fit the third, and nobody behind may have it.
        ["优秀", "优秀", "良好", "良好", "良好", "良好", "良好", "良好", "良好", "良好"],
        Grades([new("优秀", 0.3m)], 99, 98, 97, 97, 96, 95, 94, 93, 92, 91));

    [Fact]
    public void ATieThatFits_SharesTheGrade() => Assert.Equal(
        ["优秀", "优秀", "优秀", "良好"],
        Grades([new("优秀", 0.3m)], 99, 98, 98, 91, 85, 85, 85, 85, 85, 85).Take(4));

    [Fact]
    public void ATieAtTheTopLargerThanTheQuota_LeavesTheGradeEmpty() => Assert.Equal(
        ["良好", "良好", "良好", "良好"],
        Grades([new("优秀", 0.5m)], 95, 95, 95, 94));

    [Fact]
    public void ThoseWhoFall_TakeSeatsOfTheNextQuota_BeforeItsOwnPeople() => Assert.Equal(
        // One seat of 优秀, two of 良好: 98 and 97 fall and fill them, so 89 falls to 合格 although it reaches 80.
        ["优秀", "良好", "良好", "合格", "不合格"],
        Grades([new("优秀", 0.2m), new("良好", 0.4m)], 99, 98, 97, 89, 10));

    [Fact]
    public void ATie_MayFallThroughTwoQuotas() => Assert.Equal(
        ["优秀", "合格", "合格", "合格", "合格"],
        Grades([new("优秀", 0.2m), new("良好", 0.2m)], 99, 98, 98, 85, 84));

    [Fact]
    public void EqualTotals_AreOrderedByUndeductedPoints()
    {
        // Both total 95; A won 90 and kept 5 of 10, B won 85 and kept all 10.
        var round = WithDeductions([new("优秀", 0.5m)], ("B", 85, 0), ("A", 90, 5));

        Assert.Equal([("A", "优秀", 1), ("B", "良好", 2)], round.Assessed().Select(unit => (unit.Unit, unit.Grade!, unit.Rank)));
    }

    [Fact]
    public void EqualInBoth_SharesTheRankAndTheNextIsSkipped()
    {
        var round = WithDeductions([], ("C", 85, 1), ("B", 85, 1), ("D", 80, 0), ("A", 90, 5));

        Assert.Equal([("A", 1), ("B", 2), ("C", 2), ("D", 4)], round.Assessed().Select(unit => (unit.Unit, unit.Rank)));
    }

    private static IEnumerable<string?> Grades(GradeQuota[] quotas, params decimal[] totals) =>
        Rounds.OfTotals(_grades, quotas, totals).Assessed().OrderBy(unit => unit.Unit, StringComparer.Ordinal).Select(unit => unit.Grade);

    private static RoundInputs WithDeductions(GradeQuota[] quotas, params (string Unit, decimal Won, decimal Events)[] units) =>
        Rounds.Of(
            new Scheme("S", [Rounds.Ratio("W", 100), Rounds.Deduct("D", 10, 1)], _grades, quotas),
            [.. units.Select(unit => Rounds.Unit(
                unit.Unit,
                Rounds.Cell("D", unit.Events, null, Direction.Down),
                Rounds.Cell("W", unit.Won, 100)))]);
}

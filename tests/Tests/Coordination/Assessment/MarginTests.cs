using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

public sealed class MarginTests
{
    private static readonly Grade[] _grades = [new("优秀", 90), new("良好", 80), new("不合格", 50)];

    [Fact]
    public void WithoutQuota_TheLineDecides() => Assert.Equal(
        [
            new Margin("U01", "优秀", 2, false, null, null),
            new Margin("U02", "良好", 9.99m, false, "优秀", 0.01m),
            new Margin("U03", "不合格", 20, false, "良好", 10),
            new Margin("U04", null, null, false, "不合格", 50),
        ],
        Of([], 92, 89.99m, 70, 0));

    [Fact]
    public void WithAFullQuota_TheLastSeatMustBePassed() => Assert.Equal(
        [
            new Margin("U01", "优秀", 9, false, null, null),
            new Margin("U02", "优秀", 5, false, null, null),
            // Level with U02 would unseat U02 and not seat itself, so one step past it.
            new Margin("U03", "良好", 13, true, "优秀", 2.01m),
            new Margin("U04", "良好", 5, false, "优秀", 10.01m),
        ],
        Of([new("优秀", 0.5m)], 99, 95, 93, 85));

    [Fact]
    public void WithAFreeSeat_TheLineIsEnough() => Assert.Equal(
        new Margin("U02", "良好", 8, false, "优秀", 2),
        Of([new("优秀", 0.5m)], 99, 88, 70, 70)[1]);

    [Fact]
    public void WithoutAnySeat_NoPointsHelp() => Assert.Equal(
        [
            new Margin("U01", "良好", 19, true, null, null),
            new Margin("U02", "不合格", 20, false, "良好", 10),
        ],
        Of([new("优秀", 0.4m)], 99, 70));

    [Fact]
    public void TiedOutOfTheGrade_OneStepBringsItBack() => Assert.Equal(
        [
            new Margin("U01", "良好", 15, true, "优秀", 0.01m),
            new Margin("U02", "良好", 15, true, "优秀", 0.01m),
        ],
        Of([new("优秀", 0.5m)], 95, 95));

    [Fact]
    public void ALineFinerThanPoints_IsReachedFromAbove() => Assert.Equal(
        0.01m,
        Margins([new("优秀", 90.005m), new("合格", 0)], [], 90).Single().Short);

    private static IReadOnlyList<Margin> Of(GradeQuota[] quotas, params decimal[] totals) => Margins(_grades, quotas, totals);

    private static IReadOnlyList<Margin> Margins(Grade[] grades, GradeQuota[] quotas, params decimal[] totals)
    {
        var round = Rounds.OfTotals(grades, quotas, totals);
        return Margin.Of(round.Scheme, AssessRound.Assess(round));
    }
}

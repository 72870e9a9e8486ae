using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>What a freeze demands where there is nothing to score.</summary>
public sealed class RoundCheckTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(-5)]
    public void AMissingValue_NeedsNoTarget_ScoresZeroAndIsShownAsMissing(int? target)
    {
        var scheme = new Scheme("S", [Rounds.Ratio("A", 10)], [new("合格", 0)], []);
        var round = Rounds.Of(scheme, Rounds.Unit("U1", Rounds.Cell("A", null, target)));

        Assert.Empty(RoundCheck.Problems(round));
        Assert.Equal([new CriterionResult("A", 0m, true)], round.Assessed()[0].Criteria);
    }
}

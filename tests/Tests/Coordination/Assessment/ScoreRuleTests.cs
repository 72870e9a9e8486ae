using System.Text.Json;
using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

public sealed class ScoreRuleTests
{
    // Decimals cannot stand in attributes, so the cases are text.
    [Theory]
    // weight x min(value / target, cap)
    [InlineData("up", "20", "1.2", "90", "100", "18")]
    [InlineData("up", "20", "1.2", "110", "100", "22")]
    [InlineData("up", "20", "1.2", "150", "100", "24")]
    [InlineData("up", "20", "1.2", "-10", "100", "-2")]
    [InlineData("up", "20", "1.2", "0", "100", "0")]
    // 10 / 3 = 3.333...; 20 / 3 = 6.666...
    [InlineData("up", "10", "1", "1", "3", "3.33")]
    [InlineData("up", "10", "1", "2", "3", "6.67")]
    // 0.01 x 1 / 2 is exactly 0.005, and 0.01 x 0.4999 is just below it.
    [InlineData("up", "0.01", "1", "1", "2", "0.01")]
    [InlineData("up", "0.01", "1", "0.4999", "1", "0")]
    [InlineData("up", "0.01", "1", "-1", "2", "-0.01")]
    // 2.675 and 1.005 are the classical cases that a double rounds down.
    [InlineData("up", "2.675", "1", "5", "5", "2.68")]
    [InlineData("up", "1.005", "1", "1", "1", "1.01")]
    // weight x min(target / value, cap)
    [InlineData("down", "20", "1.2", "100", "90", "18")]
    [InlineData("down", "20", "1.2", "75", "90", "24")]
    [InlineData("down", "20", "1.2", "50", "90", "24")]
    [InlineData("down", "20", "1.2", "0", "90", "24")]
    [InlineData("down", "20", "1.2", "-3", "90", "24")]
    [InlineData("down", "20", "1.2", "5", "0", "0")]
    [InlineData("down", "20", "1.2", "0", "0", "20")]
    [InlineData("down", "20", "1.2", "-1", "0", "24")]
    public void Ratio_FollowsTheContract(string direction, string weight, string cap, string value, string target, string points) =>
        Assert.Equal(D(points), new RatioRule(D(cap)).Points(D(weight), Way(direction), D(value), D(target)));

    [Theory]
    [InlineData("up", "79.99", "100", "0")]
    [InlineData("up", "80", "100", "15")]
    [InlineData("up", "99.99", "100", "15")]
    [InlineData("up", "100", "100", "25")]
    [InlineData("up", "300", "100", "25")]
    [InlineData("up", "-5", "100", "0")]
    [InlineData("down", "125", "100", "15")]
    [InlineData("down", "125.01", "100", "0")]
    [InlineData("down", "0", "100", "25")]
    [InlineData("down", "0", "0", "25")]
    public void Steps_TakeTheHighestReached(string direction, string value, string target, string points)
    {
        var rule = new StepsRule([new Step(0.8m, 0.6m), new Step(1, 1)]);
        var listedBackwards = new StepsRule([new Step(1, 1), new Step(0.8m, 0.6m)]);

        Assert.Equal(D(points), rule.Points(25, Way(direction), D(value), D(target)));
        Assert.Equal(D(points), listedBackwards.Points(25, Way(direction), D(value), D(target)));
    }

    [Fact]
    public void Steps_MeetAThirdExactly() =>
        // 2 / 3 = 0.666..., which does not reach 0.6667 and does reach 0.6666.
        Assert.Equal(
            (0m, 6m),
            (
                new StepsRule([new Step(0.6667m, 1)]).Points(6, Direction.Up, 2, 3),
                new StepsRule([new Step(0.6666m, 1)]).Points(6, Direction.Up, 2, 3)));

    [Theory]
    [InlineData("10", "2", "0", "10")]
    [InlineData("10", "2", "3", "4")]
    [InlineData("10", "2", "5", "0")]
    [InlineData("10", "2", "6", "0")]
    [InlineData("10", "0.333", "1", "9.67")]
    [InlineData("10", "0.005", "1", "10")]
    public void Deduct_StopsAtZero(string weight, string each, string value, string points)
    {
        Assert.Equal(D(points), new DeductRule(D(each)).Points(D(weight), Direction.Up, D(value), null));
        Assert.Equal(D(points), new DeductRule(D(each)).Points(D(weight), Direction.Down, D(value), 0));
    }

    [Theory]
    [InlineData("up", null, "round.target-missing")]
    [InlineData("down", null, "round.target-missing")]
    [InlineData("up", "0", "round.target-zero")]
    [InlineData("down", "0", null)]
    [InlineData("up", "-1", "round.target-negative")]
    [InlineData("down", "-1", "round.target-negative")]
    [InlineData("up", "0.01", null)]
    public void AttainmentNeedsAUsableTarget(string direction, string? target, string? code)
    {
        decimal? wanted = target is null ? null : D(target);

        Assert.Equal(code, new RatioRule(1).Refuses(Way(direction), wanted));
        Assert.Equal(code, new StepsRule([new Step(1, 1)]).Refuses(Way(direction), wanted));
        Assert.Null(new DeductRule(1).Refuses(Way(direction), wanted));
    }

    [Fact]
    public void ScoringAgainstARefusedTarget_Throws()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => new RatioRule(1).Points(10, Direction.Up, 1, 0));
        Assert.Contains("round.target-zero", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"ratio","cap":1.2}""")]
    [InlineData("""{"kind":"steps","steps":[{"from":0.8,"share":0.6},{"from":1,"share":1}]}""")]
    [InlineData("""{"kind":"deduct","each":2}""")]
    public void Json_IsTheContracts(string json)
    {
        // The plain options are those of a caller that knows nothing of this mechanism.
        var rule = JsonSerializer.Deserialize<ScoreRule>(json);
        Assert.Equal(json, JsonSerializer.Serialize(rule));
        Assert.Equal(json, JsonSerializer.Serialize(rule, AssessmentJson.Options));
    }

    [Fact]
    public void Json_KindMayStandLast() =>
        Assert.Equal(new RatioRule(1.1m), JsonSerializer.Deserialize<ScoreRule>("""{"cap":1.1,"kind":"ratio"}"""));

    [Theory]
    [InlineData("""{"cap":1.2}""")]
    [InlineData("""{"kind":"bonus","cap":1.2}""")]
    [InlineData("""{"kind":1,"cap":1.2}""")]
    [InlineData("""{"kind":"ratio"}""")]
    [InlineData("""{"kind":"ratio","cap":"1.2"}""")]
    [InlineData("""{"kind":"steps","steps":{}}""")]
    [InlineData("""{"kind":"steps","steps":[{"from":1}]}""")]
    [InlineData("""{"kind":"steps","steps":[null]}""")]
    [InlineData("""[]""")]
    public void Json_OtherShapesAreRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ScoreRule>(json));

    private static decimal D(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Direction Way(string word) => word == "up" ? Direction.Up : Direction.Down;
}

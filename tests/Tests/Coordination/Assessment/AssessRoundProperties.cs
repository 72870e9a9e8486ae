using System.Text.Json;
using Lodestone.Coordination.Assessment;
using Lodestone.Tests.Contract;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>What holds for every round, over random ones.</summary>
public sealed class AssessRoundProperties
{
    [Fact]
    public void RandomRounds_AreOnesThatMayBeFrozen() => Rounds.Hold(Rounds.Any, round =>
    {
        Assert.Empty(SchemeCheck.Problems(round.Scheme));
        Assert.Empty(RoundCheck.Problems(round));
    });

    [Fact]
    public void TheOrderOfTheInputs_DoesNotMatter() => Rounds.Hold(Rounds.Any, round =>
    {
        var reversed = round with
        {
            Units = [.. round.Units.Reverse().Select(unit => unit with
            {
                Criteria = [.. unit.Criteria.Reverse().Select(cell => cell with { Observations = [.. cell.Observations.Reverse()] })],
            })],
        };

        Assert.Equal(Document(round), Document(reversed));
    });

    [Fact]
    public void ATotal_IsTheSumOfItsPoints_AndPointsHaveTwoDecimals() => Rounds.Hold(Rounds.Any, round => Assert.All(
        round.Assessed(),
        unit =>
        {
            Assert.Equal(unit.Criteria.Sum(criterion => criterion.Points), unit.Total);
            Assert.All(unit.Criteria, criterion => Assert.Equal(decimal.Round(criterion.Points, 2), criterion.Points));
        }));

    [Fact]
    public void NoQuota_IsExceeded() => Rounds.Hold(Rounds.Any, round =>
    {
        var units = round.Assessed();
        Assert.All(round.Scheme.Quotas, quota => Assert.True(
            units.Count(unit => unit.Grade == quota.Grade) <= decimal.Floor(quota.Share * units.Count)));
    });

    [Fact]
    public void ABetterRank_NeverHoldsALowerGrade() => Rounds.Hold(Rounds.Any, round =>
    {
        var lines = round.Scheme.Grades.ToDictionary(grade => grade.Name, grade => grade.From);
        var units = round.Assessed();
        Assert.All(units.Zip(units.Skip(1)), pair =>
        {
            Assert.True(lines[pair.First.Grade!] >= lines[pair.Second.Grade!]);
            Assert.True(pair.First.Rank != pair.Second.Rank || pair.First.Grade == pair.Second.Grade);
        });
    });

    [Fact]
    public void RaisingAValueThatShouldRise_NeverLowersTheUnit() => Rounds.Hold(Rounds.Rising, round =>
    {
        var before = round.Assessed().ToDictionary(unit => unit.Unit);
        foreach (var unit in round.Units)
        {
            foreach (var input in unit.Criteria.SelectMany(cell => cell.Observations))
            {
                var after = round.WithValue(input.Observation, input.Value + 0.7m).Assessed().Single(one => one.Unit == unit.Unit);
                Assert.True(after.Total >= before[unit.Unit].Total);
                Assert.True(after.Rank <= before[unit.Unit].Rank);
            }
        }
    });

    [Fact]
    public void ABundle_ReplaysByteForByte() => Rounds.Hold(Rounds.Any, round =>
    {
        ReplayBundle.TryRead(ReplayBundle.Of(round).Write(), out var read, out var refused);
        Assert.Null(refused);
        Assert.Equal(Document(round), read!.Run().Document);
        Assert.True(read!.Run().Matches);
    });

    [Fact]
    public void TheShortPointsOfAMargin_GainTheGrade_AndOneStepLessDoesNot() => Rounds.Hold(Rounds.Any, round =>
    {
        var results = AssessRound.Assess(round);
        var lines = round.Scheme.Grades.ToDictionary(grade => grade.Name, grade => grade.From);
        var tallies = results.Units.Select(unit => Tally.Of(round.Scheme, unit.Criteria)).ToList();
        foreach (var (place, margin) in Margin.Of(round.Scheme, results).Index().Where(one => one.Item.Short is not null))
        {
            Assert.Equal(margin.NextGrade, With(margin.Short!.Value));
            // Not "holds the same": drawing level with a seated unit can unseat both, and a full quota below lets both fall on.
            Assert.True(lines[With(margin.Short.Value - 0.01m)!] <= lines[margin.Grade!]);

            string? With(decimal points) => Grading.Hold(
                round.Scheme,
                [.. tallies.Select((one, i) => i == place ? new(one.Total + points, one.Undeducted + points) : one)])[place];
        }
    });

    [Fact]
    public void TheSecondReadingOfTheContract_Agrees() => Rounds.Hold(Rounds.Any, round =>
    {
        var expected = ScoreOracle.Assess(
            JsonSerializer.Serialize(round.Scheme, AssessmentJson.Options),
            [.. round.Units.Select(unit => new ScoreOracle.Unit(unit.Unit, [.. unit.Criteria.Select(Cell)]))]);

        Assert.Equal(
            expected.OrderBy(unit => unit.Rank).ThenBy(unit => unit.Unit, StringComparer.Ordinal).Select(unit => unit with { Criteria = [] }),
            round.Assessed().Select(unit => new ScoreOracle.Outcome(unit.Unit, unit.Total, unit.Grade, unit.Rank, [])));
        var points = round.Assessed().ToDictionary(unit => unit.Unit, unit => unit.Criteria);
        Assert.All(expected, unit => Assert.Equal(
            unit.Criteria,
            points[unit.Unit].Select(criterion => new ScoreOracle.Points(criterion.Criterion, criterion.Points, criterion.Missing))));
    });

    private static ScoreOracle.Cell Cell(CriterionInput input) => new(
        input.Criterion,
        input.Direction == Direction.Up ? "up" : "down",
        ScoreOracle.TotalOf(
            JsonSerializer.SerializeToElement(input.Aggregation, AssessmentJson.Options).GetString()!,
            input.Decimals,
            [.. input.Observations.Select(observation => observation.Value)]),
        input.Target?.Value);

    private static byte[] Document(RoundInputs round) => ResultsDocument.Write(AssessRound.Assess(round));
}

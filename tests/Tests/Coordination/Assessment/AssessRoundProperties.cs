using System.Text.Json;
using Lodestone.Coordination.Assessment;
using Lodestone.Tests.Contract;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>What holds for every round, over random ones.</summary>
public sealed class AssessRoundProperties
{
    [Fact]
    public void RandomRounds_AreOnesThatMayBeFrozen() => Rounds.Hold(Rounds.Full, round =>
    {
        Assert.Empty(SchemeCheck.Problems(round.Scheme));
        Assert.Empty(RoundCheck.Problems(round));
    });

    [Fact]
    public void TheOrderOfTheInputs_DoesNotMatter() => Rounds.Hold(Rounds.Full, round =>
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
    public void ATotal_IsTheSumOfItsPoints_AndPointsHaveTwoDecimals() => Rounds.Hold(Rounds.Full, round => Assert.All(
        round.Assessed(),
        unit =>
        {
            Assert.Equal(unit.Criteria.Sum(criterion => criterion.Points), unit.Total);
            Assert.All(unit.Criteria, criterion => Assert.Equal(decimal.Round(criterion.Points, 2), criterion.Points));
        }));

    [Fact]
    public void NoQuota_IsExceeded() => Rounds.Hold(Rounds.Full, round =>
    {
        Assert.All(round.Assessed().GroupBy(unit => unit.Group), group => Assert.All(round.Scheme.Quotas, quota => Assert.True(
            group.Count(unit => unit.Grade == quota.Grade) <= decimal.Floor(quota.Share * group.Count()))));
    });

    [Fact]
    public void ABetterRank_NeverHoldsALowerGrade() => Rounds.Hold(Rounds.Full, round =>
    {
        var lines = round.Scheme.Grades.ToDictionary(grade => grade.Name, grade => grade.From);
        var units = round.Assessed().Where(unit => !unit.Vetoed).ToList();
        Assert.All(units.Zip(units.Skip(1)).Where(pair => pair.First.Group == pair.Second.Group), pair =>
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
    public void ABundle_ReplaysByteForByte() => Rounds.Hold(Rounds.Full, round =>
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
        var contenders = results.Units.Select(unit => Contender.Of(round.Scheme, unit.Criteria)).ToList();
        foreach (var (place, margin) in Margin.Of(round.Scheme, results).Index().Where(one => one.Item.Short is not null))
        {
            Assert.Equal(margin.NextGrade, With(margin.Short!.Value));
            // Not "holds the same": drawing level with a seated unit can unseat both, and a full quota below lets both fall on.
            Assert.True(lines[With(margin.Short.Value - 0.01m)!] <= lines[margin.Grade!]);

            string? With(decimal points) => Grading.Hold(
                round.Scheme,
                [.. contenders.Select((one, i) => i == place ? new(one.Tally.Plus(points, true)) : one)])[place];
        }
    });

    [Fact]
    public void EveryFlip_ChangesTheGrade_AndOneStepBeforeItDoesNotYet() => Rounds.Hold(Rounds.Full, round =>
    {
        var results = AssessRound.Assess(round);
        foreach (var (unit, criteria) in results.Units.Zip(Sensitivity.Of(round.Scheme, results)))
        {
            foreach (var ((criterion, own), flips) in round.Scheme.Criteria.Zip(unit.Criteria).Zip(criteria))
            {
                Assert.Equal(criterion.Code, flips.Criterion);
                Check(flips.Gain, 1);
                Check(flips.Loss, -1);

                void Check(Flip? flip, int way)
                {
                    if (flip is null)
                    {
                        return;
                    }

                    Assert.NotEqual(unit.Grade, flip.Grade);
                    Assert.Equal(flip.Grade, With(flip.Points));
                    if (flip.Points > 0)
                    {
                        Assert.True((LineOf(With(flip.Points - 0.01m)) - LineOf(unit.Grade)) * way <= 0);
                    }

                    string? With(decimal points) => Grades(round, results, unit.Unit, own with
                    {
                        Points = own.Points + way * points,
                        Vetoes = own.Vetoes || (criterion.Rule is VetoRule && way < 0),
                    });
                }
            }
        }

        decimal LineOf(string? grade) => round.Scheme.Grades.FirstOrDefault(row => row.Name == grade)?.From ?? decimal.MinValue / 2;
    });

    [Fact]
    public void AVeto_CapsTheGrade_AndNobodyElseIsWorseOff() => Rounds.Hold(Rounds.Full, round =>
    {
        var results = AssessRound.Assess(round);
        var lines = round.Scheme.Grades.ToDictionary(grade => grade.Name, grade => grade.From);
        foreach (var (unit, criteria) in results.Units.Zip(Sensitivity.Of(round.Scheme, results)))
        {
            foreach (var flips in criteria.Where(flips => flips.Loss is { Points: 0 }))
            {
                var after = Graded(round, results, unit.Unit, unit.Criteria.First(row => row.Criterion == flips.Criterion) with { Vetoes = true });
                Assert.All(
                    results.Units.Where(other => other.Unit != unit.Unit && other.Group == unit.Group && !other.Vetoed),
                    other => Assert.True(lines[after[other.Unit]!] >= lines[other.Grade!]));
            }
        }
    });

    [Fact]
    public void Groups_DoNotTouchEachOther() => Rounds.Hold(Rounds.Full, round => Assert.All(
        round.Units.Select(unit => unit.Group).Distinct(),
        group => Assert.Equal(
            round.Assessed().Where(unit => unit.Group == group).Select(unit => (unit.Unit, unit.Rank, unit.Grade)),
            (round with { Units = [.. round.Units.Where(unit => unit.Group == group)] }).Assessed()
                .Select(unit => (unit.Unit, unit.Rank, unit.Grade)))));

    [Fact]
    public void AYearOfOneQuarter_IsThatQuarter() => Rounds.Hold(Rounds.Full, round =>
    {
        var results = AssessRound.Assess(round);
        Assert.Equal(
            results.Units.Select(unit => (unit.Unit, unit.Total, unit.Grade, unit.Rank)),
            YearRollup.Of(round.Scheme, new Dictionary<int, (Scheme, RoundResults)> { [3] = (round.Scheme, results) })
                .Select(unit => (unit.Unit, unit.Total, unit.Grade, unit.Rank)));
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

    private static string? Grades(RoundInputs round, RoundResults results, string unit, CriterionResult changed) =>
        Graded(round, results, unit, changed)[unit];

    /// <summary>The grades of the unit's group when one criterion of the unit came out otherwise.</summary>
    private static Dictionary<string, string?> Graded(RoundInputs round, RoundResults results, string unit, CriterionResult changed)
    {
        var group = results.Units.First(row => row.Unit == unit).Group;
        var field = results.Units.Where(row => row.Group == group).ToList();
        var held = Grading.Hold(round.Scheme, field.ConvertAll(row => Contender.Of(round.Scheme, row.Unit != unit
            ? row.Criteria
            : [.. row.Criteria.Select(criterion => criterion.Criterion == changed.Criterion ? changed : criterion)])));
        return field.Zip(held).ToDictionary(pair => pair.First.Unit, pair => pair.Second);
    }

    private static byte[] Document(RoundInputs round) => ResultsDocument.Write(AssessRound.Assess(round));
}

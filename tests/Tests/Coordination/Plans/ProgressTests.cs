using FsCheck.Xunit;
using Lodestone.Coordination.Plans;

namespace Lodestone.Tests.Coordination.Plans;

/// <summary>Progress is weights over weights and nothing else.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void Of_a_measure_only_what_is_confirmed_counts()
    {
        Progress progress = Progress.OfMilestones([(6, true), (6, true), (6, false), (22, false)]);
        Assert.Equal(0.3m, progress.Share);
        Assert.Equal("12 ÷ 40 ＝ 30.0%", progress.Formula);
    }

    [Fact]
    public void Of_an_objective_it_is_the_mean_by_weight()
    {
        Progress progress = Progress.OfParts([("A01", 2, 0.3m), ("A02", 1, 0.6m)]);
        Assert.Equal(0.4m, progress.Share);
        Assert.Equal("（A01 30.0% × 2 ＋ A02 60.0% × 1） ÷ 3 ＝ 40.0%", progress.Formula);
    }

    [Fact]
    public void Without_milestones_there_is_no_progress_and_no_path()
    {
        Assert.Equal(Progress.None, Progress.OfMilestones([]));
        Assert.Equal(Progress.None, Progress.OfParts([]));
        Assert.Equal(0m, Progress.Path([], new DateOnly(2026, 6, 30)));
    }

    [Theory]
    [InlineData("2026-06-30", 0.0)]
    [InlineData("2026-07-01", 0.25)]
    [InlineData("2026-12-31", 0.25)]
    [InlineData("2027-01-01", 1.0)]
    public void A_milestone_is_due_once_its_last_day_is_over(string today, double path) =>
        Assert.Equal((decimal)path, Progress.Path([(1, new DateOnly(2026, 6, 30)), (3, new DateOnly(2026, 12, 31))], DateOnly.Parse(today, null)));

    [Theory]
    [InlineData(0.12345, "12.3%")]
    [InlineData(0.1235, "12.4%")]
    [InlineData(1.0, "100.0%")]
    public void A_share_is_printed_with_one_decimal(double share, string text) => Assert.Equal(text, Progress.Percent((decimal)share));

    [Property]
    public void Confirming_one_more_never_takes_progress_back(byte[] weights, byte chosen)
    {
        (int Weight, bool Confirmed)[] milestones = [.. weights.Select((weight, index) => (weight + 1, index % 3 == 0))];
        if (milestones.Length == 0)
        {
            return;
        }

        decimal before = Progress.OfMilestones(milestones).Share;
        milestones[chosen % milestones.Length].Confirmed = true;
        decimal after = Progress.OfMilestones(milestones).Share;
        Assert.InRange(after, before, 1m);
    }
}

using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Totals after any history of corrections equal those computed from the start; what is hidden cannot be worked out.</summary>
public sealed class ValueCubeTests
{
    private const int Indicators = 3;
    private const int Units = 5;

    /// <summary>Each number is a change: which cell, and a new revision or its withdrawal.</summary>
    [Property(MaxTest = 300)]
    public bool AfterEachCorrection_TheTotalsAreTheFullOnes(int[] changes)
    {
        var kept = new ValueCube();
        var inForce = new Dictionary<CellKey, List<long>>();
        foreach (int change in changes)
        {
            int number = Math.Abs(change % 1000);
            var cell = new CellKey(number % Indicators, number / 3 % Units, new Period(PeriodKind.Quarter, 2024, 1 + (number / 15 % 4)));
            if (!inForce.TryGetValue(cell, out List<long>? revisions))
            {
                inForce.Add(cell, revisions = []);
            }

            if (change % 4 == 0 && revisions.Count > 0)
            {
                revisions.RemoveAt(revisions.Count - 1);
            }
            else
            {
                revisions.Add(change);
            }

            kept.Clear(cell);
            for (int revision = 0; revision < revisions.Count; revision++)
            {
                kept.Offer(cell, revision + 1, revisions[revision]);
            }

            var full = new ValueCube();
            foreach ((CellKey each, List<long> values) in inForce.Reverse())
            {
                for (int revision = values.Count; revision > 0; revision--)
                {
                    full.Offer(each, revision, values[revision - 1]);
                }
            }

            if (!Totals(kept).SequenceEqual(Totals(full)) || kept.Cells != full.Cells)
            {
                return false;
            }
        }

        return true;
    }

    [Property(MaxTest = 300)]
    public bool WhatIsHidden_IsNeverOneCell_NorFewerThanThreeUnits(byte[] counts)
    {
        int[,] units = new int[counts.Length, 1];
        for (int row = 0; row < counts.Length; row++)
        {
            units[row, 0] = counts[row] % 6;
        }

        bool[,] hidden = SmallCells.Hidden(units);
        int[] behind = [.. Enumerable.Range(0, counts.Length).Where(row => hidden[row, 0]).Select(row => units[row, 0])];
        int[] shown = [.. Enumerable.Range(0, counts.Length).Where(row => !hidden[row, 0]).Select(row => units[row, 0])];
        return shown.All(count => count is 0 or >= SmallCells.Fewest)
            && (behind.Length == 0 || (behind.Length >= 2 && behind.Sum() >= SmallCells.Fewest) || shown.All(count => count == 0));
    }

    [Theory]
    [InlineData(new long[] { 100, 101, 99, 100, 102, 98, 100, 101 }, 103, false)]
    [InlineData(new long[] { 100, 101, 99, 100, 102, 98, 100, 101 }, 140, true)]
    [InlineData(new long[] { 100, 101, 99, 100, 102, 98, 100, 900 }, 500, false)]
    [InlineData(new long[] { 5, 5, 5, 5, 5, 5, 5, 5 }, 6, true)]
    public void AnOutlier_LiesBeyondAllAndFarFromTheMiddle(long[] history, long value, bool outlier) =>
        Assert.Equal(outlier, CellCheck.IsOutlier(history, value));

    [Fact]
    public void TheLeague_SharesPlaces_AndCountsLateWorkingDays()
    {
        var due = new DateOnly(2026, 4, 15);
        IReadOnlyList<LeagueLine> lines = League.Of(
        [
            new("甲", due, due, 4, 4, 0), new("乙", due, due, 4, 4, 0), new("丙", due, new DateOnly(2026, 4, 20), 4, 2, 1), new("丁", due, null, 4, 0, 0),
        ], WorkCalendar.Published, new DateOnly(2026, 4, 22));
        Assert.Equal(["甲 1", "乙 1"], lines.Take(2).Select(line => $"{line.Branch} {line.Place}").OrderDescending());
        Assert.Equal((3, 3, 500_000), (lines[2].Place, lines[2].LateDays, lines[2].Completeness));
        Assert.Equal(("丁", 4, 5), (lines[3].Branch, lines[3].Place, lines[3].LateDays));
    }

    private static IEnumerable<long> Totals(ValueCube cube)
    {
        int[] rows = [.. cube.Units.Select(unit => (int)(unit % 2))];
        return cube.Pivot(2, rows, Indicators, (indicator, _) => (int)indicator).Sums.Cast<long>();
    }
}

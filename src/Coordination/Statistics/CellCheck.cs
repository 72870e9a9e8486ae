using System.Numerics;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Coordination.Statistics;

/// <summary>A cell as the checks see it.</summary>
/// <param name="Value">Whole smallest units; null while blank.</param>
/// <param name="Before">The last approved value of an earlier period, if there is one.</param>
/// <param name="History">Approved values of earlier periods in any order.</param>
internal sealed record CheckedCell(
    string Indicator, string Name, string Unit, int Decimals, long? Value, long? Before, bool Explained, IReadOnlyList<long>? History = null);

/// <summary>What a check found in a cell.</summary>
/// <param name="Severity">The contract's <c>hard</c> (blocks) or <c>soft</c> (wants an explanation).</param>
/// <param name="Code">Also the key of the sentence.</param>
/// <param name="Figures">Fill the sentence.</param>
internal sealed record CellFinding(string Indicator, string Severity, string Code, bool Explained, params object[] Figures)
{
    public const string Hard = "hard";
    public const string Soft = "soft";
}

/// <summary>The checks of a return: pure, so that draft, submission and reviewers see the same.</summary>
internal static class CellCheck
{
    public const string Change = "check.change";
    public const string Missing = "check.missing";
    public const string Negative = "check.negative";
    public const string Identity = "check.identity";
    public const string Outlier = "check.outlier";

    /// <summary>Fewer earlier values say nothing about what is usual.</summary>
    public const int FewestForOutlier = 8;

    /// <summary>So many times the usual distance from the middle lies an outlier.</summary>
    private const int OutlierDistance = 5;

    /// <summary>Per cent; a larger change against the last approved period wants an explanation.</summary>
    public const int ChangeLimit = 30;

    /// <summary>Units that count things and people; a count is not below 0.</summary>
    private static readonly string[] s_counted = ["家", "人", "件", "个"];

    public static IReadOnlyList<CellFinding> Run(IReadOnlyList<CheckedCell> cells, IReadOnlyList<CellIdentity> identities) =>
    [
        .. cells.SelectMany(Of),
        .. identities.Select(identity => Of(identity, cells)).OfType<CellFinding>(),
    ];

    /// <summary>True for a number of people or things below 0.</summary>
    public static bool IsNegativeCount(long value, int decimals, string unit) => value < 0 && decimals == 0 && s_counted.Contains(unit);

    private static IEnumerable<CellFinding> Of(CheckedCell cell)
    {
        if (cell.Value is not { } value)
        {
            yield return new CellFinding(cell.Indicator, CellFinding.Soft, Missing, cell.Explained, cell.Name);
            yield break;
        }

        if (IsNegativeCount(value, cell.Decimals, cell.Unit))
        {
            yield return new CellFinding(cell.Indicator, CellFinding.Hard, Negative, false, cell.Name, cell.Unit);
        }

        if (cell.History is { Count: >= FewestForOutlier } history && IsOutlier(history, value))
        {
            yield return new CellFinding(cell.Indicator, CellFinding.Soft, Outlier, cell.Explained,
                cell.Name, Quantity.Format(value, cell.Decimals), Quantity.Format(history.Min(), cell.Decimals), Quantity.Format(history.Max(), cell.Decimals), history.Count);
        }

        if (cell.Before is { } before && Changed(before, value))
        {
            yield return new CellFinding(cell.Indicator, CellFinding.Soft, Change, cell.Explained,
                cell.Name, Quantity.Format(before, cell.Decimals), Quantity.Format(value, cell.Decimals), ChangeLimit);
        }
    }

    /// <summary>
    /// Beyond all earlier values, and further from their median than <see cref="OutlierDistance"/> times the median distance: a few
    /// earlier outliers do not hide a new one. Exact, in whole smallest units.
    /// </summary>
    internal static bool IsOutlier(IReadOnlyList<long> history, long value)
    {
        if (value >= history.Min() && value <= history.Max())
        {
            return false;
        }

        Int128 middle = Median([.. history.Select(one => (Int128)one * 2)]);
        Int128 usual = Median([.. history.Select(one => Int128.Abs(((Int128)one * 2) - middle))]);
        return Int128.Abs(((Int128)value * 2) - middle) > usual * OutlierDistance;
    }

    /// <summary>The lower of the two in the middle.</summary>
    private static Int128 Median(Int128[] values)
    {
        Array.Sort(values);
        return values[(values.Length - 1) / 2];
    }

    /// <summary>Exact: |value - before| / |before| &gt; 30 %. From 0 any other value is a change.</summary>
    private static bool Changed(long before, long value) =>
        Int128.Abs((Int128)value - before) * 100 > Int128.Abs(before) * ChangeLimit;

    private static CellFinding? Of(CellIdentity identity, IReadOnlyList<CheckedCell> cells)
    {
        CheckedCell? total = cells.FirstOrDefault(cell => cell.Indicator == identity.Total);
        CheckedCell[] parts = [.. cells.Where(cell => identity.Parts.Contains(cell.Indicator))];
        // A blank cell is found by its own check; a correction shows only one of the cells.
        if (total?.Value is null || parts.Length != identity.Parts.Count || parts.Any(part => part.Value is null))
        {
            return null;
        }

        int decimals = parts.Append(total).Max(cell => cell.Decimals);
        BigInteger sum = parts.Aggregate(BigInteger.Zero, (before, part) => before + At(part, decimals));
        return sum == At(total, decimals)
            ? null
            : new CellFinding(identity.Total, CellFinding.Hard, Identity, false, identity.ToString());
    }

    private static BigInteger At(CheckedCell cell, int decimals) =>
        new BigInteger(cell.Value!.Value) * BigInteger.Pow(10, decimals - cell.Decimals);
}

using System.Numerics;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Coordination.Statistics;

/// <summary>A cell as the checks see it.</summary>
/// <param name="Value">Whole smallest units; null while blank.</param>
/// <param name="Before">The last approved value of an earlier period, if there is one.</param>
internal sealed record CheckedCell(
    string Indicator, string Name, string Unit, int Decimals, long? Value, long? Before, bool Explained);

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

    /// <summary>Per cent; a larger change against the last approved period wants an explanation.</summary>
    public const int ChangeLimit = 30;

    /// <summary>Units that count things and people; a count is not below 0.</summary>
    private static readonly string[] s_counted = ["家", "人", "件", "个"];

    public static IReadOnlyList<CellFinding> Run(IReadOnlyList<CheckedCell> cells, IReadOnlyList<CellIdentity> identities) =>
    [
        .. cells.SelectMany(Of),
        .. identities.Select(identity => Of(identity, cells)).OfType<CellFinding>(),
    ];

    private static IEnumerable<CellFinding> Of(CheckedCell cell)
    {
        if (cell.Value is not { } value)
        {
            yield return new CellFinding(cell.Indicator, CellFinding.Soft, Missing, cell.Explained, cell.Name);
            yield break;
        }

        if (value < 0 && cell.Decimals == 0 && s_counted.Contains(cell.Unit))
        {
            yield return new CellFinding(cell.Indicator, CellFinding.Hard, Negative, false, cell.Name, cell.Unit);
        }

        if (cell.Before is { } before && Changed(before, value))
        {
            yield return new CellFinding(cell.Indicator, CellFinding.Soft, Change, cell.Explained,
                cell.Name, Quantity.Format(before, cell.Decimals), Quantity.Format(value, cell.Decimals), ChangeLimit);
        }
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

using System.Globalization;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Statistics;

/// <summary>A cell with all that its owner and its reviewers compare it with.</summary>
/// <param name="Newest">The newest revision, approved or not.</param>
/// <param name="InForce">The approved value of this very cell; null before the first approval.</param>
/// <param name="Previous">Approved, of the period before.</param>
/// <param name="YearBefore">Approved, of the same period a year earlier.</param>
/// <param name="History">Approved values of earlier periods, oldest first.</param>
internal sealed record SheetRow(
    Indicator Indicator, Observation? Newest, Observation? InForce, long? Previous, long? YearBefore, IReadOnlyList<long> History,
    string? Explanation, IReadOnlyList<CellQuery> Queries, IReadOnlyList<CellFinding> Findings, bool Locked)
{
    public bool IsWrong => Findings.Any(finding => finding.Severity == CellFinding.Hard);

    /// <summary>A change that nobody has explained.</summary>
    public bool IsUnexplained => Findings.Any(finding => finding is { Code: CellCheck.Change, Explained: false });

    public bool IsExplained => Findings.Any(finding => finding is { Code: CellCheck.Change, Explained: true });

    /// <summary>Far from all earlier values; asks for a second look and blocks nothing.</summary>
    public bool IsOutlier => Findings.Any(finding => finding is { Code: CellCheck.Outlier, Explained: false });

    public bool IsBlank => Newest is null;

    public bool WaitsForAnswer => Queries.Any(query => query.Answer is null);
}

/// <summary>The cells of a return as pages show them.</summary>
internal sealed record ReturnSheet(IReadOnlyList<SheetRow> Rows, IReadOnlyList<StepLine> Steps)
{
    /// <param name="written">What was typed and not yet saved, so that the checks speak of what the page shows.</param>
    public static async Task<ReturnSheet> ReadAsync(
        ReturnReading reading, ReturnFile file, IReadOnlyDictionary<long, long> written, IReadOnlyDictionary<long, string> explained,
        CancellationToken cancel = default)
    {
        IReadOnlyDictionary<long, Observation> newest = await reading.NewestAsync(file, cancel);
        ILookup<long, Observation> approved = await reading.ApprovedAsync(file, cancel);
        IReadOnlyDictionary<long, CellExplanation> explanations = await reading.ExplanationsAsync(file, cancel);
        ILookup<long, CellQuery> queries = await reading.QueriesAsync(file, cancel);
        ILookup<string, CellFinding> findings = (await reading.CheckAsync(file, written, explained, cancel)).ToLookup(finding => finding.Indicator);
        return new ReturnSheet(
        [
            .. file.Indicators.Select(row => new SheetRow(
                row, newest.GetValueOrDefault(row.Id),
                approved[row.Id].FirstOrDefault(value => value.Period == file.Period),
                approved[row.Id].FirstOrDefault(value => value.Period == file.Period.Previous())?.Value,
                approved[row.Id].FirstOrDefault(value => value.Period == file.Period.SameOfLastYear())?.Value,
                [.. approved[row.Id].Where(value => value.Period < file.Period).OrderBy(value => value.Period).Select(value => value.Value)],
                explained.GetValueOrDefault(row.Id) ?? explanations.GetValueOrDefault(row.Id)?.Text, [.. queries[row.Id]], [.. findings[row.Code]],
                file.IsLocked(row))),
        ], await reading.StepsAsync(file, cancel));
    }

    /// <summary>A change for people: +15.4% of a quantity, +1.8 of a percentage (in points); null when there is nothing to compare.</summary>
    public static string? Change(Indicator indicator, long? before, long? value)
    {
        if (before is not { } from || value is not { } to)
        {
            return null;
        }

        decimal change;
        string unit = "%";
        if (indicator.Unit == "%")
        {
            change = Quantity.FromUnits(to, indicator.Decimals) - Quantity.FromUnits(from, indicator.Decimals);
            unit = "";
        }
        else if (from == 0)
        {
            return null;
        }
        else
        {
            change = Math.Round(((decimal)to - from) / Math.Abs((decimal)from) * 100m, 1, MidpointRounding.AwayFromZero);
        }

        string size = Math.Abs(change).ToString(unit.Length > 0 ? "N1" : $"N{indicator.Decimals}", CultureInfo.InvariantCulture);
        return $"{(change > 0 ? "+" : change < 0 ? "−" : "")}{size}{unit}";
    }
}

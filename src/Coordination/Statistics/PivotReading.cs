using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>What is asked of the approved values.</summary>
/// <param name="Rows"><c>district</c>: the branches below the city; <c>unit</c>: each unit that reports.</param>
/// <param name="Columns"><c>period</c>: of one indicator; <c>indicator</c>: of all periods in the range together.</param>
/// <param name="Indicators">Codes; empty for all when they are the columns.</param>
/// <param name="Published">True for a table that leaves the house: small cells are hidden.</param>
internal sealed record PivotRequest(string? Rows, string? Columns, IReadOnlyList<string> Indicators, Period? Since, Period? Until, bool Published);

/// <param name="Value">In the indicator's unit; null when nothing is approved, when it is hidden, or when there is no total.</param>
/// <param name="Units">How many units stand in it.</param>
internal sealed record PivotCell(decimal? Value, int Units, bool Hidden);

internal sealed record PivotRow(string Code, string Name, IReadOnlyList<PivotCell> Cells);

/// <param name="Decimals">Of each column.</param>
/// <param name="Total">Of the rows; what has no total shows none.</param>
internal sealed record Pivot(IReadOnlyList<string> Columns, IReadOnlyList<int> Decimals, IReadOnlyList<PivotRow> Rows, PivotRow Total);

/// <summary>Tables of approved values only, within the actor's scope, as of now.</summary>
internal sealed class PivotReading(PlatformDb db, ApprovedCube cube)
{
    public const string ByDistrict = "district";
    public const string ByUnit = "unit";
    public const string ByPeriod = "period";
    public const string ByIndicator = "indicator";

    private const int MostColumns = 400;

    /// <exception cref="Refusal"><c>pivot.rows</c>, <c>pivot.columns</c>, <c>pivot.one-indicator</c>, <c>pivot.indicator-unknown</c>, <c>pivot.range</c>, <c>pivot.too-wide</c></exception>
    public async Task<Pivot> AskAsync(PivotRequest asked, CancellationToken cancel = default)
    {
        bool byUnit = asked.Rows is ByUnit;
        bool byPeriod = asked.Columns is ByPeriod;
        Require(byUnit || asked.Rows is ByDistrict, "pivot.rows", asked.Rows);
        Require(byPeriod || asked.Columns is ByIndicator, "pivot.columns", asked.Columns);
        Require(asked.Since is not { } since || asked.Until is not { } until || (since.Kind == until.Kind && since <= until), "pivot.range", null);
        List<Indicator> indicators = await IndicatorsAsync(asked, cancel);
        Require(!byPeriod || indicators.Count == 1, "pivot.one-indicator", null);
        List<Organisation> seen = (await db.Set<Organisation>().AsNoTracking().OrderBy(row => row.Path).ToListAsync(cancel)).FindAll(row => db.Actor.Sees(row.Path));
        return await cube.AskAsync(values => Answer(values, asked, indicators, seen, byUnit, byPeriod), cancel);
    }

    private static Pivot Answer(ValueCube cube, PivotRequest asked, List<Indicator> indicators, List<Organisation> seen, bool byUnit, bool byPeriod)
    {
        Period[] periods = byPeriod ? [.. cube.PeriodsOf(indicators[0].Id).Where(period => Within(asked, period))] : [];
        int columns = byPeriod ? periods.Length : indicators.Count;
        Require(columns <= MostColumns, "pivot.too-wide", MostColumns.ToString(CultureInfo.InvariantCulture));
        (List<Organisation> rows, int[] rowOf) = RowsOf(cube, seen, byUnit);
        Dictionary<long, int> place = indicators.Select((row, index) => (row.Id, index)).ToDictionary(row => row.Id, row => row.index);
        CubeTotals totals = cube.Pivot(rows.Count, rowOf, columns, (indicator, period) =>
            !place.TryGetValue(indicator, out int at) || !Within(asked, period) ? -1 : byPeriod ? Array.IndexOf(periods, period) : at);
        int[] filled = [.. Enumerable.Range(0, rows.Count).Where(row => Enumerable.Range(0, columns).Any(column => totals.Counts[row, column] > 0))];
        Indicator[] of = [.. Enumerable.Range(0, columns).Select(column => byPeriod ? indicators[0] : indicators[column])];
        return Draw(asked, filled, [.. filled.Select(row => rows[row])], of, byPeriod ? [.. periods.Select(period => period.ToString())] : [.. of.Select(row => row.Code)], totals, byUnit);
    }

    private static Pivot Draw(
        PivotRequest asked, int[] filled, Organisation[] rows, Indicator[] of, string[] heads, CubeTotals totals, bool byUnit)
    {
        var units = new int[rows.Length, of.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < of.Length; column++)
            {
                units[row, column] = totals.Units[filled[row], column];
            }
        }

        bool[,] hidden = asked.Published ? SmallCells.Hidden(units) : new bool[rows.Length, of.Length];
        return new Pivot(heads, [.. of.Select(row => row.Decimals)],
        [
            .. rows.Select((row, index) => new PivotRow(row.Code, row.Name,
                [.. of.Select((indicator, column) => Cell(indicator, totals.Sums[filled[index], column], totals.Counts[filled[index], column], units[index, column], hidden[index, column], byUnit))])),
        ], new PivotRow("", "",
        [
            .. of.Select((indicator, column) => Cell(indicator, filled.Aggregate(0L, (sum, row) => checked(sum + totals.Sums[row, column])),
                filled.Sum(row => totals.Counts[row, column]), filled.Sum(row => totals.Units[row, column]),
                asked.Published && SmallCells.HidesTotal(units, column), false)),
        ]));
    }

    /// <summary>A unit's own figure of one period is shown whatever its aggregation; what has no total has none here either.</summary>
    private static PivotCell Cell(Indicator indicator, long sum, int count, int units, bool hidden, bool own) =>
        hidden || count == 0 || (indicator.Aggregation == Aggregation.Last && !(own && count == 1)) ? new PivotCell(null, units, hidden)
        : new PivotCell(Quantity.FromUnits(indicator.Aggregation == Aggregation.Average ? Mean(sum, count) : sum, indicator.Decimals), units, false);

    /// <summary>Half away from zero, as every mean of the house.</summary>
    private static long Mean(long sum, int count)
    {
        (Int128 whole, Int128 rest) = Int128.DivRem(sum, count);
        return (long)(Int128.Abs(rest) * 2 >= count ? whole + Int128.Sign(sum) : whole);
    }

    /// <summary>A unit below a branch of the city stands in that branch's row; the city itself in none.</summary>
    private static (List<Organisation> Rows, int[] RowOf) RowsOf(ValueCube cube, List<Organisation> seen, bool byUnit)
    {
        Dictionary<long, Organisation> known = seen.ToDictionary(row => row.Id);
        var rows = new List<Organisation>();
        var places = new Dictionary<long, int>();
        Dictionary<long, int> rowOfUnit = [];
        foreach (Organisation unit in seen)
        {
            // The root, the city, then its branches.
            long branch = byUnit ? unit.Id : Organisation.Chain(unit.Path).ElementAtOrDefault(2);
            if (branch == 0)
            {
                continue;
            }

            Organisation row = known.GetValueOrDefault(branch, unit);
            if (!places.TryGetValue(row.Id, out int place))
            {
                places.Add(row.Id, place = rows.Count);
                rows.Add(row);
            }

            rowOfUnit[unit.Id] = place;
        }

        return (rows, [.. cube.Units.Select(unit => rowOfUnit.GetValueOrDefault(unit, -1))]);
    }

    private async Task<List<Indicator>> IndicatorsAsync(PivotRequest asked, CancellationToken cancel)
    {
        IReadOnlyList<string> codes = asked.Indicators;
        List<Indicator> found = await db.Set<Indicator>().AsNoTracking().Where(row => codes.Count == 0 || codes.Contains(row.Code))
            .OrderBy(row => row.Code).Take(MostColumns + 1).ToListAsync(cancel);
        string? unknown = codes.FirstOrDefault(code => found.TrueForAll(row => row.Code != code));
        return unknown is null ? found : throw new Refusal("pivot.indicator-unknown", 422, unknown);
    }

    private static bool Within(PivotRequest asked, Period period) =>
        (asked.Since is not { } since || (period.Kind == since.Kind && period >= since)) && (asked.Until is not { } until || (period.Kind == until.Kind && period <= until));

    private static void Require(bool right, string code, string? figure)
    {
        if (!right)
        {
            throw new Refusal(code, 422, figure ?? "");
        }
    }
}

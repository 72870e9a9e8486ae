using Lodestone.Kernel;

namespace Lodestone.Coordination.Statistics;

/// <summary>What a column of somebody's sheet holds.</summary>
internal static class ColumnContent
{
    public const string Organisation = "organisation";
    public const string Period = "period";
    public const string Indicator = "indicator";
    public const string Value = "value";
    public const string Explanation = "explanation";

    public static IReadOnlyList<string> All { get; } = [Organisation, Period, Indicator, Value, Explanation];
}

/// <summary>A column, found by its head.</summary>
/// <param name="Holds">A word of <see cref="ColumnContent"/>.</param>
/// <param name="Indicator">Of a value column: the indicator that all its values are of.</param>
/// <param name="Period">Of a value column: the period that all its values are of.</param>
/// <param name="Organisation">Of a value column: the unit that all its values are of.</param>
/// <param name="Carry">A blank cell means what stands above it, as under merged cells.</param>
internal sealed record ImportColumn(
    string? Head, string? Holds, string? Indicator = null, string? Period = null, string? Organisation = null, bool Carry = false);

/// <summary>
/// Where the unit, the period, the indicator and the value stand in a sheet of any layout: each of the three is said by a column, by the
/// value's own column, or once for the whole sheet.
/// </summary>
/// <param name="Sheet">Name of the sheet; null for the first. A CSV has only one.</param>
/// <param name="HeadRow">The row of the heads, from 1; what stands above it is not read.</param>
internal sealed record ImportLayout(
    string? Sheet, int HeadRow, IReadOnlyList<ImportColumn>? Columns, string? Organisation = null, string? Period = null, string? Indicator = null)
{
    public const int MostColumns = 200;
    public const int LastHeadRow = 100;

    /// <exception cref="Refusal">
    /// <c>mapping.head-row</c>, <c>mapping.columns</c>, <c>mapping.column</c> with the head, <c>mapping.head-twice</c>, <c>mapping.period</c>,
    /// <c>mapping.open</c> with what no column, value or sheet says
    /// </exception>
    public void RequireWhole()
    {
        if (HeadRow is < 1 or > LastHeadRow)
        {
            throw new Refusal("mapping.head-row", 422, LastHeadRow);
        }

        IReadOnlyList<ImportColumn> columns = Columns is { Count: > 0 and <= MostColumns } some ? some : throw new Refusal("mapping.columns", 422, MostColumns);
        foreach (ImportColumn column in columns)
        {
            if (string.IsNullOrWhiteSpace(column.Head) || !ColumnContent.All.Contains(column.Holds))
            {
                throw new Refusal("mapping.column", 422, column.Head ?? "", string.Join(' ', ColumnContent.All));
            }
        }

        if (columns.GroupBy(column => SheetHeads.Plain(column.Head!)).FirstOrDefault(heads => heads.Count() > 1) is { } twice)
        {
            throw new Refusal("mapping.head-twice", 422, twice.First().Head!);
        }

        foreach (string period in columns.Select(column => column.Period).Append(Period).OfType<string>())
        {
            if (!PeriodText.TryRead(period, null, out _))
            {
                throw new Refusal("mapping.period", 422, period);
            }
        }

        ImportColumn[] values = [.. columns.Where(column => column.Holds == ColumnContent.Value)];
        if (values.Length == 0)
        {
            throw new Refusal("mapping.open", 422, ColumnContent.Value);
        }

        RequireSaid(values, ColumnContent.Indicator, Indicator, column => column.Indicator);
        RequireSaid(values, ColumnContent.Organisation, Organisation, column => column.Organisation);
        RequireSaid(values, ColumnContent.Period, Period, column => column.Period);
    }

    private void RequireSaid(ImportColumn[] values, string what, string? once, Func<ImportColumn, string?> own)
    {
        int columns = Columns!.Count(column => column.Holds == what);
        if (columns > 1 || (columns == 0 && once is null && values.Any(column => own(column) is null)))
        {
            throw new Refusal("mapping.open", 422, what);
        }
    }
}

/// <summary>The heads of a sheet as they are compared: without blanks and line breaks, full-width signs as half-width.</summary>
internal static class SheetHeads
{
    public static string Plain(string head) =>
        string.Concat(head.Where(each => !char.IsWhiteSpace(each))).Normalize(System.Text.NormalizationForm.FormKC);

    /// <summary>The place of each column of the layout.</summary>
    /// <exception cref="Refusal"><c>import.head-missing</c> with the head, the row and what was found; <c>import.head-twice</c></exception>
    public static int[] Find(SheetSource sheet, ImportLayout layout)
    {
        while (sheet.Row < layout.HeadRow)
        {
            if (!sheet.Read())
            {
                throw new Refusal("import.head-missing", 422, layout.Columns![0].Head!, layout.HeadRow, "");
            }
        }

        string[] found = [.. Enumerable.Range(0, sheet.Width).Select(column => Plain(sheet.Text(column)))];
        return [.. layout.Columns!.Select(column =>
        {
            string head = Plain(column.Head!);
            int place = Array.IndexOf(found, head);
            return place < 0
                ? throw new Refusal("import.head-missing", 422, column.Head!, layout.HeadRow, string.Join('、', found.Where(one => one.Length > 0).Take(12)))
                : Array.LastIndexOf(found, head) != place ? throw new Refusal("import.head-twice", 422, column.Head!) : place;
        })];
    }
}

using System.Globalization;
using Lodestone.Kernel.Indicators;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Lodestone.Coordination.Statistics;

/// <summary>A line to write.</summary>
/// <param name="Shown">Stands in place of the value when the value could not be read.</param>
internal sealed record WorkbookLine(Indicator? Indicator, string Code, long? Value, string Shown, string? Explanation, string? Reason);

/// <summary>Writes a return's workbook: the template with present values, or the refused rows with the reason beside each.</summary>
internal static class WorkbookWriter
{
    public static async Task WriteAsync(
        Stream to, ReturnFile file, string periodLabel, IReadOnlyList<WorkbookLine> lines, bool reasons, CancellationToken cancel = default)
    {
        await using Spreadsheet book = await Spreadsheet.CreateNewAsync(to, cancellationToken: cancel);
        var bold = new Style();
        bold.Font.Bold = true;
        StyleId strong = book.AddStyle(bold);
        var pale = new Style();
        pale.Font.Color = System.Drawing.Color.Gray;
        StyleId grey = book.AddStyle(pale);
        await book.StartWorksheetAsync(ReturnWorkbook.Sheet, Layout(reasons), cancel);
        await book.AddRowAsync([new StyledCell(file.Form.Name, strong)], cancel);
        await book.AddRowAsync(
        [
            new StyledCell($"文号 {file.Form.DocumentNumber}", null),
            new StyledCell($"制定机关 {file.Form.Authority}　批准（备案）号 {file.Form.ApprovalNumber}　有效期至 {file.Form.ValidUntil:yyyy-MM-dd}", null),
        ], cancel);
        await book.AddRowAsync([new StyledCell("填报单位", null), new StyledCell(file.Organisation.Name, strong)], cancel);
        await book.AddRowAsync([new StyledCell("期别", null), new StyledCell(periodLabel, strong)], cancel);
        await book.AddRowAsync(
        [
            new StyledCell(ReturnWorkbook.Mark, grey), new StyledCell(file.Form.Code, grey), new StyledCell(file.Organisation.Code, grey),
            new StyledCell(file.Period.ToString(), grey), new StyledCell("这一行供机器核对，请勿改动", grey),
        ], cancel);
        await book.AddRowAsync(
            [.. ReturnWorkbook.Heads.Concat(reasons ? [ReturnWorkbook.Reason] : []).Select(head => new StyledCell(head, strong))], cancel);
        foreach (WorkbookLine line in lines)
        {
            await book.AddRowAsync(Row(line, reasons), cancel);
        }

        await book.FinishAsync(cancel);
    }

    private static WorksheetOptions Layout(bool reasons)
    {
        var layout = new WorksheetOptions { FrozenRows = ReturnWorkbook.HeadRow };
        double[] widths = reasons ? [18, 30, 10, 8, 20, 40, 60] : [18, 30, 10, 8, 20, 40];
        for (int column = 0; column < widths.Length; column++)
        {
            layout.Column(column + 1).Width = widths[column];
        }

        return layout;
    }

    private static StyledCell[] Row(WorkbookLine line, bool reasons)
    {
        StyledCell[] cells =
        [
            new(line.Code, null),
            new(line.Indicator?.Name, null),
            new(line.Indicator?.Unit, null),
            new(line.Indicator?.Decimals, null),
            Value(line),
            new(line.Explanation, null),
        ];
        return reasons ? [.. cells, new(line.Reason, null)] : cells;
    }

    /// <summary>A number, unless a spreadsheet would not keep all its digits: then its text, which is read back exactly.</summary>
    private static StyledCell Value(WorkbookLine line)
    {
        if (line.Value is not { } units || line.Indicator is not { } indicator)
        {
            return new StyledCell(line.Shown, null);
        }

        decimal value = Quantity.FromUnits(units, indicator.Decimals);
        return Int128.Abs(units) < 1_000_000_000_000_000
            ? new StyledCell(value, null)
            : new StyledCell(value.ToString(CultureInfo.InvariantCulture), null);
    }
}

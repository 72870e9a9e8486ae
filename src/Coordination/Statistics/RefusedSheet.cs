using System.Globalization;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// Brings the refused rows of a sheet back in its own layout, heads and all, with the reason behind the last column: put right, the same
/// file is imported again.
/// </summary>
internal static class RefusedSheet
{
    /// <summary>More refused rows than this speak of a wrong mapping, not of wrong rows.</summary>
    private const int MostRows = 50_000;

    /// <param name="source">At its beginning.</param>
    /// <param name="reasonOf">Why a row was refused; empty for a row that was taken.</param>
    public static async Task<MemoryStream> WriteAsync(SheetSource source, ImportLayout layout, Func<int, string> reasonOf, CancellationToken cancel = default)
    {
        var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancel))
        {
            var bold = new Style();
            bold.Font.Bold = true;
            StyleId strong = book.AddStyle(bold);
            await book.StartWorksheetAsync(layout.Sheet ?? "Sheet1", token: cancel);
            int written = 0;
            int width = 0;
            int row = 0;
            while (written < MostRows && source.Read())
            {
                bool head = source.Row <= layout.HeadRow;
                string reason = head ? "" : reasonOf(source.Row);
                if (!head && reason.Length == 0)
                {
                    continue;
                }

                // Above the heads every row keeps its number, even where the file left one out.
                for (row++; head && row < source.Row; row++)
                {
                    await book.AddRowAsync(ReadOnlyMemory<StyledCell>.Empty, cancel);
                }

                width = head ? LastOf(source) : Math.Max(width, 1);
                await book.AddRowAsync(
                    [
                        .. Enumerable.Range(0, width).Select(column => Cell(source.Text(column), head ? strong : null)),
                        source.Row < layout.HeadRow ? default : new StyledCell(head ? ReturnWorkbook.Reason : reason, head ? strong : null),
                    ], cancel);
                written += head ? 0 : 1;
            }

            await book.FinishAsync(cancel);
        }

        content.Position = 0;
        return content;
    }

    private static int LastOf(SheetSource source)
    {
        int width = source.Width;
        while (width > 0 && source.Span(width - 1).IsEmpty)
        {
            width--;
        }

        return width;
    }

    /// <summary>A number as a number, where a spreadsheet keeps all its digits and would not write it differently.</summary>
    private static StyledCell Cell(string text, StyleId? style) =>
        text.Length <= ReturnWorkbook.KeptDigits && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? new StyledCell(number, style)
            : new StyledCell(text, style);
}

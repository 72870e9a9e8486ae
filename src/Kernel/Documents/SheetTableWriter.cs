using System.Globalization;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Lodestone.Kernel.Documents;

/// <summary>How the columns of a workbook look.</summary>
/// <param name="Widths">Characters, by head.</param>
/// <param name="UsualWidth">Of every other column.</param>
/// <param name="ReasonWidth">Of the column of reasons.</param>
/// <param name="Numbers">Heads under which a number is written as one, so that a spreadsheet can sum it.</param>
public sealed record SheetLook(IReadOnlyDictionary<string, double> Widths, double UsualWidth, double ReasonWidth, IReadOnlyCollection<string> Numbers);

/// <summary>Writes what <see cref="SheetTable"/> reads, and brings rejected rows back with the reason beside each.</summary>
public static class SheetTableWriter
{
    /// <summary>Only in the workbook that brings rejected rows back; ignored when it is sent again.</summary>
    public const string Reason = "没有收下的原因";

    /// <summary>A spreadsheet keeps so many digits of a number.</summary>
    private const int MostDigits = 15;

    /// <param name="rows">Of all sheets, each in its order.</param>
    /// <param name="reasons">The reason of each rejected row by sheet and number; null for a plain workbook.</param>
    /// <param name="lookup">A last sheet, only to look something up in: it is not read and has no reasons.</param>
    public static async Task<byte[]> WriteAsync(
        IReadOnlyList<SheetLayout> layouts, IEnumerable<SheetLine> rows, IReadOnlyDictionary<(string Sheet, int Number), string>? reasons, SheetLook look,
        SheetLayout? lookup = null, CancellationToken cancel = default)
    {
        ILookup<string, SheetLine> bySheet = rows.ToLookup(row => row.Sheet);
        using var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancel))
        {
            var bold = new Style();
            bold.Font.Bold = true;
            StyleId strong = book.AddStyle(bold);
            var red = new Style();
            red.Font.Color = System.Drawing.Color.Firebrick;
            StyleId bad = book.AddStyle(red);
            foreach (SheetLayout sheet in lookup is null ? layouts : [.. layouts, lookup])
            {
                bool reasoned = reasons is not null && sheet != lookup;
                await StartAsync(book, sheet.Name, reasoned ? [.. sheet.Heads, Reason] : sheet.Heads, look, strong, cancel);
                foreach (SheetLine row in bySheet[sheet.Name])
                {
                    List<StyledCell> cells = [.. sheet.Heads.Select(head => Cell(look, head, row[head]))];
                    if (reasoned)
                    {
                        cells.Add(new StyledCell(reasons!.GetValueOrDefault((row.Sheet, row.Number)), bad));
                    }

                    await book.AddRowAsync(cells, cancel);
                }
            }

            await book.FinishAsync(cancel);
        }

        return content.ToArray();
    }

    private static async Task StartAsync(Spreadsheet book, string name, IReadOnlyList<string> heads, SheetLook look, StyleId strong, CancellationToken cancel)
    {
        var layout = new WorksheetOptions { FrozenRows = 1 };
        for (int column = 0; column < heads.Count; column++)
        {
            layout.Column(column + 1).Width = heads[column] == Reason ? look.ReasonWidth : look.Widths.GetValueOrDefault(heads[column], look.UsualWidth);
        }

        await book.StartWorksheetAsync(name, layout, cancel);
        await book.AddRowAsync([.. heads.Select(head => new StyledCell(head, strong))], cancel);
    }

    /// <summary>A number where the column holds numbers and all its digits are kept; else the text as it is.</summary>
    private static StyledCell Cell(SheetLook look, string head, string text) =>
        look.Numbers.Contains(head) && text.Length <= MostDigits
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number)
            ? new StyledCell(number, null)
            : new StyledCell(text, null);
}

using System.Globalization;
using Lodestone.Kernel.Documents;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Lodestone.Coordination.Plans;

/// <summary>Writes a plan's workbook: one sheet a table, and, when rows were rejected, the reason beside each of them.</summary>
internal static class PlanWorkbookWriter
{
    private static readonly string[] s_numbers = ["权重", "小数位", "目标值"];

    /// <summary>Width of a column by its head; the rest get <see cref="UsualWidth"/>.</summary>
    private static readonly Dictionary<string, double> s_widths = new()
    {
        ["名称"] = 36,
        ["内容"] = 50,
        ["指标解释"] = 60,
        ["配合单位"] = 50,
        ["成员单位"] = 60,
        ["牵头单位"] = 28,
        ["设在"] = 28,
        ["责任单位"] = 28,
        ["单位"] = 28,
    };

    private const double UsualWidth = 14;
    private const double ReasonWidth = 60;

    /// <param name="rows">Rows of every sheet in order.</param>
    /// <param name="units">Codes and names for the sheet where units are looked up.</param>
    /// <param name="reasons">The reason of each rejected row by sheet and number; null for a plain workbook.</param>
    public static async Task<MemoryStream> WriteAsync(
        IEnumerable<SheetLine> rows, IReadOnlyList<(string Code, string Name)> units, IReadOnlyDictionary<(string Sheet, int Number), string>? reasons,
        CancellationToken cancel = default)
    {
        ILookup<string, SheetLine> bySheet = rows.ToLookup(row => row.Sheet);
        var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancel))
        {
            var bold = new Style();
            bold.Font.Bold = true;
            StyleId strong = book.AddStyle(bold);
            var red = new Style();
            red.Font.Color = System.Drawing.Color.Firebrick;
            StyleId bad = book.AddStyle(red);
            foreach (SheetLayout sheet in PlanWorkbook.Sheets)
            {
                string[] heads = reasons is null ? [.. sheet.Heads] : [.. sheet.Heads, PlanWorkbook.Reason];
                await StartAsync(book, sheet.Name, heads, strong, cancel);
                foreach (SheetLine row in bySheet[sheet.Name])
                {
                    List<StyledCell> cells = [.. sheet.Heads.Select(head => Cell(head, row[head]))];
                    if (reasons is not null)
                    {
                        cells.Add(new StyledCell(reasons.GetValueOrDefault((row.Sheet, row.Number)), bad));
                    }

                    await book.AddRowAsync(cells, cancel);
                }
            }

            await StartAsync(book, PlanWorkbook.Units, ["代码", "名称"], strong, cancel);
            foreach ((string code, string name) in units)
            {
                await book.AddRowAsync([new StyledCell(code, null), new StyledCell(name, null)], cancel);
            }

            await book.FinishAsync(cancel);
        }

        content.Position = 0;
        return content;
    }

    private static async Task StartAsync(Spreadsheet book, string name, string[] heads, StyleId strong, CancellationToken cancel)
    {
        var layout = new WorksheetOptions { FrozenRows = 1 };
        for (int column = 0; column < heads.Length; column++)
        {
            layout.Column(column + 1).Width = heads[column] == PlanWorkbook.Reason ? ReasonWidth : s_widths.GetValueOrDefault(heads[column], UsualWidth);
        }

        await book.StartWorksheetAsync(name, layout, cancel);
        await book.AddRowAsync([.. heads.Select(head => new StyledCell(head, strong))], cancel);
    }

    /// <summary>A number where the column holds numbers and a spreadsheet keeps all its digits; else the text as it is.</summary>
    private static StyledCell Cell(string head, string text) =>
        s_numbers.Contains(head) && text.Length <= 15 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number)
            ? new StyledCell(number, null)
            : new StyledCell(text, null);
}

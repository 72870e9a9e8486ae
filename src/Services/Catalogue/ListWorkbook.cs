using Lodestone.Kernel;
using Lodestone.Kernel.Documents;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Lodestone.Services.Catalogue;

/// <summary>
/// The layout of a list's workbook, written and read. Its words are part of the file's format and stay Chinese in every language of the pages,
/// so that a file made in one can be read in the other. Nothing in a sent file is believed.
/// </summary>
internal static class ListWorkbook
{
    public const string Entries = "清单";
    public const string Materials = "材料";

    /// <summary>Only in the workbook that brings rejected rows back; ignored when it is sent again.</summary>
    public const string Reason = "没有收下的原因";

    private const int MostRows = 20_000;

    public static IReadOnlyDictionary<string, string[]> Sheets { get; } = new Dictionary<string, string[]>
    {
        [Entries] =
        [
            "编码", "清单", "名称", "类别", "依据", "内容", "法定时限", "承诺时限", "即办", "补正时限", "环节", "特别程序", "收费", "并联部门", "下放区县", "改革前环节", "改革前材料", "改革前天数",
        ],
        [Materials] = ["编码", "材料编码", "材料名称", "等级", "必交", "可容缺", "可承诺", "有效月数"],
    };

    /// <param name="reasons">The reason of each rejected row by sheet and number; null for a plain workbook.</param>
    public static async Task<byte[]> WriteAsync(IEnumerable<SheetLine> rows, IReadOnlyDictionary<(string Sheet, int Number), string>? reasons, CancellationToken cancel = default)
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
            foreach ((string sheet, string[] heads) in Sheets)
            {
                string[] columns = reasons is null ? heads : [.. heads, Reason];
                var layout = new WorksheetOptions { FrozenRows = 1 };
                for (int column = 0; column < columns.Length; column++)
                {
                    layout.Column(column + 1).Width = columns[column] is "名称" or "材料名称" or "依据" or "内容" or "环节" or Reason ? 40 : 12;
                }

                await book.StartWorksheetAsync(sheet, layout, cancel);
                await book.AddRowAsync([.. columns.Select(head => new StyledCell(head, strong))], cancel);
                foreach (SheetLine row in bySheet[sheet])
                {
                    List<StyledCell> cells = [.. heads.Select(head => new StyledCell(row[head], null))];
                    if (reasons is not null)
                    {
                        cells.Add(new StyledCell(reasons.GetValueOrDefault((sheet, row.Number)), bad));
                    }

                    await book.AddRowAsync(cells, cancel);
                }
            }

            await book.FinishAsync(cancel);
        }

        return content.ToArray();
    }

    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">Those of <see cref="SheetTable.Read"/>; <c>list.file-sheet</c>, <c>list.file-heads</c>, <c>list.file-rows</c></exception>
    public static IReadOnlyList<SheetLine> Read(Stream content) => SheetTable.Read(
        content, [.. Sheets.Select(sheet => new SheetLayout(sheet.Key, sheet.Value, sheet.Key == Entries))], MostRows, new("list.file-sheet", "list.file-heads", "list.file-rows"));
}

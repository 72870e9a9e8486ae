using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Lodestone.Services.Catalogue;

/// <summary>A row as a person wrote it.</summary>
/// <param name="Number">As the spreadsheet counts, from 1; 1 is the heads.</param>
internal sealed record ListRow(string Sheet, int Number, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string head] => Cells.GetValueOrDefault(head, "");
}

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

    private const long MostUnpacked = 100 * 1024 * 1024;
    private const int MostRows = 20_000;
    private const int MostColumns = 60;
    private const int MostSheets = 40;

    public static IReadOnlyDictionary<string, string[]> Sheets { get; } = new Dictionary<string, string[]>
    {
        [Entries] =
        [
            "编码", "清单", "名称", "类别", "依据", "内容", "法定时限", "承诺时限", "即办", "补正时限", "环节", "特别程序", "收费", "并联部门", "下放区县", "改革前环节", "改革前材料", "改革前天数",
        ],
        [Materials] = ["编码", "材料编码", "材料名称", "等级", "必交", "可容缺", "可承诺", "有效月数"],
    };

    // The library asks for a code page even where it reads none.
    static ListWorkbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="reasons">The reason of each rejected row by sheet and number; null for a plain workbook.</param>
    public static async Task<byte[]> WriteAsync(IEnumerable<ListRow> rows, IReadOnlyDictionary<(string Sheet, int Number), string>? reasons, CancellationToken cancel = default)
    {
        ILookup<string, ListRow> bySheet = rows.ToLookup(row => row.Sheet);
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
                foreach (ListRow row in bySheet[sheet])
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
    /// <exception cref="Refusal">Those of <see cref="WorkbookSafety.RequireXlsx"/>; <c>list.file-sheet</c>, <c>list.file-heads</c>, <c>list.file-rows</c></exception>
    public static IReadOnlyList<ListRow> Read(Stream content)
    {
        WorkbookSafety.RequireXlsx(content, MostUnpacked);
        var rows = new List<ListRow>();
        var seen = new HashSet<string>();
        try
        {
            content.Position = 0;
            using IExcelDataReader reader = ExcelReaderFactory.CreateOpenXmlReader(content, new ExcelReaderConfiguration { LeaveOpen = true });
            int sheets = 0;
            do
            {
                if (Sheets.TryGetValue(reader.Name, out string[]? heads) && seen.Add(reader.Name))
                {
                    rows.AddRange(ReadSheet(reader, reader.Name, heads));
                }
            }
            while (++sheets < MostSheets && reader.NextResult());
        }
        catch (Exception error) when (WorkbookSafety.IsOfTheFile(error))
        {
            throw new Refusal(error is InvalidPasswordException ? "workbook.protected" : "workbook.broken");
        }

        return seen.Contains(Entries) ? rows : throw new Refusal("list.file-sheet", 422, Entries);
    }

    private static List<ListRow> ReadSheet(IExcelDataReader reader, string sheet, string[] heads)
    {
        var columns = new Dictionary<string, int>();
        if (reader.Read())
        {
            for (int column = 0; column < Math.Min(reader.FieldCount, MostColumns); column++)
            {
                if (heads.Contains(Text(reader, column)))
                {
                    columns.TryAdd(Text(reader, column), column);
                }
            }
        }

        if (heads.FirstOrDefault(head => !columns.ContainsKey(head)) is { } missing)
        {
            throw new Refusal("list.file-heads", 422, sheet, missing);
        }

        var rows = new List<ListRow>();
        for (int number = 2; reader.Read(); number++)
        {
            if (number > MostRows)
            {
                throw new Refusal("list.file-rows", 422, sheet, MostRows);
            }

            var cells = columns.ToDictionary(pair => pair.Key, pair => Text(reader, pair.Value));
            if (cells.Values.Any(cell => cell.Length > 0))
            {
                rows.Add(new ListRow(sheet, number, cells));
            }
        }

        return rows;
    }

    private static string Text(IExcelDataReader reader, int column) => column >= reader.FieldCount ? "" : reader.GetValue(column) switch
    {
        null => "",
        double number => number.ToString("G15", CultureInfo.InvariantCulture),
        { } other => string.Format(CultureInfo.InvariantCulture, "{0}", other).Trim(),
    };
}

using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Lodestone.Coordination.Advice;

/// <summary>A row of a roster as a person wrote it.</summary>
/// <param name="Number">As the spreadsheet counts, from 1; 1 is the heads.</param>
internal sealed record RosterRow(int Number, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string head] => Cells.GetValueOrDefault(head, "");
}

/// <summary>
/// The layout of the committee's roster (专家名册) as a workbook, written and read. Its words are part of the file's format and stay Chinese in every
/// language of the pages, so that a file made in one can be read in the other. Nothing in a sent file is believed.
/// </summary>
internal static class ExpertRoster
{
    public const string Sheet = "专家名册";
    public const string Committee = "委员会代码";
    public const string Account = "账号";

    /// <summary>The account's own; shown, never read.</summary>
    public const string Name = "姓名";

    public const string Employer = "工作单位";
    public const string EmployerCode = "单位代码";
    public const string Fields = "专业领域";
    public const string From = "任期起";
    public const string Until = "任期止";

    /// <summary>Empty for a new expert.</summary>
    public const string Version = "版本";

    /// <summary>Only in the workbook that brings rejected rows back; ignored when it is sent again.</summary>
    public const string Reason = "没有收下的原因";

    /// <summary>Experts in one workbook, either way.</summary>
    public const int MostExperts = 5000;

    private const long MostUnpacked = 50 * 1024 * 1024;
    private const int MostColumns = 60;
    private const int MostSheets = 40;

    private static readonly string[] s_days = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"];

    // The library asks for a code page even where it reads none.
    static ExpertRoster() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static IReadOnlyList<string> Heads { get; } = [Committee, Account, Name, Employer, EmployerCode, Fields, From, Until, Version];

    /// <param name="kept">Whether the reader keeps this roster: accounts, codes and versions are for whoever may send it back.</param>
    public static RosterRow Of(RosterLine line, int number, bool kept) => new(number, new Dictionary<string, string>
    {
        [Committee] = line.Committee,
        [Account] = kept ? line.Account : "",
        [Name] = line.Row.Name,
        [Employer] = line.Row.Employer,
        [EmployerCode] = kept ? line.HouseCode ?? "" : "",
        [Fields] = line.Row.Fields,
        [From] = line.Row.TermFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [Until] = line.Row.TermUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [Version] = kept ? line.Row.Version.ToString(CultureInfo.InvariantCulture) : "",
    });

    /// <summary>The row as the office enters an expert; an empty day is null.</summary>
    /// <exception cref="Refusal"><c>advice.row-day</c></exception>
    public static ExpertText Text(RosterRow row) =>
        new(row[Committee], row[Account], row[Employer], row[EmployerCode], row[Fields], Day(row, From), Day(row, Until));

    /// <param name="reasons">The reason of each rejected row by number; null for a plain workbook.</param>
    public static async Task<byte[]> WriteAsync(IEnumerable<RosterRow> rows, IReadOnlyDictionary<int, string>? reasons, CancellationToken cancel = default)
    {
        string[] columns = reasons is null ? [.. Heads] : [.. Heads, Reason];
        using var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancel))
        {
            var bold = new Style();
            bold.Font.Bold = true;
            StyleId strong = book.AddStyle(bold);
            var red = new Style();
            red.Font.Color = System.Drawing.Color.Firebrick;
            StyleId bad = book.AddStyle(red);
            var layout = new WorksheetOptions { FrozenRows = 1 };
            for (int column = 0; column < columns.Length; column++)
            {
                layout.Column(column + 1).Width = columns[column] is Employer or Fields or Reason ? 36 : 14;
            }

            await book.StartWorksheetAsync(Sheet, layout, cancel);
            await book.AddRowAsync([.. columns.Select(head => new StyledCell(head, strong))], cancel);
            foreach (RosterRow row in rows)
            {
                List<StyledCell> cells = [.. Heads.Select(head => new StyledCell(row[head], null))];
                if (reasons is not null)
                {
                    cells.Add(new StyledCell(reasons.GetValueOrDefault(row.Number), bad));
                }

                await book.AddRowAsync(cells, cancel);
            }

            await book.FinishAsync(cancel);
        }

        return content.ToArray();
    }

    /// <summary>The rows in their order; empty ones are left out.</summary>
    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">
    /// Those of <see cref="WorkbookSafety.RequireXlsx"/>; <c>advice.file-sheet</c>, <c>advice.file-heads</c>, <c>advice.file-rows</c>
    /// </exception>
    public static IReadOnlyList<RosterRow> Read(Stream content)
    {
        WorkbookSafety.RequireXlsx(content, MostUnpacked);
        try
        {
            content.Position = 0;
            using IExcelDataReader reader = ExcelReaderFactory.CreateOpenXmlReader(content, new ExcelReaderConfiguration { LeaveOpen = true });
            int sheets = 0;
            do
            {
                if (reader.Name == Sheet)
                {
                    return ReadSheet(reader);
                }
            }
            while (++sheets < MostSheets && reader.NextResult());
        }
        catch (Exception error) when (WorkbookSafety.IsOfTheFile(error))
        {
            throw new Refusal(error is InvalidPasswordException ? "workbook.protected" : "workbook.broken");
        }

        throw new Refusal("advice.file-sheet", 422, Sheet);
    }

    private static List<RosterRow> ReadSheet(IExcelDataReader reader)
    {
        var columns = new Dictionary<string, int>();
        if (reader.Read())
        {
            for (int column = 0; column < Math.Min(reader.FieldCount, MostColumns); column++)
            {
                if (Heads.Contains(Cell(reader, column)))
                {
                    columns.TryAdd(Cell(reader, column), column);
                }
            }
        }

        if (Heads.FirstOrDefault(head => !columns.ContainsKey(head)) is { } missing)
        {
            throw new Refusal("advice.file-heads", 422, Sheet, missing);
        }

        var rows = new List<RosterRow>();
        for (int number = 2; reader.Read(); number++)
        {
            if (number > MostExperts + 1)
            {
                throw new Refusal("advice.file-rows", 422, Sheet, MostExperts);
            }

            var cells = columns.ToDictionary(pair => pair.Key, pair => Cell(reader, pair.Value));
            if (cells.Values.Any(cell => cell.Length > 0))
            {
                rows.Add(new RosterRow(number, cells));
            }
        }

        return rows;
    }

    private static string Cell(IExcelDataReader reader, int column) => column >= reader.FieldCount ? "" : reader.GetValue(column) switch
    {
        null => "",
        // The spreadsheet makes a day of what a person types as one.
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("G15", CultureInfo.InvariantCulture),
        { } other => string.Format(CultureInfo.InvariantCulture, "{0}", other).Trim(),
    };

    private static DateOnly? Day(RosterRow row, string head) =>
        row[head].Length == 0 ? null
        : DateOnly.TryParseExact(row[head], s_days, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw new Refusal("advice.row-day", 422, head, row[head]);
}

using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Lodestone.Kernel.Documents;

/// <summary>A row of a sheet with heads, as a person wrote it.</summary>
/// <param name="Number">As the spreadsheet counts, from 1; 1 is the heads.</param>
/// <param name="Cells">By head; an empty text where nothing stands.</param>
public sealed record SheetLine(string Sheet, int Number, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>The cell under a head; empty where there is none.</summary>
    public string this[string head] => Cells.GetValueOrDefault(head, "");
}

/// <summary>A sheet that a workbook may hold.</summary>
/// <param name="Heads">The heads of row 1, in order; each must be there once.</param>
/// <param name="Required">Whether a workbook without it is refused.</param>
public sealed record SheetLayout(string Name, IReadOnlyList<string> Heads, bool Required);

/// <summary>The codes by which a mechanism refuses a workbook.</summary>
/// <param name="Sheet">A required sheet is missing; figure: its name.</param>
/// <param name="Heads">A head is missing or stands there twice; figures: the sheet, the head.</param>
/// <param name="Rows">Too many rows; figures: the sheet, how many are read.</param>
public sealed record SheetCodes(string Sheet, string Heads, string Rows);

/// <summary>
/// Reads the sheets of a workbook whose layout the product itself gave out. Nothing in the file is believed: not its ending, its declared sizes or its
/// dimension.
/// </summary>
public static class SheetTable
{
    /// <summary>Bytes after unpacking.</summary>
    private const long MostUnpacked = 100 * 1024 * 1024;

    private const int MostSheets = 40;

    private const int MostColumns = 60;

    // The library asks for a code page even where it reads none.
    static SheetTable() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The rows of every known sheet, in their order; empty rows are left out.</summary>
    /// <param name="content">Seekable.</param>
    /// <param name="mostRows">Rows of a sheet, with the heads.</param>
    /// <exception cref="Refusal">Those of <see cref="WorkbookSafety.RequireXlsx"/> and <paramref name="codes"/></exception>
    public static IReadOnlyList<SheetLine> Read(Stream content, IReadOnlyList<SheetLayout> layouts, int mostRows, SheetCodes codes)
    {
        WorkbookSafety.RequireXlsx(content, MostUnpacked);
        var rows = new List<SheetLine>();
        var seen = new HashSet<string>();
        try
        {
            content.Position = 0;
            using IExcelDataReader reader = ExcelReaderFactory.CreateOpenXmlReader(content, new ExcelReaderConfiguration { LeaveOpen = true });
            int sheets = 0;
            do
            {
                if (layouts.FirstOrDefault(one => one.Name == reader.Name) is { } layout && seen.Add(layout.Name))
                {
                    rows.AddRange(ReadSheet(reader, layout, mostRows, codes));
                }
            }
            while (++sheets < MostSheets && reader.NextResult());
        }
        catch (Exception error) when (WorkbookSafety.IsOfTheFile(error))
        {
            throw new Refusal(error is InvalidPasswordException ? "workbook.protected" : "workbook.broken");
        }

        return layouts.FirstOrDefault(one => one.Required && !seen.Contains(one.Name)) is { } missing ? throw new Refusal(codes.Sheet, 422, missing.Name) : rows;
    }

    private static List<SheetLine> ReadSheet(IExcelDataReader reader, SheetLayout layout, int mostRows, SheetCodes codes)
    {
        var columns = new Dictionary<string, int>();
        if (reader.Read())
        {
            for (int column = 0; column < Math.Min(reader.FieldCount, MostColumns); column++)
            {
                if (layout.Heads.Contains(Text(reader, column)) && !columns.TryAdd(Text(reader, column), column))
                {
                    throw new Refusal(codes.Heads, 422, layout.Name, Text(reader, column));
                }
            }
        }

        if (layout.Heads.FirstOrDefault(head => !columns.ContainsKey(head)) is { } missing)
        {
            throw new Refusal(codes.Heads, 422, layout.Name, missing);
        }

        var rows = new List<SheetLine>();
        for (int number = 2; reader.Read(); number++)
        {
            if (number > mostRows)
            {
                throw new Refusal(codes.Rows, 422, layout.Name, mostRows);
            }

            var cells = columns.ToDictionary(pair => pair.Key, pair => Text(reader, pair.Value));
            if (cells.Values.Any(cell => cell.Length > 0))
            {
                rows.Add(new SheetLine(layout.Name, number, cells));
            }
        }

        return rows;
    }

    private static string Text(IExcelDataReader reader, int column) => column >= reader.FieldCount ? "" : reader.GetValue(column) switch
    {
        null => "",
        // The spreadsheet makes a day of what a person types as one.
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        // As the spreadsheet shows it: 15 digits, so 0.1 + 0.2 is 0.3.
        double number => number.ToString("G15", CultureInfo.InvariantCulture),
        { } other => string.Format(CultureInfo.InvariantCulture, "{0}", other).Trim(),
    };
}

using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;

namespace Lodestone.Coordination.Plans;

/// <summary>Reads a plan's workbook that somebody sends. Nothing in the file is believed: not its ending, its declared sizes or its dimension.</summary>
internal static class PlanWorkbookReader
{
    /// <summary>Bytes after unpacking.</summary>
    private const long MostUnpacked = 100 * 1024 * 1024;

    private const int MostSheets = 40;

    /// <summary>A large city plan has 4,000 milestones.</summary>
    private const int MostRows = 20_000;

    private const int MostColumns = 60;

    // The library asks for a code page even where it reads none.
    static PlanWorkbookReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The rows of every known sheet; empty rows are left out.</summary>
    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">
    /// Those of <see cref="WorkbookSafety.RequireXlsx"/>; <c>plan.file-sheet</c>, <c>plan.file-heads</c>, <c>plan.file-rows</c>
    /// </exception>
    public static IReadOnlyList<SheetRow> Read(Stream content)
    {
        WorkbookSafety.RequireXlsx(content, MostUnpacked);
        var rows = new List<SheetRow>();
        var seen = new HashSet<string>();
        try
        {
            content.Position = 0;
            using IExcelDataReader reader = ExcelReaderFactory.CreateOpenXmlReader(content, new ExcelReaderConfiguration { LeaveOpen = true });
            int sheets = 0;
            do
            {
                if (PlanWorkbook.Sheets.FirstOrDefault(one => one.Name == reader.Name) is { } layout && seen.Add(layout.Name))
                {
                    rows.AddRange(ReadSheet(reader, layout));
                }
            }
            while (++sheets < MostSheets && reader.NextResult());
        }
        catch (Exception error) when (WorkbookSafety.IsOfTheFile(error))
        {
            throw new Refusal(error is InvalidPasswordException ? "workbook.protected" : "workbook.broken");
        }

        return PlanWorkbook.Sheets.FirstOrDefault(one => one.Required && !seen.Contains(one.Name)) is { } missing
            ? throw new Refusal("plan.file-sheet", 422, missing.Name)
            : rows;
    }

    private static List<SheetRow> ReadSheet(IExcelDataReader reader, SheetLayout layout)
    {
        var columns = new Dictionary<string, int>();
        if (reader.Read())
        {
            for (int column = 0; column < Math.Min(reader.FieldCount, MostColumns); column++)
            {
                if (layout.Heads.Contains(Text(reader, column)) && !columns.TryAdd(Text(reader, column), column))
                {
                    throw new Refusal("plan.file-heads", 422, layout.Name, Text(reader, column));
                }
            }
        }

        if (layout.Heads.FirstOrDefault(head => !columns.ContainsKey(head)) is { } missing)
        {
            throw new Refusal("plan.file-heads", 422, layout.Name, missing);
        }

        var rows = new List<SheetRow>();
        for (int number = 2; reader.Read(); number++)
        {
            if (number > MostRows)
            {
                throw new Refusal("plan.file-rows", 422, layout.Name, MostRows);
            }

            var cells = columns.ToDictionary(pair => pair.Key, pair => Text(reader, pair.Value));
            if (cells.Values.Any(cell => cell.Length > 0))
            {
                rows.Add(new SheetRow(layout.Name, number, cells));
            }
        }

        return rows;
    }

    private static string Text(IExcelDataReader reader, int column) => column >= reader.FieldCount ? "" : reader.GetValue(column) switch
    {
        null => "",
        // As the spreadsheet shows it: 15 digits, so 0.1 + 0.2 is 0.3.
        double number => number.ToString("G15", CultureInfo.InvariantCulture),
        { } other => string.Format(CultureInfo.InvariantCulture, "{0}", other).Trim(),
    };
}

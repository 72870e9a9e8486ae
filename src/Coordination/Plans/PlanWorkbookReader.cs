using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Lodestone.Kernel;

namespace Lodestone.Coordination.Plans;

/// <summary>Reads a plan's workbook that somebody sends. Nothing in the file is believed: not its ending, its declared sizes or its dimension.</summary>
internal static class PlanWorkbookReader
{
    /// <summary>Bytes.</summary>
    public const int Largest = 20 * 1024 * 1024;

    /// <summary>Bytes after unpacking.</summary>
    private const long MostUnpacked = 100 * 1024 * 1024;

    private const int MostParts = 1000;
    private const int MostSheets = 40;

    /// <summary>A large city plan has 4,000 milestones.</summary>
    private const int MostRows = 20_000;

    private const int MostColumns = 60;

    // The library asks for a code page even where it reads none.
    static PlanWorkbookReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The rows of every known sheet; empty rows are left out.</summary>
    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">
    /// <c>plan.file-large</c>, <c>plan.file-kind</c>, <c>plan.file-broken</c>, <c>plan.file-sheet</c>, <c>plan.file-heads</c>, <c>plan.file-rows</c>
    /// </exception>
    public static IReadOnlyList<SheetRow> Read(Stream content)
    {
        RequireSound(content);
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
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw new Refusal(error is InvalidPasswordException ? "plan.file-kind" : "plan.file-broken");
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

    /// <summary>Unpacks everything once, counting, before any of it is read as a sheet: declared sizes may lie.</summary>
    private static void RequireSound(Stream content)
    {
        if (content.Length > Largest)
        {
            throw new Refusal("plan.file-large", 422, Largest / 1024 / 1024);
        }

        byte[] head = new byte[4];
        content.Position = 0;
        if (content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan().SequenceEqual("PK\u0003\u0004"u8))
        {
            throw new Refusal("plan.file-kind");
        }

        content.Position = 0;
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            byte[] buffer = new byte[81920];
            long total = 0;
            foreach (ZipArchiveEntry part in archive.Entries.Take(MostParts))
            {
                using Stream unpacked = part.Open();
                int read;
                while ((read = unpacked.Read(buffer)) > 0 && total <= MostUnpacked)
                {
                    total += read;
                }
            }

            if (total > MostUnpacked || archive.Entries.Count > MostParts || archive.GetEntry("xl/workbook.xml") is null)
            {
                throw new Refusal("plan.file-kind");
            }
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw new Refusal("plan.file-broken");
        }
    }

    /// <summary>Whatever the libraries meet inside a file that is no workbook.</summary>
    private static bool IsOfTheFile(Exception error) => error is ExcelReaderException or XmlException or InvalidDataException or FormatException
        or OverflowException or IndexOutOfRangeException or ArgumentException or NullReferenceException or InvalidOperationException
        or NotSupportedException or KeyNotFoundException or IOException;
}

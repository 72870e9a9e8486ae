using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// Reads a workbook that somebody sends. Nothing in the file is believed: not its ending, not its declared sizes, not the
/// dimension of its sheet.
/// </summary>
internal static class WorkbookReader
{
    /// <summary>Bytes after unpacking; a filled-in form has some thousand.</summary>
    private const long MostUnpacked = 64 * 1024 * 1024;

    private const int MostSheets = 20;

    /// <summary>Rows looked at beyond the form's lines; a stray cell at the bottom of the sheet makes no one read a million rows.</summary>
    private const int SpareRows = 1000;

    // The library asks for a code page even where it reads none.
    static WorkbookReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="content">Seekable.</param>
    /// <param name="lines">How many lines the form has.</param>
    /// <exception cref="Refusal">
    /// <c>workbook.too-large</c>, <c>workbook.not-xlsx</c>, <c>workbook.protected</c>, <c>workbook.bursts</c>, <c>workbook.broken</c>,
    /// <c>workbook.not-ours</c>, <c>workbook.heads</c>
    /// </exception>
    public static WorkbookContent Read(Stream content, int lines)
    {
        WorkbookSafety.RequireXlsx(content, MostUnpacked);
        try
        {
            IReadOnlyDictionary<(int Row, int Column), string> errors = WorkbookErrors.Find(content);
            content.Position = 0;
            using IExcelDataReader reader = ExcelReaderFactory.CreateOpenXmlReader(content, new ExcelReaderConfiguration { LeaveOpen = true });
            int sheets = 0;
            do
            {
                if (TryMark(reader) is { } mark)
                {
                    return ReadSheet(reader, mark, lines, errors);
                }
            }
            while (++sheets < MostSheets && reader.NextResult());
        }
        catch (InvalidPasswordException)
        {
            throw new Refusal("workbook.protected");
        }
        catch (Exception error) when (WorkbookSafety.IsOfTheFile(error))
        {
            throw new Refusal("workbook.broken");
        }

        throw new Refusal("workbook.not-ours");
    }

    /// <summary>Form, unit and period of the sheet, or null when it is none of ours. Leaves the reader at the mark's row.</summary>
    private static (string Form, string Organisation, string Period)? TryMark(IExcelDataReader reader)
    {
        for (int row = 1; row <= ReturnWorkbook.MarkRow; row++)
        {
            if (!reader.Read())
            {
                return null;
            }
        }

        return reader.FieldCount >= 4 && Text(reader, 0) == ReturnWorkbook.Mark ? (Text(reader, 1), Text(reader, 2), Text(reader, 3)) : null;
    }

    private static WorkbookContent ReadSheet(
        IExcelDataReader reader, (string Form, string Organisation, string Period) mark, int lines,
        IReadOnlyDictionary<(int Row, int Column), string> errors)
    {
        Columns columns = reader.Read() ? ReadHeads(reader) : throw new Refusal("workbook.heads", 422, ReturnWorkbook.Code);
        int last = ReturnWorkbook.HeadRow + lines + SpareRows;
        var rows = new List<WorkbookRow>();
        int row = ReturnWorkbook.HeadRow;
        while (row < last && reader.Read())
        {
            row++;
            if (ReadRow(reader, columns, row, errors.GetValueOrDefault((row, columns.Value + 1))) is { } found)
            {
                rows.Add(found);
            }
        }

        return new WorkbookContent(mark.Form, mark.Organisation, mark.Period, rows, row == last && reader.Read() ? last + 1 : null);
    }

    private static Columns ReadHeads(IExcelDataReader reader)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        // Heads stand side by side from the left; a stray cell in column XFD is no head.
        int width = Math.Min(reader.FieldCount, ReturnWorkbook.Heads.Count + 20);
        for (int column = 0; column < width; column++)
        {
            string head = Text(reader, column);
            if (ReturnWorkbook.Heads.Contains(head) && !found.TryAdd(head, column))
            {
                throw new Refusal("workbook.heads", 422, head);
            }
        }

        return ReturnWorkbook.Heads.FirstOrDefault(head => !found.ContainsKey(head)) is { } missing
            ? throw new Refusal("workbook.heads", 422, missing)
            : new Columns(found[ReturnWorkbook.Code], found[ReturnWorkbook.Value], found[ReturnWorkbook.Explanation]);
    }

    private static WorkbookRow? ReadRow(IExcelDataReader reader, Columns columns, int row, string? failed)
    {
        string code = Text(reader, columns.Code);
        string explanation = Text(reader, columns.Explanation);
        (string? number, string? fault, string shown) = failed is null ? Number(reader, columns.Value) : (null, "workbook.formula-error", failed);
        return code.Length == 0 && explanation.Length == 0 && number is null && fault is null
            ? null
            : new WorkbookRow(row, code, number, explanation.Length == 0 ? null : explanation, fault, shown);
    }

    private static (string? Number, string? Fault, string Shown) Number(IExcelDataReader reader, int column)
    {
        switch (reader.GetValue(column))
        {
            case null:
                return (null, null, "");
            case double number when !double.IsFinite(number):
                return (null, CellNumber.NotANumber, number.ToString(CultureInfo.InvariantCulture));
            case double number:
                // As the spreadsheet shows it: 15 digits, so 0.1 + 0.2 is 0.3.
                string shown = number.ToString("G15", CultureInfo.InvariantCulture);
                return Math.Abs(number) >= 1e15 && Math.Abs(number) < 1e19 ? (null, "workbook.digits", shown) : (shown, null, shown);
            case string text when string.IsNullOrWhiteSpace(text):
                return (null, null, "");
            case string text:
                return (CellNumber.Plain(text), null, text);
            case { } other:
                // A date or a yes/no that the sheet made of what was typed.
                string written = string.Format(CultureInfo.InvariantCulture, "{0}", other);
                return (null, CellNumber.NotANumber, written);
        }
    }

    private static string Text(IExcelDataReader reader, int column) => reader.GetValue(column) switch
    {
        null => "",
        double number => number.ToString("G15", CultureInfo.InvariantCulture),
        { } other => string.Format(CultureInfo.InvariantCulture, "{0}", other).Trim(),
    };

    private sealed record Columns(int Code, int Value, int Explanation);
}

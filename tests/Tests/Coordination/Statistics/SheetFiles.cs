using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Files as people send them, good and bad.</summary>
internal static class SheetFiles
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>Marks a cell whose formula failed.</summary>
    public const string Failed = "=#DIV/0!";

    static SheetFiles() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));

    public static byte[] Gbk(params string[] lines) => Encoding.GetEncoding("GB18030").GetBytes(string.Join('\n', lines));

    public static byte[] Xlsx(string sheet, params string[] lines) => XlsxOf(sheet, "", string.Concat(lines.Select((line, index) =>
        $"<row r=\"{index + 1}\">{string.Concat(line.Split(',').Select(Cell))}</row>")));

    /// <summary>A workbook with its rows, and whatever stands before them, written by hand.</summary>
    public static byte[] XlsxOf(string sheet, string before, string rows)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(archive, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            Add(archive, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            Add(archive, "xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\">{before}<sheetData>{rows}</sheetData></worksheet>");
        }

        return file.ToArray();
    }

    /// <summary>An old workbook ([MS-XLS], BIFF8) of one sheet in a compound file.</summary>
    public static byte[] Xls(string sheet, params string[] lines)
    {
        byte[] cells = [.. Record(0x0809, [0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), .. lines.SelectMany((line, row) =>
            line.Split(',').SelectMany((text, column) => OldCell(row, column, text))), .. Record(0x000A, [])];
        byte[] head = Record(0x0809, [0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        int place = head.Length + Sheet(0).Length + 4;
        byte[] book = [.. head, .. Sheet(place), .. Record(0x000A, []), .. cells];
        return Compound([.. book, .. new byte[Math.Max(0, 4096 - book.Length)]]);

        byte[] Sheet(int at) => Record(0x0085, [.. BitConverter.GetBytes(at), 0, 0, (byte)sheet.Length, 1, .. Encoding.Unicode.GetBytes(sheet)]);
    }

    private static byte[] OldCell(int row, int column, string text)
    {
        byte[] place = [(byte)row, (byte)(row >> 8), (byte)column, 0, 0, 0];
        return text == Failed ? Record(0x0205, [.. place, 0x07, 1])
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? Record(0x0203, [.. place, .. BitConverter.GetBytes(number)])
            : Record(0x0204, [.. place, (byte)text.Length, 0, 1, .. Encoding.Unicode.GetBytes(text)]);
    }

    private static byte[] Record(int kind, byte[] body) => [(byte)kind, (byte)(kind >> 8), (byte)body.Length, (byte)(body.Length >> 8), .. body];

    /// <summary>Header, one sector of the allocation table, one of the directory, then the stream.</summary>
    private static byte[] Compound(byte[] stream)
    {
        int sectors = (stream.Length + 511) / 512;
        byte[] header = new byte[512];
        byte[] magic = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        magic.CopyTo(header, 0);
        Put(header, 24, 0x0003003E);
        Put(header, 28, 0x0009FFFE);
        Put(header, 32, 6);
        Put(header, 44, 1);
        Put(header, 48, 1);
        Put(header, 56, 4096);
        Put(header, 60, -2);
        Put(header, 68, -2);
        for (int i = 0; i < 109; i++)
        {
            Put(header, 76 + (4 * i), i == 0 ? 0 : -1);
        }

        byte[] table = new byte[512];
        for (int i = 0; i < 128; i++)
        {
            Put(table, 4 * i, i == 0 ? -3 : i == 1 ? -2 : i < sectors + 1 ? i + 1 : i == sectors + 1 ? -2 : -1);
        }

        byte[] directory = [.. Entry("Root Entry", 5, 1, -2, 0), .. Entry("Workbook", 2, -1, 2, stream.Length), .. new byte[256]];
        return [.. header, .. table, .. directory, .. stream, .. new byte[(sectors * 512) - stream.Length]];
    }

    private static byte[] Entry(string name, byte kind, int child, int start, int length)
    {
        byte[] entry = new byte[128];
        Encoding.Unicode.GetBytes(name).CopyTo(entry, 0);
        entry[64] = (byte)((name.Length + 1) * 2);
        entry[66] = kind;
        entry[67] = 1;
        Put(entry, 68, -1);
        Put(entry, 72, -1);
        Put(entry, 76, child);
        Put(entry, 116, start);
        Put(entry, 120, length);
        return entry;
    }

    private static void Put(byte[] bytes, int at, int number) => BitConverter.TryWriteBytes(bytes.AsSpan(at), number);

    private static string Cell(string text) => text == Failed ? "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? $"<c><v>{text}</v></c>"
        : $"<c t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";

    private static void Add(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Optimal).Open());
        writer.Write(text);
    }
}

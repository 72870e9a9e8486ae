using System.Globalization;
using System.IO.Compression;
using System.Xml;
using Lodestone.Kernel;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// Finds cells whose formula failed. The reader gives them back as blank, and a blank cell is no answer to a formula that fails.
/// </summary>
internal static class WorkbookErrors
{
    /// <summary>Row and column, both from 1, of every cell of type "error" in any sheet, with what it shows (<c>#DIV/0!</c>).</summary>
    /// <param name="content">A file whose unpacked size has been checked.</param>
    public static IReadOnlyDictionary<(int Row, int Column), string> Find(Stream content)
    {
        content.Position = 0;
        var found = new Dictionary<(int, int), string>();
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        foreach (ZipArchiveEntry part in WorkbookSheets.Parts(archive))
        {
            using Stream sheet = part.Open();
            Find(sheet, found, int.MaxValue, int.MaxValue);
        }

        return found;
    }

    /// <summary>The same of one sheet, which may not be larger than stated.</summary>
    /// <exception cref="Refusal"><c>import.dimension</c></exception>
    public static IReadOnlyDictionary<(int Row, int Column), string> Find(Stream content, int place, int mostRows, int mostColumns)
    {
        content.Position = 0;
        var found = new Dictionary<(int, int), string>();
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        using Stream sheet = WorkbookSheets.PartOf(archive, place).Open();
        Find(sheet, found, mostRows, mostColumns);
        return found;
    }

    private static void Find(Stream sheet, Dictionary<(int, int), string> found, int mostRows, int mostColumns)
    {
        using var xml = XmlReader.Create(sheet, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true });
        int row = 0;
        int column = 0;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "row")
            {
                row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out int stated) ? stated : row + 1;
                column = 0;
            }
            else if (xml.LocalName == "c")
            {
                column = ColumnOf(xml.GetAttribute("r")) ?? column + 1;
                if (row > mostRows || column > mostColumns)
                {
                    throw new Refusal("import.dimension", 422, mostRows, mostColumns);
                }

                if (xml.GetAttribute("t") == "e")
                {
                    found[(row, column)] = xml.IsEmptyElement ? "" : TextOf(xml);
                }
            }
        }
    }

    /// <summary>The value inside the cell the reader stands on; leaves it at the cell's end.</summary>
    private static string TextOf(XmlReader cell)
    {
        string text = "";
        int depth = cell.Depth;
        while (cell.Read() && cell.Depth > depth)
        {
            if (cell is { NodeType: XmlNodeType.Text, Depth: var deep } && deep == depth + 2)
            {
                // The last text is the value; a formula stands before it.
                text = cell.Value;
            }
        }

        return text;
    }

    /// <summary>27 of <c>AA12</c>; null when the cell does not say.</summary>
    private static int? ColumnOf(string? reference)
    {
        int column = 0;
        foreach (char letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper))
        {
            column = (column * 26) + letter - 'A' + 1;
        }

        return column is > 0 and <= 16384 ? column : null;
    }
}

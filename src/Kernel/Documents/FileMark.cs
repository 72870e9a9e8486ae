using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Lodestone.Kernel.Documents;

/// <summary>Writes a line into the margin of a file: no cell and no paragraph changes, so that a template can be filled and sent back.</summary>
internal static class FileMark
{
    /// <summary>A spreadsheet takes so many characters in a header, the letter codes counted (ECMA-376 part 1, 18.3.1.46).</summary>
    private const int LongestHeader = 255;

    /// <summary>What may follow a sheet's header and footer, in the order of the schema (ECMA-376 part 1, 18.3.1.99).</summary>
    private static readonly HashSet<string> s_following =
    [
        "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF",
        "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    ];

    /// <summary>The line in the printed header and footer of every sheet.</summary>
    public static byte[] OfWorkbook(byte[] content, string text)
    {
        using var whole = new MemoryStream();
        whole.Write(content);
        using (var archive = new ZipArchive(whole, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (ZipArchiveEntry part in archive.Entries.Where(IsSheet))
            {
                using Stream sheet = part.Open();
                using var marked = new MemoryStream();
                Copy(sheet, marked, text);
                sheet.SetLength(0);
                marked.WriteTo(sheet);
            }
        }

        return whole.ToArray();
    }

    /// <summary>The line in the page header of every section.</summary>
    public static byte[] OfDocument(byte[] content, string text)
    {
        using var whole = new MemoryStream();
        whole.Write(content);
        using (var file = WordprocessingDocument.Open(whole, isEditable: true))
        {
            MainDocumentPart main = file.MainDocumentPart!;
            HeaderPart header = main.AddNewPart<HeaderPart>();
            header.Header = new Header(new Paragraph(
                new ParagraphProperties(new Justification { Val = JustificationValues.Right }),
                new Run(new RunProperties(new RunFonts { EastAsia = "宋体" }, new Color { Val = "595959" }, new FontSize { Val = "18" }), new Text(text))));
            string id = main.GetIdOfPart(header);
            foreach (SectionProperties section in main.Document!.Descendants<SectionProperties>().ToList())
            {
                section.RemoveAllChildren<HeaderReference>();
                section.PrependChild(new HeaderReference { Type = HeaderFooterValues.Default, Id = id });
            }
        }

        return whole.ToArray();
    }

    private static bool IsSheet(ZipArchiveEntry part) =>
        part.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal) && part.FullName.EndsWith(".xml", StringComparison.Ordinal)
        && part.FullName.LastIndexOf('/') == "xl/worksheets".Length;

    private static void Copy(Stream from, Stream to, string text)
    {
        using var sheet = XmlReader.Create(from, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        using var copy = XmlWriter.Create(to, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        sheet.MoveToContent();
        copy.WriteStartDocument(standalone: true);
        copy.WriteStartElement(sheet.Prefix, sheet.LocalName, sheet.NamespaceURI);
        string space = sheet.NamespaceURI;
        copy.WriteAttributes(sheet, defattr: false);
        sheet.Read();
        bool marked = false;
        while (sheet.NodeType != XmlNodeType.EndElement && !sheet.EOF)
        {
            if (!marked && sheet.NodeType == XmlNodeType.Element && s_following.Contains(sheet.LocalName))
            {
                Write(copy, space, text);
                marked = true;
            }

            if (sheet is { NodeType: XmlNodeType.Element, LocalName: "headerFooter" })
            {
                sheet.Skip();
            }
            else
            {
                copy.WriteNode(sheet, defattr: false);
            }
        }

        if (!marked)
        {
            Write(copy, space, text);
        }

        copy.WriteEndElement();
    }

    private static void Write(XmlWriter copy, string space, string text)
    {
        // An ampersand begins a letter code; doubled it is itself.
        string line = text.Replace("&", "&&", StringComparison.Ordinal);
        line = line.Length > LongestHeader - 2 ? line[..(LongestHeader - 2)].TrimEnd('&') : line;
        copy.WriteStartElement("headerFooter", space);
        copy.WriteElementString("oddHeader", space, $"&R{line}");
        copy.WriteElementString("oddFooter", space, $"&L{line}");
        copy.WriteEndElement();
    }
}

using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Lodestone.Kernel.Documents;

/// <summary>
/// A draft in the layout of official documents (GB/T 9704-2012), as .docx: A4, text block 156 x 225 mm, 22 lines of 28 characters, body
/// 3 (16 pt) FangSong, title 2 (22 pt) XiaoBiaoSong, page number between dashes. The platform formats drafts; it never draws a seal.
/// </summary>
public sealed partial class OfficialDocument
{
    /// <summary>The media type of the file.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string FangSong = "仿宋_GB2312";
    private const string KaiTi = "楷体_GB2312";
    private const string HeiTi = "黑体";
    private const string XiaoBiaoSong = "方正小标宋简体";

    // Half-points: 2 (22 pt), 3 (16 pt), 4 (14 pt).
    private const int Second = 44;
    private const int Third = 32;
    private const int Fourth = 28;

    /// <summary>Small 5 (9 pt).</summary>
    private const int Smallest = 18;

    /// <summary>In twentieths of a point: 22 lines of 28.95 pt stand on 225 mm; at 29 pt the last one no longer fits.</summary>
    private const int LinePitch = 579;

    /// <summary>28 characters of 16 pt are 158 mm, two more than the block: each is set tighter by so many twentieths.</summary>
    private const int Tighter = -6;

    private readonly List<OpenXmlElement> _body = [];

    /// <summary>The title, centred; an empty line follows.</summary>
    public OfficialDocument Title(string text)
    {
        _body.Add(Line(text, XiaoBiaoSong, Second, JustificationValues.Center, indent: 0));
        return Empty();
    }

    /// <summary>A heading of the first level (一、).</summary>
    public OfficialDocument Heading(string text) => Above(text, HeiTi);

    /// <summary>A heading of the second level (（一）).</summary>
    public OfficialDocument SubHeading(string text) => Above(text, KaiTi);

    /// <summary>A paragraph of the body, two characters in.</summary>
    public OfficialDocument Paragraph(string text) => Add(text, FangSong);

    /// <summary>A line at the right, such as who signs and when. It never stands on a page without the text before it (GB/T 9704-2012, 7.3.5.4: the setting is adjusted so that the seal has its place).</summary>
    public OfficialDocument Closing(string text)
    {
        for (int at = _body.Count - 1; at >= 0 && _body[at] is Paragraph { ParagraphProperties: { } form } before; at--)
        {
            form.KeepNext = new KeepNext();
            if (before.InnerText.Length > 0)
            {
                break;
            }
        }

        _body.Add(Line(text, FangSong, Third, JustificationValues.Right, indent: 0));
        return this;
    }

    public OfficialDocument Empty()
    {
        _body.Add(Line("", FangSong, Third, JustificationValues.Left, indent: 0));
        return this;
    }

    /// <summary>A table with a head row, in 4 (14 pt).</summary>
    /// <param name="shares">Width of each column in hundredths of the text block.</param>
    public OfficialDocument Table(IReadOnlyList<string> head, IReadOnlyList<int> shares, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(shares);
        EnumValue<BorderValues> single = BorderValues.Single;
        var table = new Table(new TableProperties(
            new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
            new TableBorders(
                new TopBorder { Val = single, Size = 4 }, new LeftBorder { Val = single, Size = 4 }, new BottomBorder { Val = single, Size = 4 },
                new RightBorder { Val = single, Size = 4 }, new InsideHorizontalBorder { Val = single, Size = 4 },
                new InsideVerticalBorder { Val = single, Size = 4 })));
        table.Append(new TableGrid(shares.Select(share => new GridColumn { Width = Millimetres(156m * share / 100m).ToString(CultureInfo.InvariantCulture) })));
        TableRow first = Row(head, shares, HeiTi);
        first.PrependChild(new TableRowProperties(new CantSplit(), new TableHeader()));
        table.Append(first);
        foreach (IReadOnlyList<string> row in rows)
        {
            TableRow made = Row(row, shares, FangSong);
            made.PrependChild(new TableRowProperties(new CantSplit()));
            table.Append(made);
        }

        _body.Add(table);
        return Empty();
    }

    /// <summary>The whole file.</summary>
    public byte[] ToBytes()
    {
        using var content = new MemoryStream();
        using (var file = WordprocessingDocument.Create(content, WordprocessingDocumentType.Document))
        {
            MainDocumentPart main = file.AddMainDocumentPart();
            AddCharts(main);
            FooterPart footer = main.AddNewPart<FooterPart>();
            footer.Footer = new Footer(new Paragraph(
                new ParagraphProperties(new Justification { Val = JustificationValues.Center }),
                Piece("— ", FangSong, Fourth), PageNumber(), Piece(" —", FangSong, Fourth)));
            var body = new Body(_body.Select(element => element.CloneNode(true)));
            // Top 37, left 28, right 26, bottom 35 mm; "lines" and not "linesAndChars", which LibreOffice sets wrongly.
            body.Append(new SectionProperties(
                new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(footer) },
                new PageSize { Width = (uint)Millimetres(210m), Height = (uint)Millimetres(297m) },
                new PageMargin
                {
                    Top = Millimetres(37m),
                    Bottom = Millimetres(35m),
                    Left = (uint)Millimetres(28m),
                    Right = (uint)Millimetres(26m),
                    Header = (uint)Millimetres(15m),
                    Footer = (uint)Millimetres(25m),
                    Gutter = 0,
                },
                new DocGrid { Type = DocGridValues.Lines, LinePitch = LinePitch }));
            main.Document = new Document(body);
        }

        return content.ToArray();
    }

    /// <summary>A heading never stands alone at the foot of a page.</summary>
    private OfficialDocument Above(string text, string font)
    {
        Paragraph heading = Line(text, font, Third, JustificationValues.Both, indent: 2);
        heading.GetFirstChild<ParagraphProperties>()!.KeepNext = new KeepNext();
        _body.Add(heading);
        return this;
    }

    private OfficialDocument Add(string text, string font)
    {
        _body.Add(Line(text, font, Third, JustificationValues.Both, indent: 2));
        return this;
    }

    private static Paragraph Line(string text, string font, int size, JustificationValues side, int indent)
    {
        var properties = new ParagraphProperties(
            new SpacingBetweenLines { Line = LinePitch.ToString(CultureInfo.InvariantCulture), LineRule = LineSpacingRuleValues.Exact, Before = "0", After = "0" });
        if (indent > 0)
        {
            // Word counts characters, LibreOffice reads the length: twentieths of a point of the same characters.
            properties.Append(new Indentation { FirstLineChars = indent * 100, FirstLine = (indent * size * 10).ToString(CultureInfo.InvariantCulture) });
        }

        properties.Append(new Justification { Val = side });
        return new Paragraph(properties, Piece(text, font, size));
    }

    private static TableRow Row(IReadOnlyList<string> cells, IReadOnlyList<int> shares, string font) => new(cells.Select((cell, index) => new TableCell(
        new TableCellProperties(new TableCellWidth
        {
            Width = (shares[index] * 50).ToString(CultureInfo.InvariantCulture),
            Type = TableWidthUnitValues.Pct,
        }),
        new Paragraph(Piece(cell, font, Fourth)))));

    private static Run Piece(string text, string font, int size) =>
        new(Properties(font, size), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    private static Run PageNumber() =>
        new(Properties(FangSong, Fourth), new FieldChar { FieldCharType = FieldCharValues.Begin }, new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve },
            new FieldChar { FieldCharType = FieldCharValues.End });

    private static RunProperties Properties(string font, int size)
    {
        string points = size.ToString(CultureInfo.InvariantCulture);
        var properties = new RunProperties(new RunFonts { Ascii = font, HighAnsi = font, EastAsia = font, ComplexScript = font });
        if (size == Third)
        {
            properties.Append(new Spacing { Val = Tighter });
        }

        properties.Append(new FontSize { Val = points }, new FontSizeComplexScript { Val = points });
        return properties;
    }

    /// <summary>Twentieths of a point.</summary>
    private static int Millimetres(decimal length) => (int)decimal.Round(length * 1440m / 25.4m);
}

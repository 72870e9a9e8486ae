using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using D = DocumentFormat.OpenXml.Drawing;
using S = DocumentFormat.OpenXml.Spreadsheet;
using W = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace Lodestone.Kernel.Documents;

/// <summary>How a chart in a paper is drawn.</summary>
public enum ChartKind
{
    /// <summary>Upright bars side by side.</summary>
    Bar,

    /// <summary>Lines with a mark at each value.</summary>
    Line,
}

/// <summary>One row of figures of a chart.</summary>
/// <param name="Values">As many as there are categories; null leaves a gap.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values);

public sealed partial class OfficialDocument
{
    private const uint CategoryAxis = 111;
    private const uint ValueAxis = 112;

    /// <summary>The colours of the house's charts, in the order of the series.</summary>
    private static readonly string[] s_colours = ["0F5B78", "8FA3AF", "5D6FAE", "7A5C2E"];

    private readonly List<ChartSpec> _charts = [];

    private sealed record ChartSpec(ChartKind Kind, string Title, IReadOnlyList<string> Categories, IReadOnlyList<ChartSeries> Series);

    /// <summary>
    /// A native chart as wide as the text block, its title above it. Word edits it: the figures stand in a workbook inside the file, and
    /// once more in the chart itself for who draws without opening that.
    /// </summary>
    /// <exception cref="ArgumentException">There is no category, or a series has another number of values than there are categories.</exception>
    public OfficialDocument Chart(ChartKind kind, string title, IReadOnlyList<string> categories, IReadOnlyList<ChartSeries> series)
    {
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(series);
        if (categories.Count == 0 || series.Count == 0 || series.Any(one => one.Values.Count != categories.Count))
        {
            throw new ArgumentException($"{categories.Count} categories, {string.Join(", ", series.Select(one => one.Values.Count))} values.", nameof(series));
        }

        _charts.Add(new ChartSpec(kind, title, categories, series));
        var number = (uint)_charts.Count;
        // A line of exact height would cut the drawing off, so this one is as high as what stands in it.
        _body.Add(new Paragraph(
            new ParagraphProperties(new KeepLines(), new SpacingBetweenLines { Line = "240", LineRule = LineSpacingRuleValues.Auto, Before = "0", After = "0" },
                new Justification { Val = JustificationValues.Center }),
            new Run(new Drawing(new W.Inline(
                new W.Extent { Cx = Emu(154m), Cy = Emu(72m) },
                new W.EffectExtent { LeftEdge = 0L, TopEdge = 0L, RightEdge = 0L, BottomEdge = 0L },
                new W.DocProperties { Id = number, Name = $"Chart {number}", Description = title },
                new W.NonVisualGraphicFrameDrawingProperties(),
                new D.Graphic(new D.GraphicData(new C.ChartReference { Id = ChartId(number) }) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart" }))
            {
                DistanceFromTop = 0U,
                DistanceFromBottom = 0U,
                DistanceFromLeft = 0U,
                DistanceFromRight = 0U,
            }))));
        return Empty();
    }

    private void AddCharts(MainDocumentPart main)
    {
        for (int i = 0; i < _charts.Count; i++)
        {
            ChartPart part = main.AddNewPart<ChartPart>(ChartId((uint)i + 1));
            EmbeddedPackagePart book = part.AddNewPart<EmbeddedPackagePart>(ExportDesk.Workbook, "figures");
            using (var content = new MemoryStream(Workbook(_charts[i])))
            {
                book.FeedData(content);
            }

            part.ChartSpace = Space(_charts[i]);
        }
    }

    private static string ChartId(uint number) => string.Create(CultureInfo.InvariantCulture, $"chart{number}");

    private static C.ChartSpace Space(ChartSpec spec)
    {
        OpenXmlCompositeElement drawn = spec.Kind == ChartKind.Bar
            ? new C.BarChart(new C.BarDirection { Val = C.BarDirectionValues.Column }, new C.BarGrouping { Val = C.BarGroupingValues.Clustered }, new C.VaryColors { Val = false })
            : new C.LineChart(new C.Grouping { Val = C.GroupingValues.Standard }, new C.VaryColors { Val = false });
        for (int i = 0; i < spec.Series.Count; i++)
        {
            drawn.Append(spec.Kind == ChartKind.Bar ? Series(new C.BarChartSeries(), spec, i) : Series(new C.LineChartSeries(), spec, i));
        }

        drawn.Append(spec.Kind == ChartKind.Bar ? new C.GapWidth { Val = 60 } : new C.ShowMarker { Val = true });
        drawn.Append(new C.AxisId { Val = CategoryAxis }, new C.AxisId { Val = ValueAxis });
        var chart = new C.Chart(
            new C.Title(new C.ChartText(new C.RichText(new D.BodyProperties(), new D.ListStyle(), new D.Paragraph(
                new D.ParagraphProperties(Letters(new D.DefaultRunProperties { FontSize = 1200, Bold = false })),
                new D.Run(Letters(new D.RunProperties { Language = "zh-CN", FontSize = 1200, Bold = false }), new D.Text(spec.Title))))), new C.Overlay { Val = false }),
            new C.AutoTitleDeleted { Val = false },
            new C.PlotArea(new C.Layout(), drawn,
                new C.CategoryAxis(
                    new C.AxisId { Val = CategoryAxis }, new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }), new C.Delete { Val = false },
                    new C.AxisPosition { Val = C.AxisPositionValues.Bottom }, new C.NumberingFormat { FormatCode = "General", SourceLinked = false },
                    new C.MajorTickMark { Val = C.TickMarkValues.None }, new C.MinorTickMark { Val = C.TickMarkValues.None },
                    new C.TickLabelPosition { Val = C.TickLabelPositionValues.Low }, Text(1000), new C.CrossingAxis { Val = ValueAxis },
                    new C.Crosses { Val = C.CrossesValues.AutoZero }, new C.AutoLabeled { Val = true }, new C.LabelAlignment { Val = C.LabelAlignmentValues.Center },
                    new C.LabelOffset { Val = 100 }),
                new C.ValueAxis(
                    new C.AxisId { Val = ValueAxis }, new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }), new C.Delete { Val = false },
                    new C.AxisPosition { Val = C.AxisPositionValues.Left },
                    new C.MajorGridlines(new C.ChartShapeProperties(new D.Outline(new D.SolidFill(new D.RgbColorModelHex { Val = "D9D9D9" })) { Width = 6350 })),
                    new C.NumberingFormat { FormatCode = "#,##0", SourceLinked = false }, new C.MajorTickMark { Val = C.TickMarkValues.None },
                    new C.MinorTickMark { Val = C.TickMarkValues.None }, new C.TickLabelPosition { Val = C.TickLabelPositionValues.NextTo },
                    new C.ChartShapeProperties(new D.Outline(new D.NoFill())), Text(1000), new C.CrossingAxis { Val = CategoryAxis },
                    new C.Crosses { Val = C.CrossesValues.AutoZero }, new C.CrossBetween { Val = C.CrossBetweenValues.Between })),
            new C.PlotVisibleOnly { Val = true },
            new C.DisplayBlanksAs { Val = C.DisplayBlanksAsValues.Gap });
        if (spec.Series.Count > 1)
        {
            chart.InsertBefore(new C.Legend(new C.LegendPosition { Val = C.LegendPositionValues.Bottom }, new C.Overlay { Val = false }, Text(1000)), chart.GetFirstChild<C.PlotVisibleOnly>());
        }

        return new C.ChartSpace(
            new C.RoundedCorners { Val = false }, chart, new C.ExternalData(new C.AutoUpdate { Val = false }) { Id = "figures" });
    }

    private static OpenXmlCompositeElement Series(OpenXmlCompositeElement series, ChartSpec spec, int index)
    {
        string column = ((char)('B' + index)).ToString();
        int last = spec.Categories.Count + 1;
        string colour = s_colours[index % s_colours.Length];
        ChartSeries row = spec.Series[index];
        series.Append(new C.Index { Val = (uint)index }, new C.Order { Val = (uint)index },
            new C.SeriesText(new C.StringReference(new C.Formula($"Sheet1!${column}$1"),
                new C.StringCache(new C.PointCount { Val = 1U }, new C.StringPoint(new C.NumericValue(row.Name)) { Index = 0U }))));
        if (spec.Kind == ChartKind.Bar)
        {
            series.Append(new C.ChartShapeProperties(new D.SolidFill(new D.RgbColorModelHex { Val = colour })), new C.InvertIfNegative { Val = false });
        }
        else
        {
            series.Append(new C.ChartShapeProperties(new D.Outline(new D.SolidFill(new D.RgbColorModelHex { Val = colour })) { Width = 25400 }),
                new C.Marker(new C.Symbol { Val = C.MarkerStyleValues.Circle }, new C.Size { Val = 6 },
                    new C.ChartShapeProperties(new D.SolidFill(new D.RgbColorModelHex { Val = colour }))));
        }

        // One row is labelled at each value; of two side by side the labels would run into one another.
        series.Append(new C.DataLabels(
            new C.NumberingFormat { FormatCode = "#,##0.######", SourceLinked = false }, new C.ChartShapeProperties(new D.NoFill()), Text(900),
            new C.ShowLegendKey { Val = false }, new C.ShowValue { Val = spec.Series.Count == 1 }, new C.ShowCategoryName { Val = false },
            new C.ShowSeriesName { Val = false }, new C.ShowPercent { Val = false }, new C.ShowBubbleSize { Val = false }));
        series.Append(
            new C.CategoryAxisData(new C.StringReference(new C.Formula($"Sheet1!$A$2:$A${last}"), new C.StringCache(
                [new C.PointCount { Val = (uint)spec.Categories.Count }, .. spec.Categories.Select((name, i) => (OpenXmlElement)new C.StringPoint(new C.NumericValue(name)) { Index = (uint)i })]))),
            new C.Values(new C.NumberReference(new C.Formula($"Sheet1!${column}$2:${column}${last}"), new C.NumberingCache(
                [
                    new C.FormatCode("General"), new C.PointCount { Val = (uint)row.Values.Count },
                    .. row.Values.Select((value, i) => (value, i)).Where(one => one.value is not null)
                        .Select(one => (OpenXmlElement)new C.NumericPoint(new C.NumericValue(Plain(one.value!.Value))) { Index = (uint)one.i }),
                ]))));
        if (spec.Kind == ChartKind.Line)
        {
            series.Append(new C.Smooth { Val = false });
        }

        return series;
    }

    private static C.TextProperties Text(int size) => new(new D.BodyProperties(), new D.ListStyle(), new D.Paragraph(
        new D.ParagraphProperties(Letters(new D.DefaultRunProperties { FontSize = size })), new D.EndParagraphRunProperties { Language = "zh-CN" }));

    private static T Letters<T>(T properties)
        where T : OpenXmlCompositeElement
    {
        properties.Append(new D.LatinFont { Typeface = FangSong }, new D.EastAsianFont { Typeface = FangSong });
        return properties;
    }

    /// <summary>The workbook that Word opens for “edit data”.</summary>
    private static byte[] Workbook(ChartSpec spec)
    {
        using var content = new MemoryStream();
        using (var book = SpreadsheetDocument.Create(content, SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart main = book.AddWorkbookPart();
            WorksheetPart sheet = main.AddNewPart<WorksheetPart>("sheet1");
            sheet.Worksheet = new S.Worksheet(new S.SheetData(
            [
                new S.Row([Cell(""), .. spec.Series.Select(one => Cell(one.Name))]),
                .. spec.Categories.Select((name, i) => new S.Row([Cell(name), .. spec.Series.Select(one => Cell(one.Values[i]))])),
            ]));
            main.Workbook = new S.Workbook(new S.Sheets(new S.Sheet { Name = "Sheet1", SheetId = 1U, Id = "sheet1" }));
        }

        return content.ToArray();
    }

    private static S.Cell Cell(string text) => new(new S.InlineString(new S.Text(text))) { DataType = S.CellValues.InlineString };

    private static S.Cell Cell(decimal? value) => value is { } some ? new S.Cell(new S.CellValue(Plain(some))) : new S.Cell();

    private static string Plain(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>English metric units: 36,000 to a millimetre.</summary>
    private static long Emu(decimal millimetres) => (long)(millimetres * 36_000m);
}

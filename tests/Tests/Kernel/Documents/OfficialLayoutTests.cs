using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;

namespace Lodestone.Tests.Kernel.Documents;

/// <summary>Owns the layout of official papers as it comes out of LibreOffice, and the charts in them.</summary>
public sealed partial class OfficialLayoutTests
{
    private const double Point = 25.4 / 72;

    [Fact]
    public void APaperWithEveryPartIsValid()
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(Whole()), isEditable: false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Microsoft365).Validate(file).Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
        Assert.Equal(2, file.MainDocumentPart!.ChartParts.Count());
    }

    [Fact]
    public void WhoSignsNeverStandsOnAPageWithoutTheTextBefore()
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(new OfficialDocument().Paragraph("前文。").Paragraph("末段。").Empty().Closing("办公室").Closing("2026年11月27日").ToBytes()), isEditable: false);
        Assert.Equal([false, true, true, true, false], file.MainDocumentPart!.Document!.Body!.Elements<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().Select(one => one.ParagraphProperties?.KeepNext is not null));
    }

    [Fact]
    public void AChartOfAnotherLengthThanItsCategories_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new OfficialDocument().Chart(ChartKind.Bar, "x", ["a", "b"], [new ChartSeries("s", [1m])]));

    [Fact]
    public async Task WithoutLibreOfficeAPdfIsRefusedWithItsReason()
    {
        using var maker = new PdfMaker(search: Path.GetTempPath());
        Assert.False(maker.IsHere);
        Assert.Equal("document.no-pdf", (await Assert.ThrowsAsync<Refusal>(() => maker.MakeAsync(Whole()))).Code);
    }

    [Fact]
    public async Task AProgramThatMakesNothing_IsRefusedAndNotWaitedForEver()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lodestone-false-");
        string program = Path.Combine(folder.FullName, "soffice");
        await File.WriteAllTextAsync(program, "#!/bin/sh\nexit 1\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        using var maker = new PdfMaker(folder.FullName);
        Refusal refusal = await Assert.ThrowsAsync<Refusal>(() => maker.MakeAsync(Whole()));
        Assert.Equal(("document.pdf-failed", 503), (refusal.Code, refusal.Status));
        folder.Delete(recursive: true);
    }

    /// <summary>GB/T 9704-2012: A4, text block 156 x 225 mm at 37 mm from the top and 28 mm from the left, 22 lines of 28 characters.</summary>
    [Fact]
    public async Task AFullPageHasTwentyTwoLinesOfTwentyEightCharactersInItsPlace()
    {
        using var maker = new PdfMaker();
        Assert.SkipUnless(maker.IsHere, "LibreOffice (soffice) is not installed.");
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "pdftotext"))), "pdftotext (poppler-utils) is not installed.");
        // Only characters that may stand anywhere in a line, so that no line is shortened by a rule of punctuation.
        byte[] paper = new OfficialDocument().Paragraph(string.Concat(Enumerable.Repeat("磁性材料产业集群建设推进工作情况", 100))).ToBytes();
        byte[] pdf = await maker.MakeAsync(paper, TestContext.Current.CancellationToken);
        string boxes = await BoxesAsync(pdf);
        Match page = PageBox().Match(boxes);
        Assert.Equal((210, 297), ((int)Math.Round(Number(page, 1) * Point), (int)Math.Round(Number(page, 2) * Point)));
        // The first page's own words: in pdftotext's boxes a line of running text is one word.
        string first = boxes[page.Index..(boxes.IndexOf("</page>", StringComparison.Ordinal))];
        (double Left, double Top, double Right, string Text)[] lines =
        [
            .. WordBox().Matches(first).Select(word => (Number(word, 1) * Point, Number(word, 2) * Point, Number(word, 3) * Point, word.Groups[5].Value))
                .Where(word => word.Value.Contains('产') || word.Value.Length > 5),
        ];
        Assert.Equal(22, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Equal(28, line.Text.Length));
        Assert.Equal(26, lines[0].Text.Length);
        Assert.All(lines.Skip(1), line => Assert.InRange(line.Left, 27.5, 28.5));
        Assert.All(lines.Skip(1), line => Assert.InRange(line.Right, 182.5, 184.6));
        Assert.InRange(lines[0].Top, 36, 40);
        // 22 lines of 10.2 mm.
        Assert.InRange(lines[^1].Top - lines[0].Top, 21 * 10.1, 21 * 10.4);
    }

    private static byte[] Whole() => new OfficialDocument()
        .Masthead("某市产业集群建设领导小组会议纪要", "〔2026〕1号").Title("标题").To("各单位：").Heading("一、情况").SubHeading("（一）指标").Paragraph("正文。")
        .Named("出席：", "甲、乙。").Table(["甲", "乙"], [50, 50], [["1", "2"]])
        .Chart(ChartKind.Bar, "各区产值", ["甲区", "乙区"], [new ChartSeries("一季度", [1.5m, null]), new ChartSeries("二季度", [2m, 3m])])
        .Chart(ChartKind.Line, "走势", ["一季度", "二季度"], [new ChartSeries("产值", [1.5m, 5m])])
        .Sources(["〔1〕 产值：12（abcd）"]).Closing("办公室").ToBytes();

    private static async Task<string> BoxesAsync(byte[] pdf)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("lodestone-boxes-").FullName, "paper.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        using Process reader = Process.Start(new ProcessStartInfo("pdftotext", ["-bbox", file, "-"]) { RedirectStandardOutput = true })!;
        string boxes = await reader.StandardOutput.ReadToEndAsync();
        await reader.WaitForExitAsync();
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return boxes;
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<page width="([0-9.]+)" height="([0-9.]+)">""")]
    private static partial Regex PageBox();

    [GeneratedRegex("""<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">([^<]*)</word>""")]
    private static partial Regex WordBox();
}

using System.IO.Compression;
using System.Text;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel;

namespace Lodestone.Tests.Coordination.Statistics;

public sealed class WorkbookReaderTests
{
    private const string Mark = "<row r=\"5\">{m}</row>";

    private static readonly string[] s_mark = ["lodestone-return", "F", "E", "2026Q1"];

    [Fact]
    public void Rows_AreReadWithTheirPlaceAndFault()
    {
        WorkbookContent content = Read(Sheet(ReturnWorkbook.Heads,
            "<row r=\"7\"><c t=\"inlineStr\"><is><t>A</t></is></c><c/><c/><c/><c><v>0.30000000000000004</v></c></row>"
            + "<row r=\"9\"><c r=\"A9\"><v>101</v></c><c r=\"E9\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"
            + "<row r=\"10\"><c r=\"A10\"><v>102</v></c><c r=\"E10\"><v>1234567890123456</v></c></row>"));
        Assert.Equal(("F", "E", "2026Q1"), (content.Form, content.Organisation, content.Period));
        Assert.Equal(
            [new(7, "A", "0.3", null, null, "0.3"), new(9, "101", null, null, "workbook.formula-error", "#DIV/0!"),
                new(10, "102", null, null, "workbook.digits", "1.23456789012346E+15")],
            content.Rows);
    }

    [Fact]
    public void ADeclaredDimension_IsNotBelieved() => Assert.Empty(Read(Sheet(ReturnWorkbook.Heads, "", "<dimension ref=\"A1:XFD1048576\"/>")).Rows);

    [Fact]
    public void AStrayCellAtTheEnd_MakesNobodyReadAMillionRows() =>
        Assert.NotNull(Read(Sheet(ReturnWorkbook.Heads, "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>")).Unread);

    [Fact]
    public void AMissingOrDoubledHead_IsRefused()
    {
        Assert.Equal("workbook.heads", Refused(Book(Sheet([.. ReturnWorkbook.Heads.Take(5)], ""))));
        Assert.Equal("workbook.heads", Refused(Book(Sheet([.. ReturnWorkbook.Heads, ReturnWorkbook.Value], ""))));
    }

    [Fact]
    public void AnotherSheet_IsNotOurs() => Assert.Equal("workbook.not-ours", Refused(Book("<row r=\"1\"><c><v>1</v></c></row>")));

    [Fact]
    public void WhatIsNoWorkbook_IsRefused()
    {
        Assert.Equal("workbook.not-xlsx", Refused("hello"u8.ToArray()));
        Assert.Equal("workbook.broken", Refused("PK\u0003\u0004nothing"u8.ToArray()));
        Assert.Equal("workbook.protected", Refused(
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[64], .. Encoding.Unicode.GetBytes("EncryptedPackage")]));
    }

    [Fact]
    public void AFileThatBursts_IsNotUnpacked() => Assert.Equal("workbook.bursts", Refused(Book(new string(' ', 8 * 1024 * 1024))));

    private static WorkbookContent Read(string rows) => WorkbookReader.Read(new MemoryStream(Book(rows)), 3);

    private static string Refused(byte[] file) => Assert.Throws<Refusal>(() => WorkbookReader.Read(new MemoryStream(file), 3)).Code;

    private static string Sheet(IReadOnlyList<string> heads, string rows, string before = "") =>
        before + "|" + Mark.Replace("{m}", Cells(s_mark), StringComparison.Ordinal) + $"<row r=\"6\">{Cells(heads)}</row>" + rows;

    private static string Cells(IEnumerable<string> texts) => string.Concat(texts.Select(text => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));

    private static byte[] Book(string sheet)
    {
        string[] parts = sheet.Split('|');
        string body = $"{(parts.Length > 1 ? parts[0] : "")}<sheetData>{parts[^1]}</sheetData>";
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(archive, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"填报\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            Add(archive, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            Add(archive, "xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\">{body}</worksheet>");
        }

        return file.ToArray();
    }

    private static void Add(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Optimal).Open());
        writer.Write(text);
    }
}

using System.IO.Compression;
using System.Text;
using Lodestone.Kernel.Data;
using Lodestone.Coordination.Statistics;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Every bad file has a code of its own, a sentence, and leaves nothing behind.</summary>
public sealed class BadInputTests(ImportCity city) : IClassFixture<ImportCity>
{
    private const string Heads = "单位,期别,指标,数值,说明";

    /// <summary>Files that are refused as a whole: name, mapping, the file, the code.</summary>
    public static TheoryData<string> Files => new(s_files.Keys);

    private static readonly Dictionary<string, (string Mapping, Func<byte[]> File, string Code)> s_files = new()
    {
        ["wrong sheet"] = ("wide", () => SheetFiles.Xlsx("别的", "统计年鉴", "企业,时间,产值（万元）,人数"), "import.sheet-missing"),
        ["wrong sheet of an .xls"] = ("wide", () => SheetFiles.Xls("别的", "统计年鉴", "企业,时间,产值（万元）,人数"), "import.sheet-missing"),
        ["changed heads"] = ("wide", () => SheetFiles.Xlsx("年鉴", "统计年鉴", "企业,时间,产值（亿元）,人数", "甲厂,2020Q1,1,2"), "import.head-missing"),
        ["missing column"] = ("long", () => SheetFiles.Csv("单位,期别,指标,说明", "e1,2020Q1,v,"), "import.head-missing"),
        ["heads in another row"] = ("wide", () => SheetFiles.Xlsx("年鉴", "企业,时间,产值（万元）,人数", "甲厂,2020Q1,1,2"), "import.head-missing"),
        ["doubled head"] = ("long", () => SheetFiles.Csv("单位,期别,指标,数值,数值,说明", "e1,2020Q1,v,1,2,"), "import.head-twice"),
        ["empty"] = ("long", () => [], "import.empty"),
        ["password"] = ("long", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")], "workbook.protected"),
        ["zip bomb"] = ("long", () => SheetFiles.XlsxOf("年鉴", "", new string(' ', 300 * 1024 * 1024)), "workbook.bursts"),
        ["a zip of something else"] = ("long", Zip, "workbook.not-xlsx"),
        ["cut off"] = ("long", () => SheetFiles.Xlsx("年鉴", Heads)[..300], "workbook.broken"),
        ["a cell at XFD1048576"] = ("wide", () => SheetFiles.XlsxOf("年鉴", "<dimension ref=\"A1:XFD1048576\"/>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"), "import.dimension"),
        ["too many columns"] = ("long", () => SheetFiles.Csv(Heads + new string(',', 2000)), "import.dimension"),
        ["60 MB"] = ("long", () => new byte[60 * 1024 * 1024], "workbook.too-large"),
        ["undecidable encoding"] = ("long", () => [.. Encoding.ASCII.GetBytes("unit,period\n"), 0xC3, 0xA9, 0xC3, 0xA8], "import.encoding-unclear"),
        ["neither UTF-8 nor GBK"] = ("long", () => [0x41, 0xFF, 0x42, 0x80, 0x0A], "import.encoding-unclear"),
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task ABadFile_IsRefusedAsAWhole(string name)
    {
        (string mapping, Func<byte[]> file, string code) = s_files[name];
        (int imports, int values) = (await ImportsAsync(), await city.ObservationsAsync());
        Answer answer = await city.SendAsync("bureau", file(), mapping, name: "bad.xlsx");
        answer.Refused(code, 422);
        Assert.NotEqual(code, (string?)answer.Body!["title"]);
        Assert.Equal((imports, values), (await ImportsAsync(), await city.ObservationsAsync()));
    }

    [Theory]
    [InlineData("e1,2020Q1,v,约九百,", "value.not-a-number")]
    [InlineData("e1,2020Q1,v,1e300,", "value.out-of-range")]
    [InlineData("e1,2020Q1,v,NaN,", "value.not-a-number")]
    [InlineData("e1,2020Q1,v,∞,", "value.not-a-number")]
    [InlineData("e1,2020Q1,v,1.234,", "value.too-many-decimals")]
    [InlineData("e1,2020Q1,n,0.5,", "value.too-many-decimals")]
    [InlineData("e1,2020Q1,n,-1,", "check.negative")]
    [InlineData("nobody,2020Q1,v,1,", "import.organisation-unknown")]
    [InlineData("外厂,2020Q1,v,1,", "import.organisation-unknown")]
    [InlineData("e1,2020Q1,w,1,", "import.indicator-unknown")]
    [InlineData("e1,某季度,v,1,", "import.period-unreadable")]
    [InlineData("e1,2020,v,1,", "import.period-kind")]
    [InlineData("e1,2098Q1,v,1,", "import.year-open")]
    public async Task ABadRow_ComesBack_AndTheOthersAreTaken(string row, string code)
    {
        Answer sent = await city.SendAsync("bureau", SheetFiles.Csv(Heads, "e2,2020Q4,v,1,", row));
        Assert.Equal([code], await ImportTests.CodesAsync(sent));
        Assert.Equal((1, 1), ((int)sent["fresh"], (int)sent["refusedRows"]));
        Assert.NotEqual(code, (string?)sent["refused"][0]!["message"]);
    }

    [Fact]
    public async Task OfACellStatedTwice_NeitherIsTaken()
    {
        Answer sent = await city.SendAsync("bureau", SheetFiles.Csv(Heads, "e1,2020Q1,v,1,", "e2,2020Q1,v,1,", "甲厂,2020年一季度,产值,1,"));
        Assert.Equal(["return.duplicate-cell", "return.duplicate-cell"], await ImportTests.CodesAsync(sent));
        Assert.Equal(1, (int)sent["fresh"]);
    }

    [Fact]
    public async Task AFormulaThatFails_IsFoundInBothKindsOfWorkbook()
    {
        string[] rows = ["统计年鉴", "企业,时间,产值（万元）,人数", "甲厂,2020Q2," + SheetFiles.Failed + ",1"];
        foreach ((byte[] file, string name) in new[] { (SheetFiles.Xlsx("年鉴", rows), "a.xlsx"), (SheetFiles.Xls("年鉴", rows), "a.xls") })
        {
            Answer sent = await city.SendAsync("bureau", file, "wide", name: name);
            Assert.Equal(["workbook.formula-error"], await ImportTests.CodesAsync(sent));
            Assert.Equal(1, (int)sent["fresh"]);
        }
    }

    [Fact]
    public async Task ADeclaredDimension_IsNotBelieved()
    {
        byte[] file = SheetFiles.XlsxOf("年鉴", "<dimension ref=\"A1:XFD1048576\"/>",
            "<row r=\"2\"><c t=\"inlineStr\"><is><t>企业</t></is></c><c t=\"inlineStr\"><is><t>时间</t></is></c><c t=\"inlineStr\"><is><t>产值（万元）</t></is></c>"
            + "<c t=\"inlineStr\"><is><t>人数</t></is></c></row><row r=\"3\"><c t=\"inlineStr\"><is><t>e1</t></is></c><c t=\"inlineStr\"><is><t>2020Q3</t></is></c><c><v>1</v></c></row>");
        Assert.Equal(1, (int)(await city.SendAsync("bureau", file, "wide", name: "a.xlsx"))["fresh"]);
    }

    [Fact]
    public async Task AnEncodingThatWasAskedFor_IsTaken()
    {
        string[] rows = [Heads, "e1,2020Q3,v,1,é"];
        byte[] file = Encoding.UTF8.GetBytes(string.Join('\n', rows));
        Assert.Equal(1, (int)(await city.SendAsync("bureau", file, encoding: "utf-8"))["fresh"]);
        (await city.SendAsync("bureau", file, encoding: "latin-1")).Refused("import.encoding", 422);
        (await city.SendAsync("bureau", [0x41, 0xFF], encoding: "utf-8")).Refused("import.encoding", 422);
    }

    [Theory]
    [InlineData("2024Q3", "2024Q3")]
    [InlineData("2024年第三季度", "2024Q3")]
    [InlineData("2024年3季度", "2024Q3")]
    [InlineData("２０２４年三季度", "2024Q3")]
    [InlineData("2024年上半年", "2024H1")]
    [InlineData("2024年12月", "2024M12")]
    [InlineData("2024-03", "2024M03")]
    [InlineData("2024/3/31", "2024M03")]
    [InlineData("2024年", "2024")]
    [InlineData("2024年度", "2024")]
    public void APeriod_IsReadAsPeopleWriteIt(string text, string period)
    {
        Assert.True(PeriodText.TryRead(text, null, out Lodestone.Kernel.Calendar.Period read));
        Assert.Equal(period, read.ToString());
    }

    [Theory]
    [InlineData("2024年13月")]
    [InlineData("2024年5季度")]
    [InlineData("24年一季度")]
    [InlineData("2024Q3x")]
    [InlineData("")]
    public void WhatIsNoPeriod_IsNotGuessed(string text) => Assert.False(PeriodText.TryRead(text, null, out _));

    private static byte[] Zip()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(archive.CreateEntry("readme.txt").Open());
            writer.Write("hello");
        }

        return file.ToArray();
    }

    private async Task<int> ImportsAsync()
    {
        await using PlatformDb db = city.Db();
        return await db.Set<Import>().CountAsync();
    }
}

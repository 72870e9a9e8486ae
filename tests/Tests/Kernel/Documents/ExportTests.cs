using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Tests.Coordination.Statistics;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Documents;

/// <summary>Whoever takes a file leaves a record, and the file says who took it.</summary>
public sealed class ExportTests(ImportCity city) : IClassFixture<ImportCity>
{
    private const string Place = "/api/returns/f/e1/2026Q1/workbook";

    [Fact]
    public async Task A_workbook_names_its_reader_in_the_margin_and_is_taken_back()
    {
        byte[] file = await DownloadAsync("r1", Place);
        string sheet = SheetOf(file);
        foreach (string margin in new[] { "<oddHeader>&amp;R", "<oddFooter>&amp;L" })
        {
            Assert.Contains($"{margin}内部　r1（r1）2026-07-06 09:00 下载", sheet, StringComparison.Ordinal);
        }

        using var content = new MemoryStream(file);
        using (var book = SpreadsheetDocument.Open(content, isEditable: false))
        {
            Assert.Empty(new OpenXmlValidator().Validate(book).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        }

        using var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue(ExportDesk.Workbook);
        using var form = new MultipartFormDataContent { { part, "file", "back.xlsx" } };
        Answer taken = (await (await city.ClientAsync("r1")).CallAsync(HttpMethod.Post, Place, form)).Ok();
        Assert.Empty(taken["refused"].AsArray());
    }

    [Fact]
    public async Task The_record_says_who_what_when_and_its_hash_stands_in_the_audit()
    {
        byte[] file = await DownloadAsync("bureau", Place);
        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        JsonNode row = (await ListAsync("?user=bureau"))[0]!;
        Assert.Equal(("bureau", "e1", Place, "f-e1-2026Q1.xlsx", hash, file.Length, "internal"),
            ((string?)row["user"], (string?)row["organisation"], (string?)row["route"], (string?)row["fileName"], (string?)row["sha256"], (int)row["size"]!, (string?)row["sensitivity"]));
        long id = (long)row["id"]!;
        await using PlatformDb db = city.Db();
        AuditRecord audited = await db.Set<AuditRecord>().SingleAsync(one => one.Reference == id);
        Assert.Equal(("export.send", hash), (audited.Action, audited.After));
    }

    [Fact]
    public async Task The_list_is_asked_by_person_and_day_and_goes_on_from_its_last_line()
    {
        await city.AddUserAsync("often", ("e1", "reporter"));
        for (int i = 0; i < 3; i++)
        {
            await DownloadAsync("often", Place);
        }

        Assert.Equal(3, (await ListAsync("?user=often&day=2026-07-06")).Count);
        Assert.Empty(await ListAsync("?user=often&day=2026-07-05"));
        Assert.Empty(await ListAsync("?user=often&day=2026-07-07"));
        Assert.Empty(await ListAsync("?user=nobody"));
        long first = (long)(await ListAsync("?user=often"))[0]!["id"]!;
        Assert.Equal(2, (await ListAsync($"?user=often&before={first}")).Count);
        (await (await city.ClientAsync("r1")).ReadAsync("/api/exports")).Refused("access.role", 403);
        Assert.Contains("f-e1-2026Q1.xlsx", (await (await city.ClientAsync("audit")).ReadAsync("/admin/exports?who=often&day=2026-07-06")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_says_how_far_its_returns_may_travel()
    {
        (await FormAsync("nowhere", "secret")).Refused("export.sensitivity", 422);
        (await FormAsync("open", SensitivityMark.Public)).Ok();
        (await FormAsync("close", SensitivityMark.Sensitive)).Ok();
        Assert.DoesNotContain("headerFooter", SheetOf(await DownloadAsync("r1", "/api/returns/open/e1/2026Q1/workbook")), StringComparison.Ordinal);
        Assert.Contains("&amp;R敏感　r1", SheetOf(await DownloadAsync("r1", "/api/returns/close/e1/2026Q1/workbook")), StringComparison.Ordinal);
        Assert.Equal(["sensitive", "public"], (await ListAsync("?user=r1")).Take(2).Select(row => (string?)row!["sensitivity"]));
    }

    [Fact]
    public async Task What_somebody_brought_leaves_as_it_came_and_is_recorded()
    {
        byte[] proof = Encoding.ASCII.GetBytes("%PDF-1.7 brought");
        using var part = new ByteArrayContent(proof);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { part, "file", "proof.pdf" } };
        long id = (long)(await (await city.ClientAsync("r1")).CallAsync(HttpMethod.Post, "/api/evidence?organisation=e1", form))["id"];
        Assert.Equal(proof, await DownloadAsync("bureau", $"/api/evidence/{id}"));
        Assert.Equal(("proof.pdf", Convert.ToHexStringLower(SHA256.HashData(proof))),
            ((string?)(await ListAsync("?user=bureau"))[0]!["fileName"], (string?)(await ListAsync("?user=bureau"))[0]!["sha256"]));
    }

    [Fact]
    public void A_paper_carries_the_line_on_every_page()
    {
        byte[] paper = FileMark.OfDocument(new OfficialDocument().Title("通知").Paragraph("正文").ToBytes(), "内部　张三");
        using var file = WordprocessingDocument.Open(new MemoryStream(paper), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(file).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        Assert.Equal("内部　张三", Assert.Single(file.MainDocumentPart!.HeaderParts).Header!.InnerText);
    }

    [Fact]
    public void A_line_takes_its_place_in_a_sheet_and_never_twice()
    {
        const string Space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Sheet = $"<worksheet xmlns=\"{Space}\"><sheetData /><headerFooter><oddHeader>old</oddHeader></headerFooter><tableParts count=\"0\" /></worksheet>";
        string marked = SheetOf(FileMark.OfWorkbook(Zip(Sheet), "A&B"));
        Assert.Contains("<sheetData /><headerFooter><oddHeader>&amp;RA&amp;&amp;B</oddHeader><oddFooter>&amp;LA&amp;&amp;B</oddFooter></headerFooter><tableParts", marked, StringComparison.Ordinal);
        Assert.DoesNotContain("old", marked, StringComparison.Ordinal);
        string line = SheetOf(FileMark.OfWorkbook(Zip(Sheet), new string('长', 400)));
        Assert.Contains($"<oddHeader>&amp;R{new string('长', 253)}</oddHeader>", line, StringComparison.Ordinal);
    }

    private static byte[] Zip(string sheet)
    {
        using var whole = new MemoryStream();
        using (var archive = new ZipArchive(whole, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream part = archive.CreateEntry("xl/worksheets/sheet1.xml").Open();
            part.Write(Encoding.UTF8.GetBytes(sheet));
        }

        return whole.ToArray();
    }

    private static string SheetOf(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return reader.ReadToEnd();
    }

    private async Task<byte[]> DownloadAsync(string user, string address)
    {
        using HttpResponseMessage response = await (await city.ClientAsync(user)).GetAsync(address);
        Assert.True(response.IsSuccessStatusCode, $"{address}: {response.StatusCode}");
        return await response.Content.ReadAsByteArrayAsync();
    }

    private async Task<JsonArray> ListAsync(string query) => (await (await city.ClientAsync("audit")).ReadAsync($"/api/exports{query}")).Ok().Body!.AsArray();

    private async Task<Answer> FormAsync(string code, string sensitivity)
    {
        HttpClient system = await city.ClientAsync("system");
        string indicator = $"i-{code}";
        (await system.PostAsync("/api/indicators", new { code = indicator, name = indicator, unit = "人", decimals = 0, aggregation = "sum", direction = "up", frequency = "quarter", purpose = "statistics" })).Ok();
        return await system.PostAsync("/api/forms", new
        {
            code,
            name = code,
            documentNumber = "1",
            authority = "a",
            approvalNumber = "1",
            validUntil = "2090-12-31",
            frequency = "quarter",
            indicators = new[] { indicator },
            reporters = new[] { "e1" },
            sensitivity,
        });
    }
}

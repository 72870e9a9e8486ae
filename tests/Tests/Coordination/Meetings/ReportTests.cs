using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace Lodestone.Tests.Coordination.Meetings;

/// <summary>Owns the half-yearly report: approved figures only, each with its source, in the paper and in its charts.</summary>
public sealed class ReportTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly MeetingCity _city = new(engine);

    public async ValueTask InitializeAsync()
    {
        await _city.InitializeAsync();
        await _city.FormAsync();
    }

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AReportIsWrittenCheckedSubmittedAndAccepted_AndItsFiguresStandFromTheReviewOn()
    {
        long report = await ReportAsync();
        (await MoveAsync("office", report, "send-to-review", new { problems = "甲", nextSteps = "乙" })).Refused("report.no-figures", 422);
        await _city.ReportAsync("2026Q1", 100, approve: true);
        await _city.ReportAsync("2026Q2", 130, approve: false);
        (await MoveAsync("office", report, "save-report", new { problems = "", nextSteps = "乙" })).Refused("meeting.text", 422);
        (await MoveAsync("leader", report, "save-report", new { problems = "甲", nextSteps = "乙" })).Refused("access.role", 403);
        // What is not approved does not count.
        Assert.Equal([(long?)10000, null], await TotalsAsync(report));
        await _city.ApproveAsync("2026Q2");
        Assert.Equal([(long?)10000, 13000], await TotalsAsync(report));
        (await MoveAsync("office", report, "send-to-review", new { problems = "选址进度偏慢。", nextSteps = "三季度完成选址。" })).Ok();
        Assert.Contains(await _city.WorkAsync("counter"), item => item.Kind == "work.half-report.report-review");
        (await MoveAsync("counter", report, "send-back-report")).Refused("case.reason-missing", 422);
        (await MoveAsync("counter", report, "check-figures")).Ok();
        (await MoveAsync("leader", report, "accept-report")).Refused("case.wrong-stage", 422);
        (await MoveAsync("office", report, "submit-report")).Ok();
        (await MoveAsync("leader", report, "return-report", new { note = "补上目标" })).Ok();
        Assert.False((bool)(await ReadAsync(report))["kept"]);
        foreach ((string user, string action) in new[] { ("office", "send-to-review"), ("counter", "check-figures"), ("office", "submit-report"), ("leader", "accept-report") })
        {
            // Each a day later: the paper has the day on which it was submitted.
            _city.Clock.Advance(TimeSpan.FromDays(1));
            (await MoveAsync(user, report, action)).Ok();
        }

        _city.Clock.GoTo(new DateOnly(2026, 8, 20));
        using var content = new MemoryStream(await _city.FileAsync("office", $"/api/reports/{report}/document"));
        using var paper = WordprocessingDocument.Open(content, isEditable: false);
        string text = paper.MainDocumentPart!.Document!.Body!.InnerText;
        Assert.Contains("2026年7月9日", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2026年8月20日", text, StringComparison.Ordinal);

        (await (await _city.ClientAsync("l1")).ReadAsync($"/api/reports/{report}")).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task EveryFigureCitesTheIdsAndHashesOfItsValues_AndTheChartsHoldTheSameFigures()
    {
        long report = await ReportAsync();
        await _city.ReportAsync("2026Q1", 100.5m, approve: true);
        await _city.ReportAsync("2026Q2", 130.25m, approve: true);
        (await (await _city.ClientAsync("system")).PutAsync("/api/targets/i/d1/2026Q2", new { value = 125 })).Ok();
        (await MoveAsync("office", report, "save-report", new { problems = "选址进度偏慢。", nextSteps = "三季度完成选址。" })).Ok();
        JsonNode figures = (await ReadAsync(report))["figures"];
        List<Observation> values;
        await using (PlatformDb db = _city.Db())
        {
            values = await db.Set<Observation>().AsNoTracking().OrderBy(row => row.Period).ToListAsync();
        }

        JsonArray sources = figures["sources"]!.AsArray();
        Assert.Equal([("values", 1), ("values", 2), ("target", 3)], sources.Select(one => ((string)one!["kind"]!, (int)one["number"]!)));
        Assert.Equal(values.Select(value => (value.Id, value.Hash)), sources.Take(2).Select(one => ((long)one!["values"]![0]!["id"]!, (string)one["values"]![0]!["hash"]!)));

        using var content = new MemoryStream(await _city.FileAsync("office", $"/api/reports/{report}/document"));
        using var paper = WordprocessingDocument.Open(content, isEditable: false);
        Assert.Empty(Faults(paper));
        string text = paper.MainDocumentPart!.Document!.Body!.InnerText;
        Assert.Contains("130.25〔2〕万元", text, StringComparison.Ordinal);
        Assert.Contains("比2026年一季度增长29.6%", text, StringComparison.Ordinal);
        Assert.Contains("目标125.00〔3〕万元，完成104.2%。", text, StringComparison.Ordinal);
        Assert.Contains($"{values[1].Id}（{string.Join(' ', values[1].Hash[..16].Chunk(4).Select(part => new string(part)))}）", text, StringComparison.Ordinal);
        ChartPart[] charts = [.. paper.MainDocumentPart.ChartParts];
        Assert.Equal(2, charts.Length);
        C.BarChart bars = charts.SelectMany(part => part.ChartSpace!.Descendants<C.BarChart>()).Single();
        Assert.Equal(["100.50", "130.25"], bars.Descendants<C.Values>().Select(row => row.Descendants<C.NumericValue>().Single().Text));
        C.LineChart line = charts.SelectMany(part => part.ChartSpace!.Descendants<C.LineChart>()).Single();
        Assert.Equal(["100.50", "130.25"], line.Descendants<C.Values>().Single().Descendants<C.NumericValue>().Select(value => value.Text));
        // Word's “edit data” opens this workbook; its figures are the chart's.
        foreach (ChartPart chart in charts)
        {
            using Stream data = chart.EmbeddedPackagePart!.GetStream();
            using var book = SpreadsheetDocument.Open(data, isEditable: false);
            Assert.Empty(new OpenXmlValidator().Validate(book).Select(error => $"{error.Path?.XPath}: {error.Description}"));
            Assert.Contains("130.25", book.WorkbookPart!.WorksheetParts.Single().Worksheet!.InnerText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OneUnitAgainstAnother_IsNoGrowth()
    {
        long report = await ReportAsync();
        await _city.ReportAsync("2026Q1", 100, approve: true);
        await _city.ReportAsync("2026Q2", 130, approve: true, "e2", "r2");
        (await MoveAsync("office", report, "save-report", new { problems = "甲", nextSteps = "乙" })).Ok();
        using var content = new MemoryStream(await _city.FileAsync("office", $"/api/reports/{report}/document"));
        using var paper = WordprocessingDocument.Open(content, isEditable: false);
        string text = paper.MainDocumentPart!.Document!.Body!.InnerText;
        Assert.DoesNotContain("增长", text, StringComparison.Ordinal);
        Assert.Contains("与2026年一季度家数相同但单位不同，不作比较", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IssuedMinutesNeverChange_WhenAnOrderIsMadeLaterOrAUnitIsRenamed_AndEveryUnitReadsWhoWasThere()
    {
        long meeting = await _city.HeldAsync();
        long resolution = (long)(await _city.ResolveAsync(meeting)).Ok()["id"];
        await _city.IssueAsync(meeting);
        string before = await MinutesAsync("l2", meeting);
        Assert.Contains("出席：u1、u2。", before, StringComparison.Ordinal);
        Assert.Contains("缺席：u3。", before, StringComparison.Ordinal);
        Assert.Contains("2026年7月22日前完成", before, StringComparison.Ordinal);
        _city.Clock.GoTo(new DateOnly(2026, 7, 15));
        Answer order = (await (await _city.ClientAsync("office")).PostAsync($"/api/resolutions/{resolution}/order", new { })).Ok();
        Assert.Equal("2026-07-22", (string?)order["dueOn"]);
        await using (PlatformDb db = _city.Db())
        {
            await db.Set<Organisation>().Where(row => row.Code == "u2").ExecuteUpdateAsync(row => row.SetProperty(one => one.Name, "改了名的单位"));
        }

        Assert.Equal(before, await MinutesAsync("l2", meeting));
        Assert.Equal(before, await MinutesAsync("office", meeting));
    }

    private async Task<string> MinutesAsync(string user, long meeting)
    {
        using var content = new MemoryStream(await _city.FileAsync(user, $"/api/meetings/{meeting}/minutes"));
        using var paper = WordprocessingDocument.Open(content, isEditable: false);
        return paper.MainDocumentPart!.Document!.Body!.InnerText;
    }

    [Fact]
    public async Task TheNoticeAndTheMinutesAreValidPapers()
    {
        long meeting = await _city.HeldAsync();
        (await _city.ResolveAsync(meeting, "u1", ["u2"])).Ok();
        using (var notice = WordprocessingDocument.Open(new MemoryStream(await _city.FileAsync("l1", $"/api/meetings/{meeting}/notice")), isEditable: false))
        {
            Assert.Empty(Faults(notice));
            string text = notice.MainDocumentPart!.Document!.Body!.InnerText;
            Assert.Contains("时间：2026年7月8日（星期三）09:00。", text, StringComparison.Ordinal);
            Assert.Contains("1. 听取上半年推进情况汇报。", text, StringComparison.Ordinal);
        }

        (await (await _city.ClientAsync("l1")).ReadAsync($"/api/meetings/{meeting}/minutes")).Refused("meeting.not-held", 422);
        await _city.IssueAsync(meeting);
        using var minutes = WordprocessingDocument.Open(new MemoryStream(await _city.FileAsync("leader", $"/api/meetings/{meeting}/minutes")), isEditable: false);
        Assert.Empty(Faults(minutes));
        string written = minutes.MainDocumentPart!.Document!.Body!.InnerText;
        Assert.Contains("〔2026〕1号", written, StringComparison.Ordinal);
        Assert.Contains("由u1牵头，u2配合，2026年7月22日前完成。", written, StringComparison.Ordinal);
        Assert.Contains("出席：u1、u2。", written, StringComparison.Ordinal);
        Assert.Contains("缺席：u3。", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APdfComesWhereTheMachineCanMakeOne()
    {
        long meeting = await _city.HeldAsync();
        await _city.IssueAsync(meeting);
        HttpClient client = await _city.ClientAsync("office");
        using HttpResponseMessage answer = await client.GetAsync(new Uri($"/api/meetings/{meeting}/minutes/pdf", UriKind.Relative));
        if (_city.Services.GetRequiredService<PdfMaker>().IsHere)
        {
            Assert.Equal((System.Net.HttpStatusCode.OK, PdfMaker.MediaType), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Equal("%PDF-", System.Text.Encoding.ASCII.GetString((await answer.Content.ReadAsByteArrayAsync())[..5]));
        }
        else
        {
            (await client.ReadAsync($"/api/meetings/{meeting}/minutes/pdf")).Refused("document.no-pdf", 422);
        }
    }

    private static IEnumerable<string> Faults(WordprocessingDocument paper) => new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Microsoft365).Validate(paper)
        .Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}");

    private async Task<long> ReportAsync() => (long)(await _city.YearAsync()).Single(one => (string?)one!["period"] == "2026H1")!["id"]!;

    private async Task<Answer> ReadAsync(long report) => (await (await _city.ClientAsync("office")).ReadAsync($"/api/reports/{report}")).Ok();

    private async Task<IEnumerable<long?>> TotalsAsync(long report) =>
        (await ReadAsync(report))["figures"]["indicators"]![0]!["city"]!["values"]!.AsArray().Select(value => (long?)value!["value"]);

    private async Task<Answer> MoveAsync(string user, long report, string action, object? more = null)
    {
        long version = (long)(await ReadAsync(report))["version"];
        JsonObject body = more is null ? [] : System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
        (body["action"], body["version"]) = (action, version);
        return await (await _city.ClientAsync(user)).PostAsync($"/api/reports/{report}/actions", body);
    }
}

using System.Net.Http.Headers;
using Lodestone.Coordination.Plans;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Coordination.Plans;

/// <summary>A plan goes out as a workbook and comes back as another plan; one wrong row and nothing is stored.</summary>
public sealed class PlanWorkbookTests(PlanPlatform platform) : IClassFixture<PlanPlatform>
{
    private static readonly string[] s_members = ["lead", "help"];

    [Fact]
    public async Task What_was_downloaded_and_imported_is_the_same_plan()
    {
        await platform.FoundAsync("p-round");
        await FillAsync("p-round");
        IReadOnlyList<SheetLine> sent = await DownloadAsync("p-round");
        Assert.Equal(PlanWorkbook.Sheets.Select(sheet => sheet.Name), sent.Select(row => row.Sheet).Distinct());

        Answer taken = (await SendAsync("office", Rename(sent, "p-copy"))).Ok();
        Assert.Equal(("p-copy", 2, 4, 1), ((string?)taken["plan"], (int)taken["measures"], (int)taken["milestones"], (int)taken["groups"]));
        IReadOnlyList<SheetLine> back = await DownloadAsync("p-copy");
        Assert.Equal(Flat(Rename(sent, "p-copy")), Flat(back));
        // The indicators of the platform are the same, so nothing was added and no target got a second version.
        Assert.Equal((0, 0), ((int)taken["indicators"], (int)taken["targets"]));
    }

    [Fact]
    public async Task A_city_brings_its_own_indicators_and_a_known_one_keeps_its_definition()
    {
        await platform.FoundAsync("p-own");
        await FillAsync("p-own");
        List<SheetLine> rows = [.. Rename(await DownloadAsync("p-own"), "p-own-2").Where(row => row.Sheet is not (PlanWorkbook.Indicators or PlanWorkbook.Targets) || row.Cells.Values.Contains("p-own-1"))];
        Change(rows, PlanWorkbook.Indicators, "p-own-1", "计量单位", "days");
        Assert.Equal([PlanWorkbook.Indicators], (await SendAsync("office", rows)).Ok()["rejected"].AsArray().Select(row => (string?)row!["sheet"]));

        Change(rows, PlanWorkbook.Indicators, "p-own-1", "编号", "p-own-9");
        rows = [.. rows.Select(row => row.Sheet == PlanWorkbook.Targets ? row with { Cells = new Dictionary<string, string>(row.Cells) { ["指标"] = "p-own-9", ["目标值"] = "97.25" } } : row)];
        Assert.Equal([PlanWorkbook.Targets], (await SendAsync("office", rows)).Ok()["rejected"].AsArray().Select(row => (string?)row!["sheet"]));

        rows = [.. rows.Select(row => row.Sheet == PlanWorkbook.Targets ? row with { Cells = new Dictionary<string, string>(row.Cells) { ["目标值"] = "97.2" } } : row)];
        Answer taken = (await SendAsync("office", rows)).Ok();
        Assert.Equal(("p-own-2", 1, 1), ((string?)taken["plan"], (int)taken["indicators"], (int)taken["targets"]));
        Answer target = await (await platform.ClientAsync("system")).ReadAsync("/api/targets/p-own-9/lead/2027");
        Assert.Equal(97.2m, (decimal?)Assert.Single(target.Ok().Body!.AsArray())!["value"]);
    }

    [Fact]
    public async Task A_wrong_row_comes_back_with_its_reason_and_nothing_is_stored()
    {
        await platform.FoundAsync("p-wrong");
        List<SheetLine> rows = [.. Rename(await DownloadAsync("p-wrong"), "p-never")];
        Change(rows, PlanWorkbook.Measures, "M2", "牵头单位", "nobody");
        Change(rows, PlanWorkbook.Milestones, "M1-1", "季度", "1999Q1");
        Change(rows, PlanWorkbook.Milestones, "M1-2", "权重", "0");
        Change(rows, PlanWorkbook.Milestones, "M1-3", "编号", "M1-1");
        Change(rows, PlanWorkbook.Milestones, "M2-1", "任务", "M9");
        Answer answer = (await SendAsync("office", rows)).Ok();
        Assert.Null((string?)answer.Body!["plan"]);
        Assert.Equal(["里程碑 2", "里程碑 3", "里程碑 4", "里程碑 5", "重点任务 3"],
            answer["rejected"].AsArray().Select(row => $"{(string?)row!["sheet"]} {(int)row["row"]!}").Order(StringComparer.Ordinal));
        Assert.Contains("nobody", (string?)answer["rejected"].AsArray().Single(row => (string?)row!["sheet"] == PlanWorkbook.Measures)!["message"], StringComparison.Ordinal);

        HttpClient office = await platform.ClientAsync("office");
        (await office.ReadAsync("/api/plans/p-never")).Refused("request.not-found", 404);
        await using (PlatformDb db = platform.Db())
        {
            Assert.False(await db.Set<Plan>().AnyAsync(row => row.Code == "p-never", TestContext.Current.CancellationToken));
            Assert.False(await db.Set<PlanRevision>().AnyAsync(row => row.Code == "M9", TestContext.Current.CancellationToken));
        }

        // The workbook that comes back has every row, so that it is mended in place and sent again.
        using var kept = new MemoryStream(await office.GetByteArrayAsync((string)answer["workbookUrl"]!));
        List<SheetLine> mended = [.. PlanWorkbookReader.Read(kept)];
        Assert.Equal(rows.Count, mended.Count);
        Change(mended, PlanWorkbook.Measures, "M2", "牵头单位", "help");
        Change(mended, PlanWorkbook.Milestones, "M1-2", "权重", "3");
        mended.RemoveAll(row => row.Sheet == PlanWorkbook.Milestones && row["编号"] != "M1-2");
        Assert.Equal("p-never", (string?)(await SendAsync("office", mended)).Ok()["plan"]);
    }

    [Fact]
    public async Task The_draft_of_a_year_becomes_a_plan_under_the_plan()
    {
        await platform.FoundAsync("p-year");
        int year = platform.Clock.GetUtcNow().AddHours(8).Year;
        IReadOnlyList<SheetLine> draft = await DownloadAsync("p-year", $"?year={year}");
        Assert.Equal($"p-year-{year}", (string?)(await SendAsync("office", draft)).Ok()["plan"]);
        HttpClient office = await platform.ClientAsync("office");
        Answer plan = await office.ReadAsync($"/api/plans/p-year-{year}");
        Assert.Equal("M1", (string?)plan["objectives"][0]!["measures"]![0]!["code"]);
        Assert.Equal("M1-2", (string?)Assert.Single(plan["objectives"][0]!["measures"]![0]!["milestones"]!.AsArray())!["code"]);
        await using PlatformDb db = platform.Db();
        Plan made = await db.Set<Plan>().SingleAsync(row => row.Code == $"p-year-{year}", TestContext.Current.CancellationToken);
        Assert.Equal(("annual", "p-year"), (made.Kind, (await db.Set<Plan>().SingleAsync(row => row.Id == made.ParentId, TestContext.Current.CancellationToken)).Code));
        // A second time its code is taken, and the row of the plan says so.
        Assert.Single((await SendAsync("office", draft)).Ok()["rejected"].AsArray(), row => (string?)row!["sheet"] == PlanWorkbook.Plan);
    }

    [Fact]
    public async Task Only_the_office_imports_and_a_file_that_is_no_workbook_is_named()
    {
        (await SendAsync("lead-liaison", await DownloadAsync("p"))).Refused("access.role", 403);
        (await SendAsync("office", "not a workbook"u8.ToArray())).Refused("workbook.not-xlsx", 422);
        (await SendAsync("office", [.. "PK\u0003\u0004"u8, 1, 2, 3])).Refused("workbook.broken", 422);
        List<SheetLine> two = [.. await DownloadAsync("p")];
        two.Add(two[0]);
        (await SendAsync("office", two)).Refused("plan.file-plan", 422);
    }

    private async Task FillAsync(string plan)
    {
        HttpClient office = await platform.ClientAsync("office");
        HttpClient system = await platform.ClientAsync("system");
        (await office.PutAsync($"/api/plans/{plan}/groups/g1", new { kind = "office", name = "Office", host = "c", members = s_members, person = "Ann", phone = "0555-000 0101", version = 0 })).Ok();
        (await office.PutAsync($"/api/plans/{plan}/contacts/lead", new { person = "Bo", phone = "0555-000 0202", version = 0 })).Ok();
        (await system.PostAsync("/api/indicators", new
        {
            code = $"{plan}-1",
            name = "Rate",
            unit = "%",
            decimals = 1,
            aggregation = "last",
            direction = "up",
            frequency = "year",
            purpose = "administration",
            explanation = "done over due",
            area = "Funds",
            owner = "lead",
        })).Ok();
        (await system.PutAsync($"/api/targets/{plan}-1/lead/2027", new { value = 98.5m })).Ok();
    }

    private async Task<IReadOnlyList<SheetLine>> DownloadAsync(string plan, string query = "")
    {
        using var file = new MemoryStream(await (await platform.ClientAsync("office")).GetByteArrayAsync($"/api/plans/{plan}/workbook{query}"));
        return PlanWorkbookReader.Read(file);
    }

    private async Task<Answer> SendAsync(string who, IReadOnlyList<SheetLine> rows)
    {
        await using MemoryStream file = await PlanWorkbookWriter.WriteAsync(rows, [], null, TestContext.Current.CancellationToken);
        return await SendAsync(who, file.ToArray());
    }

    private async Task<Answer> SendAsync(string who, byte[] file)
    {
        using var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue(ExportDesk.Workbook);
        using var form = new MultipartFormDataContent { { part, "file", "plan.xlsx" } };
        return await (await platform.ClientAsync(who)).CallAsync(HttpMethod.Post, "/api/plans/workbook", form);
    }

    private static IReadOnlyList<SheetLine> Rename(IReadOnlyList<SheetLine> rows, string code)
    {
        List<SheetLine> copy = [.. rows];
        Change(copy, PlanWorkbook.Plan, copy[0]["编号"], "编号", code);
        return copy;
    }

    private static void Change(List<SheetLine> rows, string sheet, string code, string head, string value)
    {
        int place = rows.FindIndex(row => row.Sheet == sheet && row["编号"] == code);
        rows[place] = rows[place] with { Cells = new Dictionary<string, string>(rows[place].Cells) { [head] = value } };
    }

    private static IEnumerable<string> Flat(IReadOnlyList<SheetLine> rows) =>
        rows.Select(row => $"{row.Sheet}|{string.Join('|', PlanWorkbook.Sheet(row.Sheet).Heads.Select(head => row[head]))}");
}

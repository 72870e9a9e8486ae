using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Lodestone.Coordination.Advice;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;
using SpreadCheetah;

namespace Lodestone.Tests.Coordination.Advice;

/// <summary>Owns the roster as a workbook: it goes out and back, a row is judged as a single command is, a refused row costs the others nothing.</summary>
public sealed class ExpertBookTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const string Book = "/api/advice/experts/workbook";

    private readonly AdvisedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task ARosterGoesOutAndComesBack_WithALineAddedAndOneChanged()
    {
        HttpClient office = await _city.ClientAsync("office");
        await _city.AddUserAsync("n", ("k", "expert"));
        List<SheetLine> rows = await DownloadAsync(office, "?committee=k");
        Assert.Equal(["a", "b", "t", "late"], rows.Select(row => row[ExpertRoster.Account]));
        SheetLine tied = rows.Single(row => row[ExpertRoster.Account] == "t");
        Assert.Equal(("k", "e1", "永磁 检测", "2026-01-01", "2028-12-31"),
            (tied[ExpertRoster.Committee], tied[ExpertRoster.EmployerCode], tied[ExpertRoster.Fields], tied[ExpertRoster.From], tied[ExpertRoster.Until]));
        AssertCounts(await SendAsync(office, rows), 0, 0, 4, 0);

        rows[0] = With(rows[0], ExpertRoster.Fields, "永磁、材料", ExpertRoster.Until, "2029/6/30");
        rows.Add(New("n", ExpertRoster.EmployerCode, "e2", ExpertRoster.Fields, "检测", ExpertRoster.From, "2026年7月1日", ExpertRoster.Until, "2028-12-31"));
        Answer report = await SendAsync(office, rows);
        AssertCounts(report, 1, 1, 3, 0);
        Assert.Null(report.Body!["workbookUrl"]);
        JsonNode changed = await ExpertAsync("a");
        Assert.Equal(("永磁 材料", "2026-01-01", "2029-06-30"), ((string?)changed["fields"], (string?)changed["termFrom"], (string?)changed["termUntil"]));
        JsonNode added = await ExpertAsync("n");
        Assert.Equal(("2026-07-01", "检测"), ((string?)added["termFrom"], (string?)added["fields"]));

        // Sent twice, it says what the roster says already.
        AssertCounts(await SendAsync(office, rows), 0, 0, 5, 0);
        using PlatformDb db = _city.Db();
        Assert.Equal((5, 1), (await AuditsAsync(db, "advice.expert"), await AuditsAsync(db, "advice.expert-revised")));
    }

    [Fact]
    public async Task ADayAndANumberOfTheSpreadsheetAreRead()
    {
        HttpClient office = await _city.ClientAsync("office");
        SheetLine row = (await DownloadAsync(office))[1];
        byte[] typed = await SheetAsync(ExpertRoster.Sheet, ExpertRoster.Heads, [.. ExpertRoster.Heads.Select(head => head switch
        {
            ExpertRoster.Until => new DataCell(new DateTime(2030, 5, 1)),
            ExpertRoster.Version => new DataCell(VersionOf(row)),
            _ => new DataCell(row[head]),
        })]);
        AssertCounts(await SendAsync(office, typed), 0, 1, 0, 0);
        Assert.Equal("2030-05-01", (string?)(await ExpertAsync("b"))["termUntil"]);
    }

    [Fact]
    public async Task TheListGoesOnAfterTheLastOneSeen()
    {
        HttpClient office = await _city.ClientAsync("office");
        long[] all = [.. (await office.ReadAsync("/api/advice/experts")).Ok().Body!.AsArray().Select(row => (long)row!["id"]!)];
        Assert.True(all.Length > 2);
        Assert.Equal(all[1..], (await office.ReadAsync($"/api/advice/experts?after={all[0]}")).Ok().Body!.AsArray().Select(row => (long)row!["id"]!));
        string page = (await office.ReadAsync($"/advice/experts?after={all[0]}")).Ok().Text;
        Assert.Contains($"revise-{all[1]}", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"revise-{all[0]}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusedRowComesBackWithItsReason_AndNothingElseIsLost()
    {
        HttpClient office = await _city.ClientAsync("office");
        await _city.AddUserAsync("n", ("k", "expert"));
        List<SheetLine> rows = await DownloadAsync(office);
        Answer report = await SendAsync(office,
        [
            With(rows[0], ExpertRoster.Fields, "陶瓷"),
            With(rows[1], ExpertRoster.Employer, "乙公司", ExpertRoster.Fields, ""),
            With(rows[2], ExpertRoster.Employer, "别的单位"),
            With(rows[3], ExpertRoster.Until, "明年"),
            With(rows[0], ExpertRoster.Fields, "再写一次"),
            New("l1", ExpertRoster.Employer, "某", ExpertRoster.Fields, "某", ExpertRoster.Until, "2028-12-31"),
            New("n", ExpertRoster.Employer, "某", ExpertRoster.Fields, "某", ExpertRoster.From, "2028-12-31", ExpertRoster.Until, "2026-12-31"),
            With(New("nobody", ExpertRoster.Employer, "某"), ExpertRoster.Version, "7"),
            With(New("stranger", ExpertRoster.Employer, "某"), ExpertRoster.Committee, "kx"),
            With(New("a"), ExpertRoster.Committee, "u1"),
        ]);
        AssertCounts(report, 0, 1, 0, 9);
        Assert.Collection(Rejected(report), new (int Row, string Account, string Reason)[]
        {
            (3, "b", "“专业领域”不能空"), (4, "t", "单位代码还是 e1"), (5, "late", "不是日期"), (6, "a", "写了两行"), (7, "l1", "不是这个委员会的咨询专家"), (8, "n", "晚于开始日"),
            (9, "nobody", "没有登记账号"), (10, "stranger", "没有找到"), (11, "a", "不是委员会"),
        }.Select(expected => (Action<(int Row, string Account, string Message)>)(row =>
        {
            Assert.Equal((expected.Row, expected.Account), (row.Row, row.Account));
            Assert.Contains(expected.Reason, row.Message, StringComparison.Ordinal);
        })).ToArray());
        Assert.Equal("陶瓷", (string?)(await ExpertAsync("a"))["fields"]);
        // What was right in a refused row is not stored either.
        Assert.Equal(("某大学", "永磁 检测"), ((string?)(await ExpertAsync("b"))["employer"], (string?)(await ExpertAsync("b"))["fields"]));
        Assert.Equal(4, (await office.ReadAsync("/api/advice/experts")).Ok().Body!.AsArray().Count);
        string url = (string)report["workbookUrl"]!;
        byte[] back = await office.GetByteArrayAsync(new Uri(url, UriKind.Relative));
        List<SheetLine> returned = [.. ExpertRoster.Read(new MemoryStream(back))];
        Assert.Equal(["b", "t", "late", "a", "l1", "n", "nobody", "stranger", "a"], returned.Select(row => row[ExpertRoster.Account]));
        Assert.Contains("单位代码还是 e1", SheetText(back), StringComparison.Ordinal);
        // The rows that came back are mended in the same file and sent again.
        SheetLine[] mended =
        [
            With(returned[0], ExpertRoster.Fields, "永磁"),
            With(returned[1], ExpertRoster.EmployerCode, ""),
            With(returned[2], ExpertRoster.Until, "2029-1-1"),
        ];
        AssertCounts(await SendAsync(office, mended), 0, 3, 0, 0);
        Assert.Equal(("乙公司", "别的单位"), ((string?)(await ExpertAsync("b"))["employer"], (string?)(await ExpertAsync("t"))["employer"]));
        // Accounts stand in it, which an expert of the committee does not read.
        (await (await _city.ClientAsync("a")).ReadAsync(url)).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task AStaleRowIsRefused_AndTheOthersAreTaken()
    {
        HttpClient office = await _city.ClientAsync("office");
        List<SheetLine> rows = await DownloadAsync(office);
        (await office.PutAsync($"/api/advice/experts/{_city.Experts["b"]}", new { employer = "先改的", fields = "先改", version = VersionOf(rows[1]) })).Ok();
        Answer report = await SendAsync(office,
        [
            With(rows[0], ExpertRoster.Employer, "甲大学"),
            With(rows[1], ExpertRoster.Employer, "后改的"),
            With(rows[2], ExpertRoster.Version, "x"),
            With(rows[3], ExpertRoster.Version, "", ExpertRoster.Fields, "无版本"),
        ]);
        AssertCounts(report, 0, 1, 1, 2);
        Assert.Equal([("b", true), ("late", false)], Rejected(report).Select(row => (row.Account, row.Message.Contains("有人先改了", StringComparison.Ordinal))));
        Assert.Equal(("甲大学", "先改的", "永磁 检测"),
            ((string?)(await ExpertAsync("a"))["employer"], (string?)(await ExpertAsync("b"))["employer"], (string?)(await ExpertAsync("late"))["fields"]));
    }

    [Fact]
    public async Task AForeignCommitteeIsNeitherSeenNorWritten()
    {
        HttpClient office = await _city.ClientAsync("office");
        HttpClient other = await _city.ClientAsync("office-x");
        List<SheetLine> rows = await DownloadAsync(office);
        (await other.ReadAsync($"{Book}?committee=k")).Refused("request.not-found", 404);
        (await other.ReadAsync($"{Book}?committee=ux")).Refused("advice.committee", 422);
        Assert.Empty(await DownloadAsync(other));
        AssertCounts(await SendAsync(other, [With(rows[0], ExpertRoster.Employer, "外市"), With(rows[1], ExpertRoster.Version, "")]), 0, 0, 0, 2);
        AssertCounts(await SendAsync(office, rows), 0, 0, 4, 0);
        // An expert reads who is in the committee, as on the page; accounts are the office's.
        HttpClient expert = await _city.ClientAsync("a");
        List<SheetLine> seen = await DownloadAsync(expert, "?committee=k");
        Assert.Equal(rows.Select(Printed), seen.Select(Printed));
        Assert.All(seen, row => Assert.Equal(("", "", ""), (row[ExpertRoster.Account], row[ExpertRoster.EmployerCode], row[ExpertRoster.Version])));
        (await SendAsync(expert, rows)).Refused("access.role", 403);
        (await (await _city.ClientAsync("l1")).ReadAsync(Book)).Refused("access.role", 403);
        using PlatformDb db = _city.Db();
        ExportRecord[] left = await db.Set<ExportRecord>().Where(row => row.FileName.StartsWith("experts-")).OrderBy(row => row.Id)
            .ToArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, left.Length);
        Assert.All(left, row => Assert.Equal(SensitivityMark.Internal, row.Sensitivity));
        Assert.Equal((await _city.OrganisationAsync("k")).Id, left[2].OrganisationId);
    }

    [Fact]
    public async Task AnotherFileIsRefusedWhole()
    {
        HttpClient office = await _city.ClientAsync("office");
        (await SendAsync(office, "no workbook"u8.ToArray())).Refused("workbook.not-xlsx", 422);
        (await SendAsync(office, new byte[WorkbookSafety.Largest + 1])).Refused("workbook.too-large", 422);
        (await SendAsync(office, await SheetAsync("Sheet1", ExpertRoster.Heads, []))).Refused("advice.file-sheet", 422);
        Answer heads = await SendAsync(office, await SheetAsync(ExpertRoster.Sheet, [.. ExpertRoster.Heads.Except([ExpertRoster.Version])], []));
        heads.Refused("advice.file-heads", 422);
        Assert.Contains("版本", heads.Text, StringComparison.Ordinal);
        (await SendAsync(office, await SheetAsync(ExpertRoster.Sheet, [.. ExpertRoster.Heads, ExpertRoster.Account], []))).Refused("advice.file-heads", 422);
        (await SendAsync(office, Enumerable.Range(0, ExpertRoster.MostExperts + 1).Select(_ => New("a")))).Refused("advice.file-rows", 422);
    }

    [Fact]
    public async Task ThePageTakesARoster_AndSaysWhatBecameOfIt()
    {
        HttpClient office = await _city.ClientAsync("office");
        List<SheetLine> rows = await DownloadAsync(office);
        SheetLine[] sent = [With(rows[0], ExpertRoster.Employer, "页上改的大学"), With(rows[1], ExpertRoster.Fields, ""), .. rows[2..]];
        byte[] file = await ExpertRoster.WriteAsync(sent, null, TestContext.Current.CancellationToken);
        using HttpResponseMessage page = await office.SubmitAsync("/advice/experts", "roster", "Sheet", file);
        string text = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        foreach (string expected in new[] { "新聘 0 位，修改 1 位，2 位没有变化，1 行没有收下", "第 3 行（b）：“专业领域”不能空", "/api/evidence/", "页上改的大学" })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        using HttpResponseMessage wrong = await office.SubmitAsync("/advice/experts", "roster", "Sheet", "no workbook"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains(Book, WebUtility.HtmlDecode((await (await _city.ClientAsync("a")).ReadAsync("/advice/experts")).Ok().Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOfficeIsToldOfTermsThatEndSoon()
    {
        HttpClient office = await _city.ClientAsync("office");
        Assert.DoesNotContain("60 天内到期", await PageAsync(office), StringComparison.Ordinal);
        long seen = (long)(await ExpertAsync("a"))["version"]!;
        (await office.PutAsync($"/api/advice/experts/{_city.Experts["a"]}", new { employer = "某大学", fields = "永磁", termUntil = "2026-09-01", version = seen })).Ok();
        Assert.Contains("1 位的任期在 60 天内到期，最早的是 a（2026-09-01）", await PageAsync(office), StringComparison.Ordinal);
        Assert.DoesNotContain("60 天内到期", await PageAsync(await _city.ClientAsync("b")), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(HttpClient client) => WebUtility.HtmlDecode((await client.ReadAsync("/advice/experts")).Ok().Text);

    private static SheetLine New(string account, params string[] pairs) =>
        With(new SheetLine(ExpertRoster.Sheet, 0, new Dictionary<string, string> { [ExpertRoster.Committee] = "k", [ExpertRoster.Account] = account }), pairs);

    private static SheetLine With(SheetLine row, params string[] pairs)
    {
        var cells = new Dictionary<string, string>(row.Cells);
        foreach (string[] pair in pairs.Chunk(2))
        {
            cells[pair[0]] = pair[1];
        }

        return row with { Cells = cells };
    }

    private static (string, string, string) Printed(SheetLine row) => (row[ExpertRoster.Name], row[ExpertRoster.Employer], row[ExpertRoster.Until]);

    private static long VersionOf(SheetLine row) => long.Parse(row[ExpertRoster.Version], CultureInfo.InvariantCulture);

    private static async Task<List<SheetLine>> DownloadAsync(HttpClient client, string query = "") =>
        [.. ExpertRoster.Read(new MemoryStream(await client.GetByteArrayAsync(new Uri($"{Book}{query}", UriKind.Relative))))];

    private static async Task<Answer> SendAsync(HttpClient client, IEnumerable<SheetLine> rows) =>
        await SendAsync(client, await ExpertRoster.WriteAsync(rows, null, TestContext.Current.CancellationToken));

    private static async Task<Answer> SendAsync(HttpClient client, byte[] file)
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "experts.xlsx" } };
        return await client.CallAsync(HttpMethod.Post, Book, body);
    }

    private static void AssertCounts(Answer report, int added, int changed, int same, int rejected) =>
        Assert.Equal((added, changed, same, rejected),
            ((int)report["added"]!, (int)report["changed"]!, (int)report["same"]!, report["rejected"].AsArray().Count));

    private static IEnumerable<(int Row, string Account, string Message)> Rejected(Answer report) =>
        report["rejected"].AsArray().Select(row => ((int)row!["row"]!, (string)row["account"]!, (string)row["message"]!));

    private async Task<JsonNode> ExpertAsync(string account) =>
        (await (await _city.ClientAsync("office")).ReadAsync("/api/advice/experts")).Ok().Body!.AsArray().Single(row => (string?)row!["name"] == account)!;

    private static Task<int> AuditsAsync(PlatformDb db, string action) =>
        db.Set<AuditRecord>().CountAsync(row => row.SubjectKind == "expert" && row.Action == action, TestContext.Current.CancellationToken);

    private static async Task<byte[]> SheetAsync(string name, IEnumerable<string> heads, DataCell[] row)
    {
        using var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content))
        {
            await book.StartWorksheetAsync(name);
            await book.AddRowAsync([.. heads.Select(head => new DataCell(head))]);
            await book.AddRowAsync(row);
            await book.FinishAsync();
        }

        return content.ToArray();
    }

    private static string SheetText(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return reader.ReadToEnd();
    }
}

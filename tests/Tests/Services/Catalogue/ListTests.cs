using System.Text.Json.Nodes;
using Lodestone.Kernel.Documents;
using Lodestone.Services.Catalogue;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Services.Catalogue;

/// <summary>Owns how a list changes: reviewed and decided, a new version each time, by its own department only. Each test has a city of its own.</summary>
public sealed class ListTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly ListedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AnEntryIsProposedReviewedDecided_AndReadByAnybodyFromItsDay()
    {
        long change = (long)(await _city.ProposeAsync("add", null, [ListedCity.Licence("L-1")]))["id"];
        (await _city.Anonymous.ReadAsync("/api/services/L-1")).Refused("request.not-found", 404);
        (await _city.MoveAsync("lists", change, "decide")).Refused("case.wrong-stage", 422);
        (await _city.MoveAsync("keeper", change, "legal-review")).Refused("access.role", 403);
        (await _city.MoveAsync("lawyer-x", change, "legal-review")).Refused("request.not-found", 404);
        (await _city.MoveAsync("lawyer", change, "legal-review", note: null)).Refused("case.reason-missing", 422);
        (await _city.MoveAsync("lawyer", change, "legal-review")).Ok();
        (await _city.MoveAsync("lists", change, "decide", null, "2026-07-05")).Refused("list.day", 422);
        (await _city.MoveAsync("lists", change, "decide", null, "2026-07-08")).Ok();
        (await _city.Anonymous.ReadAsync("/api/services/L-1")).Refused("request.not-found", 404);
        _city.Clock.GoTo(new DateOnly(2026, 7, 8));
        JsonNode entry = (await _city.Anonymous.ReadAsync("/api/services/L-1")).Ok().Body!;
        Assert.Equal(("in-force", 1, 8, "d1"), ((string)entry["entry"]!["state"]!, (int)entry["entry"]!["version"]!, (int)entry["text"]!["promisedDays"]!, (string)entry["entry"]!["department"]!));
        Assert.Single((await _city.Anonymous.ReadAsync("/api/services?q=L-1")).Ok().Body!.AsArray());
        Assert.Contains("承诺 8 个工作日", (await _city.Anonymous.ReadAsync("/services/L-1")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItIsAlteredPausedResumedAndCancelled_EachAVersion()
    {
        await _city.PassAsync("add", null, [ListedCity.Licence("L-1")]);
        await _city.PassAsync("alter", ["L-1"], [ListedCity.Licence("L-1", 20, 5)]);
        (await _city.ProposeAsync("resume", ["L-1"], null)).Refused("list.state", 422);
        await _city.PassAsync("pause", ["L-1"], null);
        (await _city.ProposeAsync("pause", ["L-1"], null)).Refused("list.state", 422);
        await _city.PassAsync("resume", ["L-1"], null);
        await _city.PassAsync("cancel", ["L-1"], null);
        (await _city.ProposeAsync("alter", ["L-1"], [ListedCity.Licence("L-1")])).Refused("list.state", 422);
        JsonNode entry = (await _city.Anonymous.ReadAsync("/api/services/L-1")).Ok().Body!;
        Assert.Equal(["cancel", "resume", "pause", "alter", "add"], entry["versions"]!.AsArray().Select(version => (string)version!["change"]!));
        Assert.Equal(("cancelled", 5), ((string)entry["entry"]!["state"]!, (int)entry["text"]!["promisedDays"]!));
        Assert.Empty((await _city.Anonymous.ReadAsync("/api/services")).Ok().Body!.AsArray());
    }

    [Fact]
    public async Task OneIsSplitInTwo_AndTheTwoAreMerged()
    {
        await _city.PassAsync("add", null, [ListedCity.Licence("L-1")]);
        (await _city.ProposeAsync("split", ["L-1"], [ListedCity.Licence("L-2")])).Refused("list.texts", 422);
        (await _city.ProposeAsync("split", ["L-1"], [ListedCity.Licence("L-2"), ListedCity.Licence("L-1")])).Refused("list.code-taken", 422);
        await _city.PassAsync("split", ["L-1"], [ListedCity.Licence("L-2"), ListedCity.Licence("L-3")]);
        Assert.Equal("cancelled", (string?)(await _city.Anonymous.ReadAsync("/api/services/L-1"))["entry"]["state"]);
        (await _city.ProposeAsync("merge", ["L-2"], [ListedCity.Licence("L-4")])).Refused("list.entries", 422);
        await _city.PassAsync("merge", ["L-2", "L-3"], [ListedCity.Licence("L-4")]);
        JsonNode merged = (await _city.Anonymous.ReadAsync("/api/services/L-4")).Ok().Body!;
        Assert.Equal(["L-2", "L-3"], merged["cameFrom"]!.AsArray().Select(code => (string)code!));
    }

    [Fact]
    public async Task WhatIsSplitOrMerged_TakesOverWhatTheOldOnesSay()
    {
        await _city.PassAsync("add", null, [ListedCity.Licence("L-1", 20, 8, new MaterialText("M-A", "甲", "A"))]);
        await _city.PassAsync("add", null, [ListedCity.Licence("L-2", 30, 15, new MaterialText("M-A", "甲", "A"), new MaterialText("M-B", "乙", "C")) with { Basis = "《城乡规划法》", Specials = [new SpecialText("expert-review", 30)] }]);
        async Task<long> HeirsAsync(string kind, string[] codes, string lines) => await _city.AsAsync(await _city.ActorOfAsync("keeper"), async services =>
        {
            ListChange change = await services.GetRequiredService<ListChangeDesk>().ProposeHeirsAsync("d1", kind, codes, lines, "法规修订");
            await services.GetRequiredService<Lodestone.Kernel.Data.PlatformDb>().SaveChangesAsync();
            return change.Id;
        });
        long merger = await HeirsAsync("merge", ["L-1", "L-2"], "L-3 联合核发\n");
        (await _city.MoveAsync("lawyer", merger, "legal-review")).Ok();
        (await _city.MoveAsync("lists", merger, "decide", null, "2026-07-06")).Ok();
        JsonNode merged = (await _city.Anonymous.ReadAsync("/api/services/L-3")).Ok().Body!["text"]!;
        Assert.Equal(("联合核发", 30, 15), ((string)merged["name"]!, (int)merged["statutoryDays"]!, (int)merged["promisedDays"]!));
        Assert.Equal(["hearing 20", "expert-review 30"], merged["specials"]!.AsArray().Select(special => $"{special!["kind"]} {special["days"]}"));
        Assert.Equal(["M-A", "M-B"], merged["materials"]!.AsArray().Select(material => (string)material!["code"]!));
        Assert.Equal("《中华人民共和国行政许可法》第十二条；《城乡规划法》", (string)merged["basis"]!);
        Assert.Equal("list.texts", (await Assert.ThrowsAsync<Lodestone.Kernel.Refusal>(() => HeirsAsync("split", ["L-3"], "L-4 其一"))).Code);
        await HeirsAsync("split", ["L-3"], "L-4 其一\nL-5\u3000其二");
    }

    [Fact]
    public async Task AFormThatNamesAnUnknownCode_ComesBackWithWhatWasTyped()
    {
        await _city.PassAsync("add", null, [ListedCity.Licence("L-1")]);
        HttpClient keeper = await _city.ClientAsync("keeper");
        Task<HttpResponseMessage> SplitAsync(string code) => keeper.SubmitAsync("/service-lists", "propose", new Dictionary<string, string>
        {
            ["Kind"] = "split",
            ["Codes"] = code,
            ["NewOnes"] = "L-2 其一\nL-3 其二",
            ["Reason"] = "办理层级不同",
        });
        using HttpResponseMessage refused = await SplitAsync("L-9");
        string text = System.Net.WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.All(new[] { "request.not-found", "L-9", "L-2 其一", "办理层级不同" }, part => Assert.Contains(part, text, StringComparison.Ordinal));
        using HttpResponseMessage done = await SplitAsync("L-1");
        Assert.Contains("done=list-proposed", done.Headers.Location?.ToString() ?? await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABadProposalIsRefused_AndNobodyChangesAnothersEntry()
    {
        await _city.PassAsync("add", null, [ListedCity.Licence("L-1")]);
        EntryText fresh = ListedCity.Licence("L-9");
        (await _city.ProposeAsync("rename", null, [fresh])).Refused("list.change-kind", 422);
        (await _city.ProposeAsync("add", null, [fresh], reason: "")).Refused("list.reason", 422);
        (await _city.ProposeAsync("add", null, [fresh with { PromisedDays = 30 }])).Refused("list.promise", 422);
        (await _city.ProposeAsync("add", null, [ListedCity.Licence("L-1")])).Refused("list.code-taken", 422);
        (await _city.ProposeAsync("alter", ["L-1"], [fresh])).Refused("list.entries", 422);
        (await _city.ProposeAsync("cancel", ["L-1"], null, "keeper2", "d2")).Refused("request.not-found", 404);
        (await _city.ProposeAsync("cancel", ["L-1"], null, "keeper2", "d1")).Refused("request.not-found", 404);
        (await _city.ProposeAsync("cancel", ["L-1"], null, "lawyer", "d1")).Refused("access.role", 403);
        (await _city.ProposeAsync("cancel", ["L-1"], null)).Ok();
        (await _city.ProposeAsync("pause", ["L-1"], null)).Refused("list.pending", 422);
        long change = (long)(await _city.ProposeAsync("add", null, [fresh with { Parallel = [new UnitText("d7")] }]))["id"];
        (await _city.MoveAsync("lawyer", change, "legal-review")).Refused("list.unit", 422);
        (await _city.MoveAsync("lawyer", change, "send-back")).Ok();
        (await _city.MoveAsync("keeper", change, "drop")).Ok();
    }

    [Fact]
    public async Task WhatWasSentBack_IsEditedAndCheckedAgain_AndStandsInTheWayMeanwhile()
    {
        long change = (long)(await _city.ProposeAsync("add", null, [ListedCity.Licence("L-1")]))["id"];
        (await _city.MoveAsync("lawyer", change, "send-back")).Ok();
        (await _city.ProposeAsync("add", null, [ListedCity.Licence("L-1")])).Refused("list.pending", 422);
        Assert.Contains($"/service-lists/edit/L-1?change={change}", (await (await _city.ClientAsync("keeper")).ReadAsync($"/service-lists/{change}")).Ok().Text, StringComparison.Ordinal);
        (await (await _city.ClientAsync("keeper")).ReadAsync($"/service-lists/edit/L-1?change={change}")).Ok();
        (await _city.MoveAsync("keeper", change, "propose", null, texts: [ListedCity.Licence("L-1", 20, 30)])).Refused("list.promise", 422);
        (await _city.MoveAsync("keeper", change, "propose", null, texts: [ListedCity.Licence("L-1", 20, 6)])).Ok();
        (await _city.MoveAsync("lawyer", change, "legal-review")).Ok();
        (await _city.MoveAsync("lists", change, "decide", null, "2026-07-06")).Ok();
        Assert.Equal(6, (int)(await _city.Anonymous.ReadAsync("/api/services/L-1"))["text"]["promisedDays"]!);
        long again = (long)(await _city.ProposeAsync("alter", ["L-1"], [ListedCity.Licence("L-1", 20, 5)]))["id"];
        (await _city.MoveAsync("lawyer", again, "send-back")).Ok();
        (await _city.MoveAsync("keeper", again, "propose", null)).Ok();
    }

    [Fact]
    public async Task ACancellationThatLiesAhead_IsNotUndoneByALaterPause()
    {
        await _city.PassAsync("add", null, [ListedCity.Licence("L-1")]);
        await _city.PassAsync("cancel", ["L-1"], null, "2026-07-20");
        long pause = (long)(await _city.ProposeAsync("pause", ["L-1"], null))["id"];
        (await _city.MoveAsync("lawyer", pause, "legal-review")).Ok();
        Answer refused = await _city.MoveAsync("lists", pause, "decide", null, "2026-07-21");
        refused.Refused("list.state", 422);
        Assert.Contains("已取消", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheListsGoOutAndComeBackAsAWorkbook_AndWrongRowsComeBackWithReasons()
    {
        await _city.PassAsync("add", null, [ListedCity.Licence("L-1", 20, 8, new MaterialText("M-1", "申请表", "D"))]);
        HttpClient keeper = await _city.ClientAsync("keeper");
        byte[] sent = await keeper.GetByteArrayAsync(new Uri("/api/service-lists/workbook", UriKind.Relative));
        Answer same = await SendAsync(keeper, sent);
        Assert.Equal((0, 1, 0), (same["changes"].AsArray().Count, (int)same["same"]!, same["rejected"].AsArray().Count));
        SheetLine[] rows = [.. ListWorkbook.Read(new MemoryStream(sent))];
        SheetLine bad = Change(rows[0], "编码", "L-2", "承诺时限", "99");
        SheetLine good = Change(rows[0], "编码", "L-3", "承诺时限", "6");
        byte[] mixed = await ListWorkbook.WriteAsync([Change(rows[0], "编码", "L-1", "承诺时限", "7"), bad, good, .. rows[1..]], null, TestContext.Current.CancellationToken);
        Answer report = await SendAsync(keeper, mixed);
        Assert.Equal(2, report["changes"].AsArray().Count);
        Assert.Equal(["L-2"], report["rejected"].AsArray().Select(row => (string)row!["code"]!));
        byte[] back = await keeper.GetByteArrayAsync(new Uri((string)report["workbookUrl"]!, UriKind.Relative));
        Assert.Equal("L-2", Assert.Single(ListWorkbook.Read(new MemoryStream(back)))["编码"]);
        (await SendAsync(await _city.ClientAsync("keeper2"), sent, "d1")).Refused("request.not-found", 404);
        (await SendAsync(keeper, "no workbook"u8.ToArray())).Refused("workbook.not-xlsx", 422);
    }

    private static SheetLine Change(SheetLine row, params string[] pairs)
    {
        var cells = new Dictionary<string, string>(row.Cells);
        foreach (string[] pair in pairs.Chunk(2))
        {
            cells[pair[0]] = pair[1];
        }

        return row with { Cells = cells };
    }

    private static async Task<Answer> SendAsync(HttpClient client, byte[] file, string unit = "d1")
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new("application/octet-stream");
        using var body = new MultipartFormDataContent { { content, "file", "lists.xlsx" } };
        return await client.CallAsync(HttpMethod.Post, $"/api/service-lists/workbook?unit={unit}", body);
    }
}

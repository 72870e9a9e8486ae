using System.Text.Json.Nodes;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Identity;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Owns the import from the file to the value that counts: layouts, formats, re-import, refused rows, withdrawal.</summary>
public sealed class ImportTests(ImportCity city) : IClassFixture<ImportCity>
{
    private const string Heads = "单位,期别,指标,数值,说明";

    [Fact]
    public async Task History_CountsAtOnce_ByItsSource()
    {
        Answer stored = await city.ImportAsync("bureau", SheetFiles.Csv(Heads, "e1,2020Q1,v,12.34,", "乙厂,2020年第一季度,人数,\"1,205\","));
        Assert.Equal((2, 0, 0), ((int)stored["fresh"], (int)stored["changed"], (int)stored["refusedRows"]));
        Assert.Equal(12.34m, await city.ValueAsync("v", "e1", "2020Q1"));
        Assert.Equal(1205, await city.ValueAsync("n", "d", "2020Q1"));
        Assert.Equal(12.34m, await city.ValueAsync("v", "e1", "2020Q1", "r1"));
    }

    [Fact]
    public async Task AReimport_StoresOnlyWhatChanged()
    {
        string[] lines = [Heads, .. Enumerable.Range(1, 4).Select(quarter => $"e1,2019Q{quarter},v,{quarter},")];
        await city.ImportAsync("bureau", SheetFiles.Csv(lines));
        int before = await city.ObservationsAsync();
        lines[4] = "e1,2019Q4,v,40,";
        Answer again = await city.ImportAsync("bureau", SheetFiles.Csv(lines));
        Assert.Equal((0, 1, 3), ((int)again["fresh"], (int)again["changed"], (int)again["same"]));
        Assert.Equal(before + 1, await city.ObservationsAsync());
        Assert.Equal(40, await city.ValueAsync("v", "e1", "2019Q4"));
        Answer newest = (await (await city.ClientAsync("bureau")).ReadAsync("/api/observations?indicator=v&organisation=e1&period=2019Q4")).Ok();
        Assert.Equal(2, (int)((JsonArray)newest.Body!)[0]!["revision"]!);
    }

    [Fact]
    public async Task AWithdrawnHistory_NoLongerCounts_AndLeavesItsTrace()
    {
        Answer stored = await city.ImportAsync("bureau", SheetFiles.Csv(Heads, "e1,2018Q1,v,1,"));
        long import = (long)stored["id"];
        (await city.ActAsync("bureau", import, "withdraw")).Refused("import.reason-missing", 422);
        (await city.ActAsync("bureau", import, "withdraw", "页码看错")).Ok();
        Assert.Null(await city.ValueAsync("v", "e1", "2018Q1"));
        (await city.ActAsync("bureau", import, "withdraw", "再来")).Refused("import.not-withdrawable", 422);
        (await city.ActAsync("bureau", import, "store")).Refused("import.stored", 422);
        await city.ImportAsync("bureau", SheetFiles.Csv(Heads, "e1,2018Q1,v,3,"));
        Assert.Equal(3, await city.ValueAsync("v", "e1", "2018Q1"));
    }

    [Fact]
    public async Task TheSameFigures_AreReadFromEveryFormat()
    {
        string[] rows = ["统计年鉴,,,", "企业,时间,产值（万元）,人数", "甲厂,{0}年一季度,10.5,7", ",{0}年二季度,11.25,8"];
        (int, byte[], string)[] files =
        [
            (2014, SheetFiles.Xlsx("年鉴", Of(2014)), "a.xlsx"), (2015, SheetFiles.Xls("年鉴", Of(2015)), "a.xls"), (2016, SheetFiles.Csv(Of(2016)), "a.csv"),
            (2017, SheetFiles.Gbk(Of(2017)), "a.txt"),
        ];
        foreach ((int year, byte[] file, string name) in files)
        {
            Answer stored = await city.ImportAsync("bureau", file, "wide", name: name);
            Assert.Equal((4, 0), ((int)stored["fresh"], (int)stored["refusedRows"]));
            Assert.Equal((11.25m, 7m), (await city.ValueAsync("v", "e1", $"{year}Q2"), await city.ValueAsync("n", "e1", $"{year}Q1")));
        }

        string[] Of(int year) => [.. rows.Select(row => row.Replace("{0}", $"{year}", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task RefusedRows_ComeBackInTheirLayout_WithTheReasonBeside()
    {
        byte[] file = SheetFiles.Xlsx("年鉴", "统计年鉴", "企业,时间,产值（万元）,人数", "甲厂,2013Q1,1,2", "丙厂,2013Q1,3,4", "乙厂,2013Q1,5," + SheetFiles.Failed);
        Answer stored = await city.ImportAsync("bureau", file, "wide", name: "b.xlsx");
        Assert.Equal((3, 2), ((int)stored["fresh"], (int)stored["refusedRows"]));
        HttpClient bureau = await city.ClientAsync("bureau");
        using var book = new MemoryStream(await bureau.GetByteArrayAsync((string)stored["workbookUrl"]!));
        using SheetSource back = SheetSource.Open(book, "年鉴", null);
        Assert.True(back.Read() && back.Read());
        Assert.Equal("没有收下的原因", back.Text(4));
        Assert.True(back.Read());
        Assert.Equal(("丙厂", "3"), (back.Text(0), back.Text(2)));
        Assert.Contains("丙厂", back.Text(4), StringComparison.Ordinal);
        Assert.True(back.Read());
        Assert.Contains("#DIV/0!", back.Text(4), StringComparison.Ordinal);
        Assert.False(back.Read());
    }

    [Fact]
    public async Task OwnReturns_AreSavedAsDrafts_AndClosedOnesRefused()
    {
        string period = Previous();
        Answer stored = await city.ImportAsync("r1", SheetFiles.Csv(Heads, $"e1,{period},v,5,台账", $"e1,{period},n,6,台账"), kind: "return");
        Assert.Equal(2, (int)stored["fresh"]);
        HttpClient reporter = await city.ClientAsync("r1");
        Answer draft = await reporter.ReadAsync($"/api/returns/f/e1/{period}");
        Assert.Equal("draft", (string?)draft["stage"]);
        (await reporter.PostAsync($"/api/returns/f/e1/{period}/actions", new { action = "submit", version = (long)draft["version"] })).Ok();
        Assert.Equal(["import.period-closed"], await CodesAsync(await city.SendAsync("r1", SheetFiles.Csv(Heads, $"e1,{period},v,7,"), kind: "return")));
        Assert.Equal(["import.organisation-unknown"], await CodesAsync(await city.SendAsync("r1", SheetFiles.Csv(Heads, $"e2,{period},v,7,"), kind: "return")));
        Assert.Equal(["import.period-future"], await CodesAsync(await city.SendAsync("r1", SheetFiles.Csv(Heads, "e1,2089Q1,v,7,"), kind: "return")));
    }

    [Fact]
    public async Task WhatAUnitReportedItself_IsNotReplacedByASource()
    {
        string period = $"{city.Clock.GetUtcNow().Year - 1}Q3";
        HttpClient reporter = await city.ClientAsync("r1");
        (await reporter.PutAsync($"/api/returns/f/e1/{period}", new { cells = new[] { new { indicator = "v", value = 9 } }, version = 0 })).Ok();
        Assert.Equal(["import.cell-reported"], await CodesAsync(await city.SendAsync("bureau", SheetFiles.Csv(Heads, $"e1,{period},v,10,"))));
    }

    [Fact]
    public async Task OnlyTheRightRoleImports_AndOnlyItsOwn()
    {
        byte[] file = SheetFiles.Csv(Heads, "e1,2012Q1,v,1,");
        (await city.SendAsync("r1", file)).Refused("access.role", 403);
        (await city.SendAsync("bureau", file, kind: "return")).Refused("access.role", 403);
        (await city.SendAsync("leader", file)).Refused("access.role", 403);
        Answer mine = await city.SendAsync("bureau", file);
        (await (await city.ClientAsync("r1")).ReadAsync($"/api/imports/{mine["id"]}")).Refused("request.not-found", 404);
        (await city.ActAsync("r1", (long)mine["id"], "store")).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task AStoringBehindThePage_ShowsItsProgress()
    {
        Answer sent = await city.SendAsync("bureau", SheetFiles.Csv(Heads, "e1,2011Q1,v,1,"));
        ImportRunner runner = city.Services.GetRequiredService<ImportRunner>();
        long import = (long)sent["id"];
        Actor bureau = await city.ActorOfAsync("bureau");
        runner.Start(import, bureau);
        for (int attempt = 0; runner.Find(import) is { Refusal: null } && attempt < 300; attempt++)
        {
            await Task.Delay(50);
        }

        Assert.Null(runner.Find(import)?.Refusal);
        Assert.Equal(1, await city.ValueAsync("v", "e1", "2011Q1"));
        runner.Start(import, bureau);
        for (int attempt = 0; runner.Find(import)?.Refusal is null && attempt < 300; attempt++)
        {
            await Task.Delay(50);
        }

        Assert.Equal("import.stored", runner.Find(import)?.Refusal?.Code);
    }

    /// <summary>The codes of the refused rows of a file that was only checked.</summary>
    internal static Task<string[]> CodesAsync(Answer sent) =>
        Task.FromResult<string[]>([.. ((JsonArray)sent["refused"]).Select(row => (string)row!["code"]!)]);

    private string Previous()
    {
        DateTimeOffset now = city.Clock.GetUtcNow();
        return now.Month <= 3 ? $"{now.Year - 1}Q4" : $"{now.Year}Q{(now.Month - 1) / 3}";
    }
}

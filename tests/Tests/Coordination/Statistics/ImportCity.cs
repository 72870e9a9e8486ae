using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>
/// A city <c>c</c> with a district <c>d</c> and its enterprises <c>e1</c> 甲厂 and <c>e2</c> 乙厂, and a stranger city <c>x</c> with <c>xe</c>. Indicators <c>v</c>
/// 产值 (2 decimals) and <c>n</c> 人数 are asked by form <c>f</c> of both enterprises each quarter. <c>bureau</c> reviews for the city.
/// </summary>
public sealed class ImportCity(EngineUnderTest engine) : Platform(engine)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach ((string kind, string code, string? parent, string name) in new[]
        {
            ("city", "c", null, "甲市"), ("district", "d", "c", "甲区"), ("enterprise", "e1", "d", "甲厂"), ("enterprise", "e2", "d", "乙厂"),
            ("city", "x", null, "乙市"), ("enterprise", "xe", (string?)"x", "外厂"),
        })
        {
            await AddAsync(kind, code, parent, name);
        }

        await AddUserAsync("bureau", ("c", "reviewer"));
        await AddUserAsync("district", ("d", "first-reviewer"));
        await AddUserAsync("leader", ("c", "approver"));
        await AddUserAsync("r1", ("e1", "reporter"));
        HttpClient system = await ClientAsync("system");
        foreach ((string code, string name, string unit, int decimals) in new[] { ("v", "产值", "万元", 2), ("n", "人数", "人", 0) })
        {
            (await system.PostAsync("/api/indicators", new { code, name, unit, decimals, aggregation = "sum", direction = "up", frequency = "quarter", purpose = "statistics" })).Ok();
        }

        (await system.PostAsync("/api/forms", new
        {
            code = "f",
            name = "季报",
            documentNumber = "1",
            authority = "a",
            approvalNumber = "1",
            validUntil = "2090-12-31",
            frequency = "quarter",
            indicators = new[] { "v", "n" },
            reporters = new[] { "e1", "e2" },
        })).Ok();
        foreach (string user in new[] { "bureau", "r1" })
        {
            await MapAsync(user, "long", new
            {
                headRow = 1,
                columns = new[] { Column("单位", "organisation"), Column("期别", "period"), Column("指标", "indicator"), Column("数值", "value"), Column("说明", "explanation") },
            });
            await MapAsync(user, "wide", new
            {
                sheet = "年鉴",
                headRow = 2,
                columns = new object[] { new { head = "企业", holds = "organisation", carry = true }, Column("时间", "period"), new { head = "产值（万元）", holds = "value", indicator = "v" }, new { head = "人数", holds = "value", indicator = "n" } },
            });
        }
    }

    public async Task MapAsync(string user, string code, object layout) =>
        (await (await ClientAsync(user)).PutAsync($"/api/import-mappings/{code}", new { name = code, layout, version = 0 })).Ok();

    public async Task<Answer> SendAsync(string user, byte[] file, string mapping = "long", string kind = "history", string? encoding = null, string name = "data.csv")
    {
        var body = new MultipartFormDataContent();
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Add(content, "file", name);
        foreach ((string field, string? text) in new[] { ("kind", kind), ("mapping", mapping), ("source", "年鉴 2023 第 58 页"), ("encoding", encoding) })
        {
            if (text is not null)
            {
                body.Add(new StringContent(text), field);
            }
        }

        return await (await ClientAsync(user)).CallAsync(HttpMethod.Post, "/api/imports", body);
    }

    /// <summary>Checks and stores; the answer of the storing.</summary>
    public async Task<Answer> ImportAsync(string user, byte[] file, string mapping = "long", string kind = "history", string name = "data.csv")
    {
        Answer sent = await SendAsync(user, file, mapping, kind, null, name);
        return (await ActAsync(user, (long)sent["id"], "store")).Ok();
    }

    public async Task<Answer> ActAsync(string user, long import, string action, string? note = null) =>
        await (await ClientAsync(user)).PostAsync($"/api/imports/{import}/actions", new { action, note });

    /// <summary>What counts of an indicator at a unit in a period; null when nothing does.</summary>
    public async Task<decimal?> ValueAsync(string indicator, string organisation, string period, string user = "bureau")
    {
        Answer answer = (await (await ClientAsync(user)).ReadAsync($"/api/observations?indicator={indicator}&organisation={organisation}&period={period}")).Ok();
        return (decimal?)(answer.Body as JsonArray)?.FirstOrDefault()?["value"];
    }

    public async Task<int> ObservationsAsync()
    {
        await using PlatformDb db = Db();
        return await db.Set<Observation>().CountAsync();
    }

    private static object Column(string head, string holds) => new { head, holds };
}

using System.Text.Json.Nodes;
using Lodestone.Coordination.Meetings;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Meetings;

/// <summary>
/// A city <c>c</c> with its office, three departments and a district with an enterprise, and a stranger city <c>x</c>. The clock stands at
/// Monday 6 July 2026, three working days after the second quarter.
/// </summary>
public sealed class MeetingCity(EngineUnderTest engine) : Platform(engine)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach ((string kind, string code, string? parent) in new (string, string, string?)[]
        {
            ("city", "c", null), ("department", "office", "c"), ("department", "u1", "c"), ("department", "u2", "c"), ("department", "u3", "c"), ("district", "d1", "c"),
            ("enterprise", "e1", "d1"), ("enterprise", "e2", "d1"), ("city", "x", null), ("department", "ux", "x"),
        })
        {
            await AddAsync(kind, code, parent);
        }

        foreach ((string user, string organisation, string role) in new[]
        {
            ("office", "office", "supervisor"), ("leader", "office", "approver"), ("counter", "office", "reviewer"), ("l1", "u1", "liaison"), ("l2", "u2", "liaison"), ("l3", "u3", "liaison"),
            ("dl", "d1", "liaison"), ("r1", "e1", "reporter"), ("r2", "e2", "reporter"), ("first", "d1", "first-reviewer"), ("assessor", "office", "assessor"), ("lx", "ux", "liaison"), ("office-x", "ux", "supervisor"),
        })
        {
            await AddUserAsync(user, (organisation, role));
        }

        await AddUserAsync("twice", ("u1", "liaison"), ("u2", "liaison"));
        await RunAsync();
    }

    protected override void Configure(IServiceCollection services) => services.ConfigureDbContext<PlatformDb>(options => options.AddInterceptors(Reads.Watch));

    /// <returns>How many obligations the platform made.</returns>
    public Task<int> RunAsync() => Services.GetRequiredService<ObligationRunner>().RunAsync();

    public async Task<JsonArray> YearAsync(int year = 2026, string user = "office") => (await (await ClientAsync(user)).ReadAsync($"/api/meetings?year={year}")).Ok().Body!.AsArray();

    public async Task<long> MeetingAsync(string period) => (long)(await YearAsync()).Single(one => (string?)one!["period"] == period)!["id"]!;

    public async Task<Answer> ReadAsync(long meeting, string user = "office") => await (await ClientAsync(user)).ReadAsync($"/api/meetings/{meeting}");

    public async Task<Answer> MoveAsync(string user, long meeting, string action, object? more = null)
    {
        long version = (long)(await ReadAsync(meeting)).Ok()["version"];
        return await PostAsync(user, $"/api/meetings/{meeting}/actions", more, ("action", action), ("version", version));
    }

    public async Task<Answer> EditAsync(long meeting, object body, string user = "office") => await (await ClientAsync(user)).PostAsync($"/api/meetings/{meeting}/agenda", body);

    /// <summary>Calls a meeting of all three departments for a day at nine.</summary>
    public Task<Answer> CallAsync(long meeting, string day, params string[] units) =>
        MoveAsync("office", meeting, "call", new { startsAt = $"{day}T09:00:00+08:00", place = "三楼会议室", chair = "张主任", units = units.Length == 0 ? ["u1", "u2", "u3"] : units });

    /// <summary>Adds a line, calls it for 8 July, and holds it on that day.</summary>
    public async Task<long> HeldAsync(string period = "2026Q2")
    {
        long meeting = await MeetingAsync(period);
        (await EditAsync(meeting, new { action = "add", text = "听取上半年推进情况汇报" })).Ok();
        (await CallAsync(meeting, "2026-07-08")).Ok();
        Clock.GoTo(new DateOnly(2026, 7, 8));
        (await MoveAsync("office", meeting, "hold-meeting", new { present = new[] { "u1", "u2" } })).Ok();
        return meeting;
    }

    public async Task<Answer> ResolveAsync(long meeting, string? lead = "u1", string[]? supports = null, int workdays = 10, long? matter = null) =>
        await (await ClientAsync("office")).PostAsync($"/api/meetings/{meeting}/resolutions", new { text = "检测平台完成选址，形成可开工的方案", lead, supports = supports ?? [], workdays, matter });

    public async Task IssueAsync(long meeting)
    {
        (await MoveAsync("office", meeting, "draft-minutes", new { text = "会议听取了汇报。\n会议要求抓紧推进。" })).Ok();
        (await MoveAsync("leader", meeting, "issue-minutes")).Ok();
    }

    /// <summary>A matter of <c>u1</c>, submitted.</summary>
    public async Task<long> MatterAsync(string title = "首台套风险补偿")
    {
        Answer made = (await (await ClientAsync("l1")).PostAsync("/api/matters", new { unit = "u1", title, text = "企业反映不敢用", proposal = "安排补偿资金" })).Ok();
        long id = (long)made["id"];
        (await MatterMoveAsync("l1", id, "submit-matter")).Ok();
        return id;
    }

    public async Task<Answer> MatterMoveAsync(string user, long matter, string action, object? more = null)
    {
        // The unit's liaison sees it at every stage; a draft nobody else does.
        long version = (long)(await (await ClientAsync("l1")).ReadAsync($"/api/matters/{matter}")).Ok()["matter"]["version"]!;
        return await PostAsync(user, $"/api/matters/{matter}/actions", more, ("action", action), ("version", version));
    }

    public async Task<Answer> GiveAsync(string user, string unit, long matter, string position, string? text = null)
    {
        HttpClient client = await ClientAsync(user);
        Answer seen = await client.ReadAsync($"/api/matters/{matter}");
        long version = seen.Status == System.Net.HttpStatusCode.OK ? seen["opinions"].AsArray().Where(one => (string?)one!["unit"] == unit).Select(one => (long)one!["version"]!).FirstOrDefault() : 0;
        return await client.PostAsync($"/api/matters/{matter}/opinions", new { unit, position, text, version });
    }

    public async Task<string?> StageOfAsync(long matter) => (string?)(await (await ClientAsync("office")).ReadAsync($"/api/matters/{matter}")).Ok()["matter"]["stage"];

    public async Task<byte[]> FileAsync(string user, string address)
    {
        using HttpResponseMessage response = await (await ClientAsync(user)).GetAsync(new Uri(address, UriKind.Relative));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>What waits for a user in the workbench: kind, title, due day.</summary>
    public async Task<IReadOnlyList<(string Kind, string Title, DateOnly? DueOn)>> WorkAsync(string user) =>
        await AsAsync(await ActorOfAsync(user), async services =>
            (IReadOnlyList<(string, string, DateOnly?)>)[.. (await services.GetRequiredService<Workbench>().MineAsync()).Select(item => (item.Kind, item.Title, item.DueOn))]);

    /// <summary>A quarterly form of one summed indicator in 万元 with two decimals, for the enterprise.</summary>
    public async Task FormAsync()
    {
        HttpClient system = await ClientAsync("system");
        (await system.PostAsync("/api/indicators", new { code = "i", name = "产值", unit = "万元", decimals = 2, aggregation = "sum", direction = "up", frequency = "quarter", purpose = "administration" })).Ok();
        (await system.PostAsync("/api/forms", new
        {
            code = "f",
            name = "季报",
            documentNumber = "马统〔2024〕1号",
            authority = "市统计局",
            approvalNumber = "皖统审〔2024〕1号",
            validUntil = "2090-12-31",
            frequency = "quarter",
            indicators = new[] { "i" },
            reporters = new[] { "e1", "e2" },
        })).Ok();
    }

    /// <summary>The enterprise reports; with <paramref name="approve"/> the value passes all levels.</summary>
    public async Task ReportAsync(string period, decimal value, bool approve, string unit = "e1", string user = "r1")
    {
        HttpClient reporter = await ClientAsync(user);
        long version = (long)(await reporter.PutAsync($"/api/returns/f/{unit}/{period}", new { cells = new[] { new { indicator = "i", value, explanation = "订单增加" } }, version = 0 })).Ok()["version"];
        (await reporter.PostAsync($"/api/returns/f/{unit}/{period}/actions", new { action = "submit", version })).Ok();
        if (approve)
        {
            await ApproveAsync(period, unit);
        }
    }

    public async Task ApproveAsync(string period, string unit = "e1")
    {
        foreach ((string user, string action) in new[] { ("first", "first-review"), ("counter", "review"), ("leader", "approve") })
        {
            HttpClient client = await ClientAsync(user);
            long version = (long)(await client.ReadAsync($"/api/returns/f/{unit}/{period}")).Ok()["version"];
            (await client.PostAsync($"/api/returns/f/{unit}/{period}/actions", new { action, version })).Ok();
        }
    }

    /// <summary>Begins an act, lets another be saved, then saves the first.</summary>
    public async Task StaleAsync(string user, Func<IServiceProvider, Task> begun, Func<Task> saved)
    {
        Refusal refusal = await Assert.ThrowsAsync<Refusal>(async () => await AsAsync(await ActorOfAsync(user), async services =>
        {
            await begun(services);
            await saved();
            return await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        }));
        Assert.Equal(("request.stale", 409), (refusal.Code, refusal.Status));
    }

    private async Task<Answer> PostAsync(string user, string address, object? more, params (string Name, JsonNode Value)[] always)
    {
        JsonObject body = more is null ? [] : System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
        foreach ((string name, JsonNode value) in always)
        {
            body[name] = value;
        }

        return await (await ClientAsync(user)).PostAsync(address, body);
    }
}

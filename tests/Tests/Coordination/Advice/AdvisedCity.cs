using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Advice;

/// <summary>A city <c>c</c> with its office, a department <c>u1</c>, two enterprises, a committee <c>k</c> of three experts, and a stranger city <c>x</c>.</summary>
public sealed class AdvisedCity(EngineUnderTest engine) : Platform(engine)
{
    public Dictionary<string, long> Experts { get; } = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach ((string kind, string code, string? parent) in new (string, string, string?)[]
        {
            ("city", "c", null), ("department", "office", "c"), ("department", "u1", "c"), ("department", "u2", "c"), ("committee", "k", "c"), ("enterprise", "e1", "c"),
            ("enterprise", "e2", "c"), ("city", "x", null), ("committee", "kx", "x"), ("department", "ux", "x"),
        })
        {
            await AddAsync(kind, code, parent);
        }

        foreach ((string user, string organisation, string role) in new[]
        {
            ("office", "office", "supervisor"), ("leader", "office", "approver"), ("l1", "u1", "liaison"), ("l2", "u2", "liaison"), ("a", "k", "expert"), ("b", "k", "expert"),
            ("t", "k", "expert"), ("late", "k", "expert"), ("stranger", "kx", "expert"), ("office-x", "ux", "supervisor"),
        })
        {
            await AddUserAsync(user, (organisation, role));
        }

        foreach ((string user, string? employer, string until) in new[] { ("a", null, "2028-12-31"), ("b", null, "2028-12-31"), ("t", "e1", "2028-12-31"), ("late", null, "2026-07-01") })
        {
            Experts[user] = (long)(await (await ClientAsync("office")).PostAsync("/api/advice/experts", new
            {
                committee = "k",
                userName = user,
                employer = "某大学",
                employerCode = employer,
                fields = "永磁 检测",
                termFrom = "2026-01-01",
                termUntil = until,
            }))["id"];
        }
    }

    /// <summary>An inquiry of u1 with two questions.</summary>
    public async Task<long> AskAsync() => (long)(await (await ClientAsync("l1")).PostAsync("/api/advice/inquiries", new
    {
        unit = "u1",
        title = "补贴比例",
        text = "拟按一半补贴",
        field = "永磁",
        questions = new[] { "比例合适吗", "上限多少" },
    }))["id"];

    public async Task<Answer> AssignAsync(long inquiry, params string[] experts) => await (await ClientAsync("office")).PostAsync($"/api/advice/inquiries/{inquiry}/experts",
        new { experts = experts.Select(one => Experts[one]), workdays = 5, version = await VersionAsync(inquiry) });

    public async Task<Answer> MoveAsync(string user, long inquiry, string action, string? note = null) => await (await ClientAsync(user)).PostAsync(
        $"/api/advice/inquiries/{inquiry}/actions", new { action, note, version = await VersionAsync(inquiry) });

    public async Task<Answer> ReadAsync(long inquiry, string user = "office") => await (await ClientAsync(user)).ReadAsync($"/api/advice/inquiries/{inquiry}");

    public async Task<JsonNode> MineAsync(string expert) => (await (await ClientAsync(expert)).ReadAsync("/api/advice/questions")).Ok().Body!.AsArray()[0]!;

    public async Task<Answer> GiveAsync(string expert, params string[] opinions)
    {
        JsonNode mine = await MineAsync(expert);
        return await (await ClientAsync(expert)).PostAsync($"/api/advice/questions/{(long)mine["id"]!}/opinion", new { opinions, version = (long)mine["version"]! });
    }

    public async Task<long> FileAsync(string user, string organisation)
    {
        var file = new ByteArrayContent("报告"u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return (long)(await (await ClientAsync(user)).CallAsync(HttpMethod.Post, $"/api/evidence?organisation={organisation}", new MultipartFormDataContent { { file, "file", "report.txt" } }))["id"];
    }

    public async Task<long> VersionAsync(long inquiry) => (long)(await ReadAsync(inquiry))["inquiry"]["caseVersion"]!;
}

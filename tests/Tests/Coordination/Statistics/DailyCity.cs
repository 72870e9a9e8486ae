using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>
/// A city <c>c</c> with a district <c>d</c>, its enterprises <c>e1</c> and <c>e2</c>, and a stranger city <c>x</c> with <c>xe</c>. Form <c>stamped</c> asks <c>e1</c> for <c>v</c>
/// with signatures and a stamp; form <c>closing</c> asks <c>e2</c> for <c>w</c> and closes on its due day, five working days after the period.
/// </summary>
public sealed class DailyCity(EngineUnderTest engine) : Platform(engine)
{
    public const string Period = "2026Q2";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach ((string kind, string code, string? parent) in new[]
        {
            ("city", "c", null), ("district", "d", "c"), ("enterprise", "e1", "d"), ("enterprise", "e2", "d"), ("city", "x", null), ("enterprise", "xe", (string?)"x"),
        })
        {
            await AddAsync(kind, code, parent);
        }

        foreach ((string user, string organisation, string role) in new[]
        {
            ("bureau", "c", "reviewer"), ("leader", "c", "approver"), ("district", "d", "first-reviewer"), ("r1", "e1", "reporter"), ("h1", "e1", "statistics-head"),
            ("b1", "e1", "unit-head"), ("r2", "e2", "reporter"), ("rx", "xe", "reporter"), ("bureau-x", "x", "reviewer"),
        })
        {
            await AddUserAsync(user, (organisation, role));
        }

        HttpClient system = await ClientAsync("system");
        foreach (string code in new[] { "v", "w" })
        {
            (await system.PostAsync("/api/indicators", new { code, name = code, unit = "万元", decimals = 1, aggregation = "sum", direction = "up", frequency = "quarter", purpose = "statistics" })).Ok();
        }

        await FormAsync(new { code = "stamped", name = "签章表", documentNumber = "1", authority = "a", approvalNumber = "1", validUntil = "2090-12-31", frequency = "quarter", indicators = new[] { "v" }, reporters = new[] { "e1" }, signing = "stamped" });
        await FormAsync(new
        {
            code = "closing",
            name = "截止表",
            documentNumber = "2",
            authority = "a",
            approvalNumber = "2",
            validUntil = "2090-12-31",
            frequency = "quarter",
            indicators = new[] { "w" },
            reporters = new[] { "e2" },
            dueWorkdays = 5,
            closesAfterWorkdays = 0,
        });
    }

    public async Task FormAsync(object form) => (await (await ClientAsync("system")).PostAsync("/api/forms", form)).Ok();

    public async Task<Answer> SaveAsync(string user, string path, string indicator, decimal value) =>
        await (await ClientAsync(user)).PutAsync($"/api/returns/{path}", new { cells = new[] { new { indicator, value } }, version = await VersionAsync(user, path) });

    public async Task<Answer> MoveAsync(string user, string path, string action, string? note = null) =>
        await (await ClientAsync(user)).PostAsync($"/api/returns/{path}/actions", new { action, note, version = await VersionAsync(user, path) });

    public async Task<long> VersionAsync(string user, string path) => (long)(await (await ClientAsync(user)).ReadAsync($"/api/returns/{path}"))["version"];

    public async Task<Answer> ScanAsync(string user, string path, string name, byte[] content)
    {
        var body = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Add(file, "file", name);
        return await (await ClientAsync(user)).CallAsync(HttpMethod.Post, $"/api/returns/{path}/scan", body);
    }

    public async Task<string[]> NoticesAsync(string user) =>
        [.. ((JsonArray)(await (await ClientAsync(user)).ReadAsync("/api/notices")).Ok().Body!).Select(line => (string)line!["kind"]!)];
}

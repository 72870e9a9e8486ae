using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Supervision;

/// <summary>A city <c>c</c> with its office and two departments <c>u1</c> and <c>u2</c>, and a stranger city <c>x</c> with <c>ux</c>. The clock stands at Monday 6 July 2026.</summary>
public sealed class SupervisedCity(EngineUnderTest engine) : Platform(engine)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach ((string kind, string code, string? parent) in new (string, string, string?)[]
        {
            ("city", "c", null), ("department", "office", "c"), ("department", "u1", "c"), ("department", "u2", "c"), ("city", "x", null), ("department", "ux", "x"),
        })
        {
            await AddAsync(kind, code, parent);
        }

        foreach ((string user, string organisation, string role) in new[]
        {
            ("presser", "office", "supervisor"), ("leader", "office", "approver"), ("l1", "u1", "liaison"), ("l2", "u2", "liaison"), ("lx", "ux", "liaison"), ("presser-x", "ux", "supervisor"),
        })
        {
            await AddUserAsync(user, (organisation, role));
        }
    }

    /// <returns>The id of the lead unit's order.</returns>
    public async Task<long> IssueAsync(int workdays = 10, params string[] supports) =>
        (long)(await AskAsync(workdays, supports))["orders"].AsArray()[0]!["id"]!;

    public async Task<Answer> AskAsync(int workdays, string[] supports, string lead = "u1", string source = "instruction", string user = "presser") =>
        await (await ClientAsync(user)).PostAsync("/api/supervision/orders", new { title = "污水提标", demand = "完工并验收", source, basis = "批示", lead, supports, finishWorkdays = workdays });

    public async Task<Answer> MoveAsync(string user, long order, string action, string? note = "按台账核对", int? percent = null, string? until = null, long? evidence = null)
    {
        HttpClient client = await ClientAsync(user);
        Answer seen = await ReadAsync(order, "presser");
        return await client.PostAsync($"/api/supervision/orders/{order}/actions", new { action, note, percent, until, evidence, version = (long)seen["order"]["version"]! });
    }

    public async Task<Answer> ReadAsync(long order, string user = "presser") => await (await ClientAsync(user)).ReadAsync($"/api/supervision/orders/{order}");

    public async Task<string?> StateAsync(long order) => (string?)(await ReadAsync(order))["order"]["state"];

    public async Task<string?> DueAsync(long order) => (string?)(await ReadAsync(order))["order"]["dueOn"];

    public async Task<long> EvidenceAsync(string user, string organisation)
    {
        var body = new MultipartFormDataContent();
        var file = new ByteArrayContent("验收意见"u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        body.Add(file, "file", "paper.txt");
        return (long)(await (await ClientAsync(user)).CallAsync(HttpMethod.Post, $"/api/evidence?organisation={organisation}", body))["id"];
    }

    public async Task FinishAsync(long order, string user = "l1", string unit = "u1") =>
        (await MoveAsync(user, order, "finish", evidence: await EvidenceAsync(user, unit))).Ok();

    public async Task<int> NoticesAsync(string user, string kind) =>
        ((JsonArray)(await (await ClientAsync(user)).ReadAsync("/api/notices")).Ok().Body!).Count(line => (string)line!["kind"]! == kind);
}

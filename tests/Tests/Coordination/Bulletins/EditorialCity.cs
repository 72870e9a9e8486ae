using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Bulletins;

/// <summary>
/// A city <c>c</c> with its office and two departments <c>u1</c> and <c>u2</c>, and a stranger city <c>x</c> with <c>ux</c>. The clock stands at
/// Monday 6 July 2026.
/// </summary>
public sealed class EditorialCity(EngineUnderTest engine) : Platform(engine)
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
            ("editor", "office", "supervisor"), ("leader", "office", "approver"), ("l1", "u1", "liaison"), ("l2", "u2", "liaison"), ("lx", "ux", "liaison"),
            ("editor-x", "ux", "supervisor"), ("leader-x", "ux", "approver"),
        })
        {
            await AddUserAsync(user, (organisation, role));
        }
    }

    /// <summary>A contribution that was sent in.</summary>
    public async Task<long> ContributeAsync(string user = "l1", string unit = "u1", string title = "开工", string text = "三个项目开工。", string sensitivity = "public")
    {
        HttpClient client = await ClientAsync(user);
        long id = (long)(await client.PostAsync("/api/contributions", new { unit, title, text, sensitivity, version = 0 }))["id"];
        (await MoveAsync(user, $"/api/contributions/{id}", "submit", "contribution")).Ok();
        return id;
    }

    /// <summary>A bulletin that holds contributions, being edited.</summary>
    public async Task<long> EditAsync(string sensitivity = "public", params long[] contributions)
    {
        HttpClient editor = await ClientAsync("editor");
        Answer made = await editor.PostAsync("/api/bulletins", new { title = "工作简报", sensitivity, version = 0 });
        long id = (long)made["id"];
        (await editor.PostAsync($"/api/bulletins/{id}/contributions", new { contributions, version = (long)made["version"] })).Ok();
        return id;
    }

    public async Task<long> PublishAsync(string sensitivity = "public", params long[] contributions)
    {
        long id = await EditAsync(sensitivity, contributions);
        (await MoveAsync("editor", $"/api/bulletins/{id}", "submit", "bulletin")).Ok();
        (await MoveAsync("leader", $"/api/bulletins/{id}", "publish", "bulletin")).Ok();
        return id;
    }

    /// <summary>Moves a thing with the version that it has now.</summary>
    public async Task<Answer> MoveAsync(string user, string place, string action, string of, object? more = null)
    {
        HttpClient reader = await ClientAsync(of == "contribution" ? user : "editor");
        JsonNode seen = (await reader.ReadAsync(place))[of];
        JsonObject body = more is null ? [] : System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
        body["action"] = action;
        body["version"] = (long)seen["caseVersion"]!;
        return await (await ClientAsync(user)).PostAsync($"{place}/actions", body);
    }

    public async Task<long> VersionAsync(string place, string of) => (long)(await (await ClientAsync("editor")).ReadAsync(place))[of]["version"]!;

    public async Task<long> DraftAsync(string text = "第一条 支持技术改造。\n第二条 自印发之日起施行。") =>
        (long)(await (await ClientAsync("editor")).PostAsync("/api/policies", new { title = "若干政策", text, version = 0 }))["id"];

    public Task<Answer> PolicyAsync(string user, long id, string action, object? more = null) => MoveAsync(user, $"/api/policies/{id}", action, "policy", more);

    public async Task<Answer> CheckAsync(long id, string kind, string finding = "passed") => await (await ClientAsync("editor")).PostAsync($"/api/policies/{id}/checks",
        new { kind, finding, by = "市司法局", opinion = "同意", version = await VersionAsync($"/api/policies/{id}", "policy") });

    /// <summary>A document that was put to u1, checked, issued and published.</summary>
    public async Task<long> InForceAsync(string number = "磁办〔2026〕1号", string until = "2027-07-06", string text = "第一条 支持技术改造。\n第二条 自印发之日起施行。", long? supersedes = null, string? from = null)
    {
        long id = await DraftAsync(text);
        await IssueAsync(id, number, until, supersedes, from);
        return id;
    }

    /// <summary>From a draft to its publication.</summary>
    public async Task IssueAsync(long id, string number, string until, long? supersedes = null, string? from = null)
    {
        await ReviewAsync(id);
        (await PolicyAsync("leader", id, "issue", new { number, meeting = "领导小组会议", until, supersedes, from })).Ok();
        (await PolicyAsync("editor", id, "publish")).Ok();
    }

    /// <summary>From a draft to where it waits for its issue.</summary>
    public async Task ReviewAsync(long id)
    {
        (await PolicyAsync("editor", id, "consult", new { units = new[] { "u1" }, until = Clock.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) })).Ok();
        HttpClient unit = await ClientAsync("l1");
        JsonNode asked = (await unit.ReadAsync("/api/policies/comments")).Ok().Body!.AsArray().First(one => (string?)one!["stage"] == "asked")!;
        (await unit.PostAsync($"/api/policies/comments/{(long)asked["id"]!}/actions", new { action = "agree", version = (long)asked["caseVersion"]! })).Ok();
        (await PolicyAsync("editor", id, "conclude")).Ok();
        (await CheckAsync(id, "legality")).Ok();
        (await CheckAsync(id, "competition", "not-concerned")).Ok();
        (await PolicyAsync("editor", id, "submit")).Ok();
    }

    /// <summary>What somebody who has not signed in hears on the public pages and in the feed.</summary>
    public async Task<string> PublicAsync(params string[] more)
    {
        string heard = "";
        foreach (string address in new[] { "/public", "/public/rss.xml" }.Concat(more))
        {
            using HttpResponseMessage response = await Anonymous.GetAsync(new Uri(address, UriKind.Relative));
            heard += $"{(int)response.StatusCode} {System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync())}";
        }

        return heard;
    }
}

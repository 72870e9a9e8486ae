using System.Text.Json.Nodes;
using Lodestone.Coordination.Bulletins;
using Lodestone.Kernel.Notices;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Bulletins;

/// <summary>Owns policy documents: put to others, checked, issued, amended by versions, evaluated before they end, ended.</summary>
public sealed class PolicyTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly EditorialCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task ADocument_IsPutToUnits_AnsweredWithReasons_Checked_IssuedAndPublished()
    {
        long policy = await _city.DraftAsync();
        (await _city.PolicyAsync("editor", policy, "consult", new { units = Array.Empty<string>(), until = "2026-07-20" })).Refused("policy.units", 422);
        (await _city.PolicyAsync("editor", policy, "consult", new { units = new[] { "u1" }, until = "2026-07-06" })).Refused("policy.comments-until", 422);
        (await _city.PolicyAsync("editor", policy, "consult", new { units = new[] { "ux" }, until = "2026-07-20" })).Refused("request.not-found", 404);
        (await _city.PolicyAsync("editor", policy, "consult", new { units = new[] { "u1", "u2" }, until = "2026-07-20" })).Ok();
        JsonNode first = await AskedAsync("l1");
        Assert.Equal("第一条 支持技术改造。\n第二条 自印发之日起施行。", (string?)first["draft"]);
        (await (await _city.ClientAsync("l2")).ReadAsync($"/api/policies/comments/{(long)first["id"]!}")).Refused("request.not-found", 404);
        (await SayAsync("l1", first, "comment", " ")).Refused("bulletins.text", 422);
        (await SayAsync("l1", first, "comment", "请加门槛")).Ok();
        JsonNode given = await AskedAsync("l1");
        (await _city.PolicyAsync("editor", policy, "conclude")).Refused("policy.comments-open", 422);
        (await SayAsync("editor", given, "refuse", null)).Refused("case.reason-missing", 422);
        (await SayAsync("editor", given, "refuse", "门槛由申报指南规定")).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 21));
        (await SayAsync("l2", await AskedAsync("l2"), "comment", "迟了")).Refused("policy.comments-closed", 422);
        (await _city.PolicyAsync("editor", policy, "conclude")).Ok();
        Assert.Equal("lapsed", (string?)(await AskedAsync("l2"))["stage"]);
        (await _city.PolicyAsync("editor", policy, "submit")).Refused("policy.check-missing", 422);
        (await _city.CheckAsync(policy, "legality", "not-concerned")).Refused("policy.check", 422);
        (await _city.CheckAsync(policy, "legality")).Ok();
        (await _city.CheckAsync(policy, "competition", "failed")).Ok();
        (await _city.PolicyAsync("editor", policy, "submit")).Refused("policy.check-missing", 422);
        (await _city.CheckAsync(policy, "competition")).Ok();
        (await _city.PolicyAsync("editor", policy, "submit")).Ok();
        (await _city.PolicyAsync("editor", policy, "issue", new { number = "磁办〔2026〕1号", meeting = "会议", until = "2027-01-01" })).Refused("access.role", 403);
        (await _city.PolicyAsync("leader", policy, "issue", new { number = "一号", meeting = "会议", until = "2027-01-01" })).Refused("policy.number", 422);
        (await _city.PolicyAsync("leader", policy, "issue", new { number = "磁办〔2026〕1号", meeting = "会议", until = "2026-07-21" })).Refused("policy.force", 422);
        (await _city.PolicyAsync("leader", policy, "issue", new { number = "磁办〔2026〕1号", until = "2027-01-01" })).Refused("bulletins.text", 422);
        (await _city.PolicyAsync("leader", policy, "issue", new { number = "磁办〔2026〕1号", meeting = "会议", until = "2027-01-01" })).Ok();
        Assert.DoesNotContain("若干政策", await _city.PublicAsync(), StringComparison.Ordinal);
        // Issued on Tuesday 21 July 2026: 20 working days later is Tuesday 18 August.
        IReadOnlyList<WorkItem> waiting = await _city.AsAsync(await _city.ActorOfAsync("editor"), services => services.GetRequiredService<Workbench>().MineAsync());
        Assert.Equal(("work.policy.issued", new DateOnly(2026, 8, 18)), waiting.Select(item => (item.Kind, item.DueOn!.Value)).Single());
        (await _city.PolicyAsync("editor", policy, "publish")).Ok();
        Assert.Contains("磁办〔2026〕1号", await _city.PublicAsync(), StringComparison.Ordinal);
        long other = await _city.DraftAsync();
        (await _city.PolicyAsync("editor", other, "consult", new { units = new[] { "u1" }, until = "2026-08-20" })).Ok();
        (await SayAsync("l1", await AskedAsync("l1"), "agree", null)).Ok();
        (await _city.PolicyAsync("editor", other, "conclude")).Ok();
        (await _city.CheckAsync(other, "legality")).Ok();
        (await _city.CheckAsync(other, "competition")).Ok();
        (await _city.PolicyAsync("editor", other, "submit")).Ok();
        (await _city.PolicyAsync("leader", other, "issue", new { number = "磁办〔2026〕1号", meeting = "会议", until = "2027-01-01" })).Refused("policy.number-taken", 422);
    }

    [Fact]
    public async Task WhatWasIssuedNeverChanges_AnAmendmentIsANewVersion_AndTheOldStandsUntilItIsPublished()
    {
        long policy = await _city.InForceAsync(text: "第一条 补助5%。");
        (await RewriteAsync(policy, "第一条 补助8%。")).Refused("case.wrong-stage", 422);
        (await _city.PolicyAsync("editor", policy, "amend", new { note = "提高比例" })).Ok();
        (await _city.PolicyAsync("editor", policy, "drop", new { note = "不办了" })).Refused("policy.in-force", 422);
        (await RewriteAsync(policy, "第一条 补助8%。")).Ok();
        (await RewriteAsync(policy, "第一条 补助10%。")).Ok();
        JsonArray versions = (await (await _city.ClientAsync("editor")).ReadAsync($"/api/policies/{policy}"))["versions"].AsArray();
        Assert.Equal([(1, "第一条 补助5%。"), (2, "第一条 补助10%。")], versions.Select(row => ((int)row!["ordinal"]!, (string)row["text"]!)));
        Assert.Contains("补助5%", await _city.PublicAsync($"/public/policies/{policy}"), StringComparison.Ordinal);
        await _city.IssueAsync(policy, "磁办〔2026〕5号", "2028-01-01");
        string amended = await _city.PublicAsync($"/public/policies/{policy}");
        Assert.Contains("补助10%", amended, StringComparison.Ordinal);
        Assert.Contains("提高比例", amended, StringComparison.Ordinal);
        Assert.Contains("补助5%", await _city.PublicAsync($"/public/policies/{policy}?version=1"), StringComparison.Ordinal);
        string page = System.Net.WebUtility.HtmlDecode((await (await _city.ClientAsync("editor")).ReadAsync($"/policies/{policy}/diff")).Ok().Text);
        Assert.Contains("<del class=\"ls-diff\">第一条 补助5%。</del>", page, StringComparison.Ordinal);
        Assert.Contains("<ins class=\"ls-diff\">第一条 补助10%。</ins>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADocumentIsCalledUpBeforeItEnds_Prolonged_AndEndsOnItsDay_EachMovedOnce()
    {
        long policy = await _city.InForceAsync(until: "2027-07-06");
        Assert.Equal(0, await RunAsync());
        _city.Clock.GoTo(new DateOnly(2027, 1, 6));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        Assert.Equal("evaluating", await StageAsync(policy));
        IReadOnlyList<WorkItem> waiting = await _city.AsAsync(await _city.ActorOfAsync("editor"), services => services.GetRequiredService<Workbench>().MineAsync());
        Assert.Equal(("work.policy.evaluating", new DateOnly(2027, 7, 6)), waiting.Select(item => (item.Kind, item.DueOn!.Value)).Single());
        (await _city.PolicyAsync("editor", policy, "evaluate")).Refused("case.reason-missing", 422);
        (await _city.PolicyAsync("editor", policy, "evaluate", new { note = "效果好，建议延长" })).Ok();
        (await _city.PolicyAsync("leader", policy, "extend", new { note = "同意", until = "2027-01-01" })).Refused("policy.force", 422);
        (await _city.PolicyAsync("leader", policy, "extend", new { note = "同意", until = "2028-07-06" })).Ok();
        _city.Clock.GoTo(new DateOnly(2028, 7, 6));
        Assert.Equal(1, await RunAsync());
        Assert.Contains("若干政策", await _city.PublicAsync(), StringComparison.Ordinal);
        _city.Clock.GoTo(new DateOnly(2028, 7, 7));
        Assert.DoesNotContain("若干政策", await _city.PublicAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync());
        Assert.Equal("expired", await StageAsync(policy));
    }

    [Fact]
    public async Task ANewDocumentReplacesAnOldOne()
    {
        long old = await _city.InForceAsync("磁办〔2026〕1号", text: "旧的规定");
        long fresh = await _city.InForceAsync("磁办〔2026〕2号", text: "新的规定", supersedes: old);
        Assert.Equal(("revoked", "in-force"), (await StageAsync(old), await StageAsync(fresh)));
        string heard = await _city.PublicAsync($"/public/policies/{old}", $"/public/policies/{fresh}");
        Assert.Contains("新的规定", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("旧的规定", heard, StringComparison.Ordinal);
        (await (await _city.ClientAsync("editor-x")).ReadAsync($"/api/policies/{fresh}")).Refused("request.not-found", 404);
        byte[] paper = await (await _city.ClientAsync("editor")).GetByteArrayAsync(new Uri($"/api/policies/{fresh}/comments/document", UriKind.Relative));
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString(paper[..2]));
    }

    [Theory]
    [InlineData("甲。乙。", "甲。乙。", "=甲。乙。")]
    [InlineData("甲。乙。丙。", "甲。丁。丙。", "=甲。|-乙。|+丁。|=丙。")]
    [InlineData("甲。", "", "-甲。")]
    [InlineData("甲，乙", "甲，乙\n丙", "=甲，|-乙|+乙\n丙")]
    public void TheDifferenceKeepsWhatIsCommon(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join('|', TextDiff.Between(before, after).Select(piece => $"{"-=+"[piece.What + 1]}{piece.Text}")));

    /// <returns>How many documents were moved by all the workers together.</returns>
    private async Task<int> RunAsync() =>
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _city.Services.GetRequiredService<PolicyClock>().RunAsync())))).Sum();

    private async Task<string?> StageAsync(long policy) => (string?)(await (await _city.ClientAsync("editor")).ReadAsync($"/api/policies/{policy}"))["policy"]["stage"];

    private async Task<JsonNode> AskedAsync(string user) => (await (await _city.ClientAsync(user)).ReadAsync("/api/policies/comments")).Ok().Body!.AsArray()[0]!;

    private async Task<Answer> SayAsync(string user, JsonNode comment, string action, string? text) =>
        await (await _city.ClientAsync(user)).PostAsync($"/api/policies/comments/{(long)comment["id"]!}/actions", new { action, text, version = (long)comment["caseVersion"]! });

    private async Task<Answer> RewriteAsync(long policy, string text) => await (await _city.ClientAsync("editor")).PutAsync($"/api/policies/{policy}",
        new { title = "若干政策", text, version = await _city.VersionAsync($"/api/policies/{policy}", "policy") });
}

using System.Text.Json.Nodes;
using Lodestone.Coordination.Bulletins;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Bulletins;

/// <summary>Owns when a document is in force: what it replaces and when, what ends it under amendment, what is put to others twice.</summary>
public sealed class PolicyForceTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly EditorialCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AnAmendmentThatChangesNothing_IsNotPutToOthers_NorIssued()
    {
        long policy = await _city.InForceAsync();
        (await AmendAsync(policy)).Ok();
        object asked = new { units = new[] { "u1" }, until = "2026-07-20" };
        (await _city.PolicyAsync("editor", policy, "consult", asked)).Refused("policy.unchanged", 422);
        (await RewriteAsync(policy, "第一条 改过了。")).Ok();
        await _city.ReviewAsync(policy);
        // Such a case of before the rule is not issued a second time.
        await using (PlatformDb db = _city.Db())
        {
            PolicyDocument row = db.Set<PolicyDocument>().Single(one => one.Id == policy);
            row.IssuedOrdinal = row.Ordinal;
            db.Audit("policy.write", new Subject(PolicyDocument.SubjectKind, policy), row.OrganisationId, row.Version, null, null);
            await db.SaveChangesAsync();
        }

        (await _city.PolicyAsync("leader", policy, "issue", new { number = "磁办〔2026〕2号", meeting = "会议", until = "2028-01-01" })).Refused("policy.unchanged", 422);
    }

    [Fact]
    public async Task TheSameTextIsPutToTheSameUnitAgain_AsTheNextVersion()
    {
        long policy = await _city.DraftAsync();
        object asked = new { units = new[] { "u1" }, until = "2026-07-20" };
        (await _city.PolicyAsync("editor", policy, "consult", asked)).Ok();
        HttpClient unit = await _city.ClientAsync("l1");
        JsonNode first = (await unit.ReadAsync("/api/policies/comments")).Ok().Body!.AsArray().Single()!;
        (await unit.PostAsync($"/api/policies/comments/{(long)first["id"]!}/actions", new { action = "agree", version = (long)first["caseVersion"]! })).Ok();
        (await _city.PolicyAsync("editor", policy, "conclude")).Ok();
        (await _city.PolicyAsync("editor", policy, "reopen", new { note = "再问一次" })).Ok();
        (await _city.PolicyAsync("editor", policy, "consult", asked)).Ok();
        JsonArray all = (await unit.ReadAsync("/api/policies/comments")).Ok().Body!.AsArray();
        Assert.Equal([2, 1], all.Select(one => (int)one!["ordinal"]!));
        Assert.Equal((string?)first["draft"], (string?)all[0]!["draft"]);
    }

    [Fact]
    public async Task ANumberIsGivenOnce_EvenWhenTwoAreIssuedAtOnce()
    {
        long[] both = [await _city.DraftAsync(), await _city.DraftAsync()];
        foreach (long policy in both)
        {
            await _city.ReviewAsync(policy);
        }

        var leader = await _city.ActorOfAsync("leader");
        await Assert.ThrowsAsync<Refusal>(() => _city.AsAsync(leader, async outer =>
        {
            await IssueAsync(outer, both[0]);
            await _city.AsAsync(leader, async inner =>
            {
                await IssueAsync(inner, both[1]);
                return await inner.GetRequiredService<PlatformDb>().SaveChangesAsync();
            });
            return await outer.GetRequiredService<PlatformDb>().SaveChangesAsync();
        }));
        await using PlatformDb db = _city.Db();
        Assert.Single(db.Set<PolicyDocument>().Where(row => row.Number == "磁办〔2026〕9号").ToList());
    }

    [Fact]
    public async Task AnOldDocumentStandsUntilTheNewOneIsInForce_EvenUnderAmendment()
    {
        long old = await _city.InForceAsync("磁办〔2026〕1号", text: "旧的规定");
        long fresh = await _city.InForceAsync("磁办〔2026〕2号", text: "新的规定", supersedes: old, from: "2026-08-01", until: "2028-01-01");
        Assert.Equal(("in-force", "in-force"), (await StageAsync(old), await StageAsync(fresh)));
        string heard = await _city.PublicAsync($"/public/policies/{old}", $"/public/policies/{fresh}");
        Assert.Contains("旧的规定", heard, StringComparison.Ordinal);
        Assert.Contains("尚未施行", await _city.PublicAsync(), StringComparison.Ordinal);
        Assert.Contains("尚未施行", await PageAsync($"/public/policies/{fresh}"), StringComparison.Ordinal);
        Assert.DoesNotContain("尚未施行", await PageAsync($"/public/policies/{old}"), StringComparison.Ordinal);
        (await AmendAsync(old)).Ok();
        (await RewriteAsync(old, "旧的规定改过。")).Ok();
        (await _city.PolicyAsync("editor", old, "consult", new { units = new[] { "u2" }, until = "2026-08-20", asksPublic = true })).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 31));
        Assert.Equal(0, await RunAsync());
        _city.Clock.GoTo(new DateOnly(2026, 8, 1));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        Assert.Equal(("revoked", "in-force"), (await StageAsync(old), await StageAsync(fresh)));
        heard = await _city.PublicAsync($"/public/policies/{old}", $"/public/drafts/{old}", $"/public/policies/{fresh}");
        Assert.DoesNotContain("旧的规定", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("尚未施行", heard, StringComparison.Ordinal);
        Assert.Contains("新的规定", heard, StringComparison.Ordinal);
        Assert.Equal("lapsed", (string?)(await (await _city.ClientAsync("l2")).ReadAsync("/api/policies/comments")).Ok().Body!.AsArray()[0]!["stage"]);
    }

    [Fact]
    public async Task UnderAmendmentItIsCalledUpOnce_MayBeReplaced_AndExpiresOnItsDay()
    {
        long policy = await _city.InForceAsync(until: "2027-07-06", text: "旧的规定");
        (await AmendAsync(policy)).Ok();
        (await RewriteAsync(policy, "改过的规定")).Ok();
        _city.Clock.GoTo(new DateOnly(2027, 1, 6));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        Assert.Equal("drafting", await StageAsync(policy));
        Assert.Contains("call-up", (await (await _city.ClientAsync("editor")).ReadAsync($"/api/policies/{policy}"))["steps"]!.AsArray().Select(step => (string?)step!["action"]));
        // It stands in force, so that another may replace it.
        long other = await _city.DraftAsync("新的规定");
        await _city.ReviewAsync(other);
        (await _city.PolicyAsync("leader", other, "issue", new { number = "磁办〔2027〕1号", meeting = "会议", until = "2029-01-01", from = "2027-12-01", supersedes = policy })).Ok();
        _city.Clock.GoTo(new DateOnly(2027, 7, 7));
        Assert.Equal(1, await RunAsync());
        Assert.Equal("expired", await StageAsync(policy));
    }

    private static async Task IssueAsync(IServiceProvider services, long policy)
    {
        PolicyView seen = await services.GetRequiredService<PolicyReading>().FindAsync(policy);
        await services.GetRequiredService<PolicyMoves>().MoveAsync(policy, seen.CaseVersion,
            new PolicyMove(PolicyProcedure.Issue, Number: "磁办〔2026〕9号", Meeting: "会议", Until: new DateOnly(2028, 1, 1)));
    }

    private async Task<string> PageAsync(string address)
    {
        using HttpResponseMessage response = await _city.Anonymous.GetAsync(new Uri(address, UriKind.Relative));
        return System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    private Task<Answer> AmendAsync(long policy) => _city.PolicyAsync("editor", policy, "amend", new { note = "要改" });

    /// <returns>How many documents were moved by all the workers together.</returns>
    private async Task<int> RunAsync() =>
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _city.Services.GetRequiredService<PolicyClock>().RunAsync())))).Sum();

    private async Task<string?> StageAsync(long policy) => (string?)(await (await _city.ClientAsync("editor")).ReadAsync($"/api/policies/{policy}"))["policy"]["stage"];

    private async Task<Answer> RewriteAsync(long policy, string text) => await (await _city.ClientAsync("editor")).PutAsync($"/api/policies/{policy}",
        new { title = "若干政策", text, version = await _city.VersionAsync($"/api/policies/{policy}", "policy") });
}

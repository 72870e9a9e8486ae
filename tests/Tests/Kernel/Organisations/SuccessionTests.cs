using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Organisations;

/// <summary>Organisations are renamed, merged and split by dated records; what was reported before stays where it was.</summary>
public sealed class SuccessionTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Fact]
    public async Task A_rename_keeps_the_code_and_needs_the_version_last_read()
    {
        await platform.AddAsync("district", "old-town", "c", "旧城区");
        long version = (long)(await ReadAsync("old-town"))["version"];
        long renamed = (long)(await SucceedAsync("old-town", new { kind = "renamed", name = "新城区", effectiveOn = "2026-08-01", basis = "皖政〔2026〕1号", version }))["version"];
        Assert.Equal("新城区", (string?)(await ReadAsync("old-town"))["name"]);
        (await SucceedAsync("old-town", new { kind = "renamed", name = "又一区", effectiveOn = "2026-08-01", basis = "x", version })).Refused("request.stale", 409);
        (await SucceedAsync("old-town", new { kind = "renamed", effectiveOn = "2026-08-01", basis = "x", version = renamed })).Refused("succession.name", 422);
        (await SucceedAsync("old-town", new { kind = "renamed", name = "又一区", effectiveOn = "2026-08-01", version = renamed })).Refused("succession.basis", 422);
        (await SucceedAsync("old-town", new { kind = "dissolved", effectiveOn = "2026-08-01", basis = "x", version = renamed })).Refused("succession.kind", 422);
    }

    [Fact]
    public async Task A_merger_closes_one_and_its_series_goes_on_in_the_other()
    {
        await platform.AddAsync("district", "gone", "c");
        await platform.AddAsync("district", "heir", "c");
        (await SucceedAsync("gone", new { kind = "merged", successor = "heir", effectiveOn = "2026-08-01", basis = "x", version = (long)(await ReadAsync("gone"))["version"] })).Ok();

        Answer closed = await ReadAsync("gone");
        Assert.Equal("2026-08-01", (string?)closed["closedOn"]);
        (await SucceedAsync("gone", new { kind = "renamed", name = "x", effectiveOn = "2026-08-01", basis = "x", version = (long)closed["version"] }))
            .Refused("succession.closed", 422);
        (await SucceedAsync("heir", new { kind = "merged", successor = "gone", effectiveOn = "2026-08-01", basis = "x", version = (long)(await ReadAsync("heir"))["version"] }))
            .Refused("succession.successor", 422);

        (Organisation gone, Organisation heir) = (await platform.OrganisationAsync("gone"), await platform.OrganisationAsync("heir"));
        IReadOnlyList<long> series = await platform.AsAsync(Actor.Platform("/1/"), services =>
            services.GetRequiredService<OrganisationTree>().SeriesAsync(heir.Id));
        Assert.Equal([heir.Id, gone.Id], series);
    }

    [Fact]
    public async Task A_split_leaves_both_open()
    {
        await platform.AddAsync("park", "whole", "c");
        await platform.AddAsync("park", "part", "c");
        (await SucceedAsync("whole", new { kind = "split", successor = "part", effectiveOn = "2026-08-01", basis = "x", version = (long)(await ReadAsync("whole"))["version"] })).Ok();
        Assert.Null((await ReadAsync("whole")).Ok().Body!["closedOn"]);
    }

    [Fact]
    public async Task An_enterprise_is_known_by_its_credit_code_once()
    {
        HttpClient system = await platform.ClientAsync("system");
        const string Code = "91350100M000100Y43";
        (await system.PostAsync("/api/organisations", new { code = "firm", name = "firm", kind = "enterprise", parent = "d1", creditCode = Code })).Ok();
        (await system.PostAsync("/api/organisations", new { code = "firm-again", name = "firm", kind = "enterprise", parent = "d2", creditCode = Code }))
            .Refused("organisation.credit-code-taken", 422);
        Assert.Equal(422, (int)(await system.PostAsync("/api/organisations", new { code = "firm-false", name = "firm", kind = "enterprise", parent = "d2", creditCode = "91350100M000100Y44" })).Status);
        (await system.PostAsync("/api/organisations", new { code = "firm", name = "firm", kind = "enterprise", parent = "d2" })).Refused("organisation.code-taken", 422);
        (await system.PostAsync("/api/organisations", new { code = "floating", name = "x", kind = "enterprise" })).Refused("organisation.parent", 422);
        (await system.PostAsync("/api/organisations", new { code = "odd", name = "x", kind = "castle", parent = "c" })).Refused("organisation.kind", 422);
    }

    private async Task<Answer> ReadAsync(string code) => await (await platform.ClientAsync("system")).ReadAsync($"/api/organisations/{code}");

    private async Task<Answer> SucceedAsync(string code, object body) =>
        await (await platform.ClientAsync("system")).PostAsync($"/api/organisations/{code}/successions", body);
}

using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Identity;

/// <summary>An absent owner freezes nothing: a named deputy acts for a dated time, in the owner's role and no further.</summary>
public sealed class DelegationTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    private DateOnly Today => platform.Clock.Today();

    [Fact]
    public async Task A_deputy_acts_within_the_dates_and_names_the_owner()
    {
        (string owner, string deputy) = await PairAsync("dates");
        (long id, long version) = await platform.TrialAsync();
        (await DelegateAsync(owner, deputy, Today.AddDays(2), Today.AddDays(4))).Ok();

        (await platform.MoveAsync(deputy, id, "submit", version)).Refused("access.role", 403);
        platform.Clock.Advance(TimeSpan.FromDays(2));
        long submitted = (long)(await platform.MoveAsync(deputy, id, "submit", version))["version"];
        platform.Clock.Advance(TimeSpan.FromDays(2));
        (await platform.MoveAsync(deputy, id, "withdraw", submitted)).Ok();

        await using PlatformDb db = platform.Db();
        CaseStep step = await db.Set<CaseStep>().SingleAsync(row => row.CaseId == id && row.Action == "submit");
        long ownerId = (await platform.ActorOfAsync(owner)).UserId;
        Assert.Equal(((await platform.ActorOfAsync(deputy)).UserId, (long?)ownerId), (step.UserId, step.OnBehalfOf));
        Assert.Equal(ownerId, (await db.Set<Lodestone.Kernel.Audit.AuditRecord>().SingleAsync(row => row.Reference == step.Id)).OnBehalfOf);

        platform.Clock.Advance(TimeSpan.FromDays(1));
        (await platform.MoveAsync(deputy, id, "submit", (await FileAsync(id)).Version)).Refused("access.role", 403);
    }

    [Fact]
    public async Task A_deputy_loses_what_the_owner_loses()
    {
        (string owner, string deputy) = await PairAsync("lost");
        (long id, long version) = await platform.TrialAsync();
        (await DelegateAsync(owner, deputy, Today, Today.AddDays(10))).Ok();
        long submitted = (long)(await platform.MoveAsync(deputy, id, "submit", version))["version"];

        (await (await platform.ClientAsync("security")).PostAsync($"/api/users/{owner}/memberships/end", new { organisation = "e1", role = Role.Reporter })).Ok();
        (await platform.MoveAsync(deputy, id, "withdraw", submitted)).Refused("access.role", 403);
    }

    [Fact]
    public async Task A_revoked_delegation_ends_at_once()
    {
        (string owner, string deputy) = await PairAsync("revoked");
        (long id, long version) = await platform.TrialAsync();
        long delegation = (long)(await DelegateAsync(owner, deputy, Today, Today.AddDays(10)))["id"];
        (await (await platform.ClientAsync(deputy)).PostAsync($"/api/delegations/{delegation}/revoke", new { })).Refused("request.not-found", 404);
        (await (await platform.ClientAsync(owner)).PostAsync($"/api/delegations/{delegation}/revoke", new { })).Ok();
        (await platform.MoveAsync(deputy, id, "submit", version)).Refused("access.role", 403);
    }

    [Fact]
    public async Task What_is_not_held_or_leaves_the_house_cannot_be_delegated()
    {
        (string owner, string deputy) = await PairAsync("limits");
        (await DelegateAsync(owner, deputy, Today, Today.AddDays(3), TrialModule.Reviewer)).Refused("delegation.not-held", 403);
        (await DelegateAsync(owner, owner, Today, Today.AddDays(3))).Refused("delegation.self", 422);
        (await DelegateAsync(owner, "reporter2", Today, Today.AddDays(3))).Refused("delegation.outside", 422);
        (await DelegateAsync(owner, deputy, Today.AddDays(3), Today)).Refused("delegation.dates", 422);
        (await DelegateAsync(owner, deputy, Today, Today.AddDays(400))).Refused("delegation.dates", 422);
        (await DelegateAsync(owner, deputy, Today, Today.AddDays(3), reason: " ")).Refused("delegation.reason", 422);

        // What is delegated cannot be delegated on.
        (await DelegateAsync(owner, deputy, Today, Today.AddDays(3))).Ok();
        (await DelegateAsync(deputy, owner, Today, Today.AddDays(3))).Refused("delegation.not-held", 403);
    }

    private async Task<(string Owner, string Deputy)> PairAsync(string name)
    {
        await platform.AddUserAsync($"owner-{name}", ("e1", Role.Reporter));
        // A colleague in the same house without the role.
        await platform.AddUserAsync($"deputy-{name}", ("e1", TrialModule.Reviewer));
        return ($"owner-{name}", $"deputy-{name}");
    }

    private async Task<Answer> DelegateAsync(
        string owner, string deputy, DateOnly from, DateOnly until, string role = Role.Reporter, string reason = "leave") =>
        await (await platform.ClientAsync(owner)).PostAsync("/api/delegations", new { deputy, organisation = "e1", role, from, until, reason });

    private async Task<Case> FileAsync(long id)
    {
        await using PlatformDb db = platform.Db();
        return await db.Set<Case>().AsNoTracking().SingleAsync(row => row.Id == id);
    }
}

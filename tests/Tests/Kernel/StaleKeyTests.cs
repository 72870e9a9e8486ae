using Lodestone.Kernel;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel;

/// <summary>A save whose guard fails writes nothing at all, not even what has no guard of its own.</summary>
public sealed class StaleKeyTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Fact]
    public async Task A_stale_move_leaves_no_key_and_no_move_beside_it()
    {
        (long first, _) = await platform.TrialAsync();
        (long second, long version) = await platform.TrialAsync();
        Actor actor = await platform.ActorOfAsync("reporter1");

        Refusal refusal = await Assert.ThrowsAsync<Refusal>(() => platform.AsAsync(actor, async services =>
        {
            PlatformDb db = services.GetRequiredService<PlatformDb>();
            CaseDesk desk = services.GetRequiredService<CaseDesk>();
            CaseView stands = await desk.ReadAsync(first);
            CaseView seen = await desk.ReadAsync(second);
            (await platform.MoveAsync("reporter1", second, "submit", version)).Ok();
            db.Request = new PendingRequest("stale key", "hash");
            await desk.MoveAsync(stands, stands.Version, "submit", null);
            await desk.MoveAsync(seen, seen.Version, "submit", null);
            db.Audit("trial.note", new Subject("trial", first), stands.OrganisationId, 987_654_321);
            return await db.CommitAsync("done");
        }));

        Assert.Equal("request.stale", refusal.Code);
        await using PlatformDb after = platform.Db();
        Assert.Equal("draft", (await after.Set<Case>().SingleAsync(row => row.Id == first)).Stage);
        Assert.False(await after.Set<RequestKey>().AnyAsync(row => row.Key == "stale key"));
        Assert.False(await after.Set<AuditRecord>().AnyAsync(row => row.Reference == 987_654_321));
    }

    [Fact]
    public async Task A_case_opened_out_of_scope_leaves_nothing()
    {
        Actor actor = await platform.ActorOfAsync("reporter1");
        await using PlatformDb before = platform.Db();
        Organisation other = await before.Set<Organisation>().SingleAsync(row => row.Code == "e2");
        int records = await before.Set<AuditRecord>().CountAsync(row => row.Action == "trial.open");

        await Assert.ThrowsAsync<Refusal>(() => platform.AsAsync(actor, async services =>
        {
            CaseDesk desk = services.GetRequiredService<CaseDesk>();
            await desk.OpenAsync(TrialModule.Procedure, new Subject("trial", 1), other.Id, other.Path, "not mine");
            return await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        }));

        Assert.Equal(records, await before.Set<AuditRecord>().CountAsync(row => row.Action == "trial.open"));
        Assert.False(await before.Set<Case>().AnyAsync(row => row.Title == "not mine"));
    }
}

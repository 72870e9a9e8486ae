using System.Globalization;
using System.Reflection;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Data;

/// <summary>What an actor may not see does not exist in any query: own branch and below, never beside, never above.</summary>
public sealed class ScopeTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Theory]
    [InlineData("reporter1", true, false)]
    [InlineData("reporter2", false, true)]
    [InlineData("reviewer1", true, false)]
    [InlineData("city-reviewer", true, true)]
    [Trait("Teeth", "scope")]
    public async Task A_case_is_seen_from_its_own_place_and_from_above(string userName, bool first, bool second)
    {
        (long one, _) = await platform.TrialAsync("e1");
        (long two, _) = await platform.TrialAsync("e2");
        await using PlatformDb db = platform.Db(await platform.ActorOfAsync(userName));
        Assert.Equal(first, await db.Set<Case>().AnyAsync(row => row.Id == one));
        Assert.Equal(second, await db.Set<Case>().AnyAsync(row => row.Id == two));
        Assert.Equal(first, await db.Set<CaseStep>().AnyAsync(row => row.CaseId == one));

        // The door's hand-written SQL keeps the same walls.
        HttpClient client = await platform.ClientAsync(userName);
        Assert.Equal(first ? 200 : 404, (int)(await client.ReadAsync($"/api/trials/{one}")).Status);
        Assert.Equal(second ? 200 : 404, (int)(await client.ReadAsync($"/api/trials/{two}")).Status);
    }

    [Theory]
    [InlineData("reporter1", "e1")]
    [InlineData("reviewer2", "d2")]
    [InlineData("city-reviewer", "c")]
    [Trait("Teeth", "scope")]
    public async Task Every_owned_table_holds_only_rows_of_the_actors_branch(string userName, string top)
    {
        await platform.TrialAsync("e1", submitted: true);
        await platform.TrialAsync("e2", submitted: true);
        string path = (await platform.OrganisationAsync(top)).Path;
        await using PlatformDb all = platform.Db();
        Dictionary<long, string> paths = await all.Set<Organisation>().ToDictionaryAsync(row => row.Id, row => row.Path);
        await using PlatformDb db = platform.Db(await platform.ActorOfAsync(userName));
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => typeof(IOwned).IsAssignableFrom(entity.ClrType)))
        {
            long[] owners = await OwnersAsync(db, entity.ClrType);
            Assert.Empty(owners.Where(owner => !paths[owner].StartsWith(path, StringComparison.Ordinal)).Select(owner => $"{entity.Name}: {owner}"));
        }
    }

    [Fact]
    [Trait("Teeth", "scope")]
    public async Task Nobody_sees_nothing()
    {
        await platform.TrialAsync("e1", submitted: true);
        await using PlatformDb db = platform.Db(Actor.Nobody);
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => typeof(IOwned).IsAssignableFrom(entity.ClrType)))
        {
            Assert.Empty(await OwnersAsync(db, entity.ClrType));
        }

        Assert.False(await db.Set<Organisation>().AnyAsync());
    }

    [Fact]
    public async Task The_tree_shows_what_is_below_and_the_chain_above_by_name()
    {
        await using PlatformDb db = platform.Db(await platform.ActorOfAsync("reporter1"));
        Assert.Equal(["c", "d1", "e1", "platform"], await db.Set<Organisation>().OrderBy(row => row.Code).Select(row => row.Code).ToListAsync());

        Answer list = await (await platform.ClientAsync("reporter1")).ReadAsync("/api/organisations");
        Assert.Equal(["e1"], list.Ok().Body!.AsArray().Select(row => (string?)row!["code"]));
        (await (await platform.ClientAsync("reporter1")).ReadAsync("/api/organisations/d1")).Refused("request.not-found", 404);
        (await (await platform.ClientAsync("reporter1")).ReadAsync("/api/organisations/e2")).Refused("request.not-found", 404);
        (await (await platform.ClientAsync("reviewer1")).ReadAsync("/api/organisations/e1")).Ok();
    }

    [Fact]
    public async Task A_fifth_disjoint_branch_is_refused_not_forgotten()
    {
        string[] codes = [.. Enumerable.Range(0, 5).Select(number => string.Create(CultureInfo.InvariantCulture, $"branch{number}"))];
        foreach (string code in codes)
        {
            await platform.AddAsync("district", code, "c");
        }

        await platform.AddUserAsync("four-branches", [.. codes[..4].Select(code => (code, Role.Reporter))]);
        await using (PlatformDb db = platform.Db(await platform.ActorOfAsync("four-branches")))
        {
            Assert.Equal(4, await db.Set<Organisation>().CountAsync(row => codes.Contains(row.Code)));
        }

        (await (await platform.ClientAsync("security")).PostAsync("/api/users/four-branches/memberships", new { organisation = codes[4], role = Role.Reporter }))
            .Refused("identity.too-many-branches", 422);
    }

    private static async Task<long[]> OwnersAsync(PlatformDb db, Type entity)
    {
        MethodInfo read = typeof(ScopeTests).GetMethod(nameof(OwnersOfAsync), BindingFlags.Static | BindingFlags.NonPublic)!;
        return await (Task<long[]>)read.MakeGenericMethod(entity).Invoke(null, [db])!;
    }

    private static Task<long[]> OwnersOfAsync<T>(PlatformDb db)
        where T : class, IOwned => db.Set<T>().Select(row => row.OrganisationId).Distinct().ToArrayAsync();
}

using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel.Packs;

/// <summary>Fills an empty platform from a pack: the kernel's tables first, then each mechanism in the order of the house.</summary>
public static class PackLoader
{
    /// <summary>Every account of a demonstration opens with this; the sign-in page says so.</summary>
    public const string DemonstrationPassword = "lodestone-demo";

    /// <summary>True when the database has no city yet.</summary>
    public static async Task<bool> IsEmptyAsync(IServiceProvider services, CancellationToken cancel = default)
    {
        await using PlatformDb db = services.GetRequiredService<IDbContextFactory<PlatformDb>>().Lease(Actor.Platform("/1/"));
        return !await db.Set<Organisation>().AnyAsync(row => row.Kind == OrganisationKind.City, cancel);
    }

    public static async Task<bool> IsLoadedAsync(IServiceProvider services, string code, CancellationToken cancel = default)
    {
        await using PlatformDb db = services.GetRequiredService<IDbContextFactory<PlatformDb>>().Lease(Actor.Nobody);
        return await db.Set<LoadedPack>().AnyAsync(row => row.Code == code, cancel);
    }

    /// <summary>The accounts that the sign-in page of a demonstration offers.</summary>
    public static IReadOnlyList<DemonstrationAccount> AccountsOf(Pack pack)
    {
        Dictionary<string, string> names = pack.Table("organisations").ToDictionary(row => row["code"], row => row["name"]);
        return
        [
            .. pack.Table("people").DistinctBy(row => row["userName"]).Select(row => new DemonstrationAccount(
                row["userName"], row["displayName"], names[row["organisation"]], row["role"], row["title"], DemonstrationPassword)),
        ];
    }

    public static async Task LoadAsync(PackRun run, IReadOnlyList<IModule> modules)
    {
        await run.AsPlatformAsync(services => OrganisationsAsync(run.Pack, services));
        await run.AsPlatformAsync(services => PeopleAsync(run.Pack, services));
        await run.AsPlatformAsync(services => IndicatorsAsync(run.Pack, services));
        await run.AsPlatformAsync(services => TargetsAsync(run, services));
        foreach (IModule module in modules)
        {
            await module.LoadAsync(run);
        }

        foreach (IModule module in modules)
        {
            await module.LookBackAsync(run);
        }

        await run.AsPlatformAsync(async services =>
        {
            PlatformDb db = services.GetRequiredService<PlatformDb>();
            db.Add(new LoadedPack { Code = run.Pack.Code, LoadedAt = services.GetRequiredService<TimeProvider>().Instant() });
            db.Audit("pack.load", new Subject("pack", 0), 1, await services.GetRequiredService<Ids>().NextAsync(), null, run.Pack.Code);
            await db.SaveChangesAsync();
        });
    }

    private static async Task OrganisationsAsync(Pack pack, IServiceProvider services)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        OrganisationTree tree = services.GetRequiredService<OrganisationTree>();
        foreach (IReadOnlyDictionary<string, string> row in pack.Table("organisations"))
        {
            await tree.AddAsync(row["code"], row["name"], row["kind"], Empty(row["parent"]), Empty(row["creditCode"]), null);
            await db.SaveChangesAsync();
        }
    }

    private static async Task PeopleAsync(Pack pack, IServiceProvider services)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        UserBook users = services.GetRequiredService<UserBook>();
        foreach (IGrouping<string, IReadOnlyDictionary<string, string>> person in pack.Table("people").GroupBy(row => row["userName"]))
        {
            await users.AddAsync(person.Key, person.First()["displayName"], DemonstrationPassword,
                [.. person.Select(row => new MembershipRequest(row["organisation"], row["role"]))]);
        }

        await db.SaveChangesAsync();
    }

    private static async Task IndicatorsAsync(Pack pack, IServiceProvider services)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        IndicatorBook book = services.GetRequiredService<IndicatorBook>();
        foreach (IReadOnlyDictionary<string, string> row in pack.Table("indicators"))
        {
            await book.AddAsync(new IndicatorText(
                row["code"], row["name"], row["unit"], int.Parse(row["decimals"], CultureInfo.InvariantCulture), row["aggregation"], row["direction"],
                row["frequency"], row["purpose"], row["explanation"], row["source"], null, row["area"], row["owner"]));
        }

        await db.SaveChangesAsync();
    }

    private static async Task TargetsAsync(PackRun run, IServiceProvider services)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        TargetBook targets = services.GetRequiredService<TargetBook>();
        Dictionary<string, Indicator> indicators = await db.Set<Indicator>().AsNoTracking().ToDictionaryAsync(row => row.Code);
        Dictionary<string, long> organisations = await db.Set<Organisation>().ToDictionaryAsync(row => row.Code, row => row.Id);
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("targets"))
        {
            Indicator indicator = indicators[row["indicator"]];
            Target target = await targets.SetAsync(indicator, organisations[row["organisation"]], run.PeriodAt(row["period"]),
                IndicatorBook.ToUnits(indicator, PackRun.Number(row["value"])));
            db.Audit("target.set", new Subject("target", target.Id), target.OrganisationId, target.Id, null, $"{indicator.Code} {target.Value}");
        }

        await db.SaveChangesAsync();
    }

    private static string? Empty(string cell) => cell.Length == 0 ? null : cell;
}

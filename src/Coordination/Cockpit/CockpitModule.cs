using Lodestone.Coordination.Assessment;
using Lodestone.Coordination.Plans;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Cockpit;

/// <summary>The city on one page for its leaders: approved figures, their trend and map, and what must be looked after today (驾驶舱).</summary>
public sealed class CockpitModule : IModule
{
    /// <summary>Those who answer for the city as a whole.</summary>
    internal static readonly string[] Readers =
        [StatisticsModule.Approver, StatisticsModule.Reviewer, AssessmentModule.Assessor, PlansModule.Office];

    public IEnumerable<MenuEntry> Menu => [new("work", "menu.cockpit", "/cockpit", "dashboard", 15, Readers)];

    public void Model(ModelBuilder model) => model.Entity<MapTile>(table =>
    {
        table.ToTable("cockpit_map_tile");
        table.HasKey(row => row.OrganisationId);
        table.Property(row => row.OrganisationId).ValueGeneratedNever();
        table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    });

    public void Services(IServiceCollection services)
    {
        services.AddScoped<CityFigures>();
        services.AddScoped<Matters>();
        services.AddScoped<CockpitReading>();
    }

    public void Routes(IEndpointRouteBuilder routes) => CockpitEndpoints.Map(routes);

    /// <summary>Takes the tiles of a pack: organisation, column, row.</summary>
    public Task LoadAsync(PackRun run) => run.AsPlatformAsync(async services =>
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = run.Pack.Table("tiles");
        if (rows.Count == 0)
        {
            return;
        }

        Dictionary<string, long> districts = await db.Set<Organisation>().Where(row => row.Kind == OrganisationKind.District)
            .ToDictionaryAsync(row => row.Code, row => row.Id);
        db.AddRange(rows.Select(row => new MapTile
        {
            OrganisationId = districts[row["organisation"]],
            TileColumn = (int)PackRun.Number(row["column"]),
            TileRow = (int)PackRun.Number(row["row"]),
        }));
        db.Audit("cockpit.tiles", new Subject("pack", 0), 1, await services.GetRequiredService<Ids>().NextAsync(), null, $"{rows.Count}");
        await db.SaveChangesAsync();
    });
}

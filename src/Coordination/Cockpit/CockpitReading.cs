using Lodestone.Coordination.Meetings;
using Lodestone.Coordination.Plans;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Cockpit;

/// <summary>The whole page: what the city reached, and the few things to look after.</summary>
/// <param name="Tiles">Where each district stands; districts without a place are not on the map.</param>
/// <param name="Meeting">The first meeting that is not yet held.</param>
/// <param name="Plan">Progress of the newest plan that stands under no other and the share that should be reached by now, 0 to 1; null without a plan.</param>
internal sealed record CockpitView(
    Organisation City, IReadOnlyList<Headline> Headlines, IReadOnlyDictionary<long, MapTile> Tiles, Completeness? Completeness,
    (decimal Reached, decimal Path)? Plan, IReadOnlyList<Matter> Matters, MeetingView? Meeting);

/// <summary>Reads the cockpit within the actor's scope.</summary>
internal sealed class CockpitReading(PlatformDb db, CityFigures figures, Matters matters, PlanTree plans, MeetingReading meetings)
{
    private const int MostHeadlines = 6;
    private const int MostMatters = 5;

    /// <exception cref="Refusal"><c>request.not-found</c>: the actor sees no city.</exception>
    public async Task<CockpitView> ReadAsync(CancellationToken cancel = default)
    {
        Organisation city = (await db.Set<Organisation>().AsNoTracking().Where(row => row.Kind == OrganisationKind.City && row.ClosedOn == null)
            .OrderBy(row => row.Id).ToListAsync(cancel)).Find(row => db.Actor.Sees(row.Path)) ?? throw Refusal.NotFound();
        Plan? plan = await db.Set<Plan>().AsNoTracking().Where(row => row.CityId == city.Id && row.ParentId == null).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancel);
        PlanState? state = plan is null ? null : await plans.ReadAsync(plan, cancel);
        return new CockpitView(
            city,
            await figures.ReadAsync(city, MostHeadlines, cancel),
            await db.Set<MapTile>().AsNoTracking().ToDictionaryAsync(row => row.OrganisationId, cancel),
            await matters.CompletenessAsync(city, cancel),
            state is null ? null : (state.Progress.Share, state.Path),
            await matters.ListAsync(city, state, MostMatters, cancel),
            await meetings.NextAsync(cancel));
    }
}

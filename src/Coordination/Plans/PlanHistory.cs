using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Reads a plan's revisions.</summary>
internal sealed class PlanHistory(PlatformDb db)
{
    /// <summary>What became of the plan since the end of a legal day.</summary>
    public async Task<IReadOnlyList<ElementChange>> SinceAsync(Plan plan, DateOnly since, CancellationToken cancel = default)
    {
        DateTimeOffset end = EndOf(since);
        string[] touched = await db.Set<PlanRevision>().Where(row => row.PlanId == plan.Id && row.At >= end).Select(row => row.Code).Distinct().ToArrayAsync(cancel);
        List<PlanRevision> revisions = await db.Set<PlanRevision>().AsNoTracking()
            .Where(row => row.PlanId == plan.Id && touched.Contains(row.Code)).ToListAsync(cancel);
        return PlanDiff.Between(revisions, end);
    }

    /// <summary>The revisions of one element, newest first.</summary>
    public async Task<IReadOnlyList<PlanRevision>> OfAsync(long planId, string kind, string code, CancellationToken cancel = default) =>
        await db.Set<PlanRevision>().AsNoTracking().Where(row => row.PlanId == planId && row.Kind == kind && row.Code == code)
            .OrderByDescending(row => row.Id).ToListAsync(cancel);

    private static DateTimeOffset EndOf(DateOnly day) => day == DateOnly.MaxValue
        ? DateTimeOffset.MaxValue
        : new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Clock.LegalOffset);
}

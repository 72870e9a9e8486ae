using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>A milestone of a year that is not confirmed.</summary>
/// <param name="Times">How often it was carried before.</param>
internal sealed record Unfinished(Milestone Row, string Measure, string Title, string Lead, int Times)
{
    /// <summary>A report on the table is decided first.</summary>
    public bool MayGo => Row.Stage != MilestoneProcedure.Reported;
}

/// <param name="Version">The milestone's version that the caller read.</param>
internal sealed record CarriedText(string? Code, long Version);

/// <summary>
/// Closes a year of a plan: what is not finished goes over into a quarter of the next year, with its reason. The milestone keeps its code,
/// reports and revisions. Written by the next save.
/// </summary>
internal sealed class CarryDesk(PlatformDb db, Ids ids, PlanElements elements, PlanChanges changes, TimeProvider clock)
{
    /// <summary>The first day on which a year may be closed: its last quarter has begun.</summary>
    public static DateOnly OpensOn(int year) => new Period(PeriodKind.Quarter, year, 4).FirstDay;

    public async Task<IReadOnlyList<Unfinished>> ListAsync(Plan plan, int year, CancellationToken cancel = default)
    {
        List<Milestone> open = await db.Set<Milestone>().AsNoTracking()
            .Where(row => row.PlanId == plan.Id && row.RemovedOn == null && row.ConfirmedOn == null).ToListAsync(cancel);
        Dictionary<long, Measure> measures = await db.Set<Measure>().AsNoTracking().Where(row => row.PlanId == plan.Id).ToDictionaryAsync(row => row.Id, cancel);
        Dictionary<long, int> times = await db.Set<CarryOver>().Where(row => row.PlanId == plan.Id).GroupBy(row => row.MilestoneId)
            .ToDictionaryAsync(group => group.Key, group => group.Count(), cancel);
        return
        [
            .. open.Where(row => row.Quarter.Year == year).OrderBy(row => row.Quarter).ThenBy(row => row.Code, StringComparer.Ordinal)
                .Select(row => new Unfinished(row, measures[row.MeasureId].Code, measures[row.MeasureId].Title, measures[row.MeasureId].LeadName,
                    times.GetValueOrDefault(row.Id))),
        ];
    }

    /// <summary>Carries the named milestones into one quarter of the next year.</summary>
    /// <exception cref="Refusal">
    /// <c>access.role</c>, <c>plan.carry-early</c>, <c>plan.carry-none</c>, <c>plan.carry-quarter</c>, <c>plan.carry-reported</c>, and those of
    /// <see cref="PlanChanges.SetMilestoneAsync"/>
    /// </exception>
    public async Task<IReadOnlyList<Milestone>> CarryAsync(
        Plan plan, int year, Period to, IReadOnlyCollection<CarriedText> picked, string? reason, CancellationToken cancel = default)
    {
        await elements.RequireOfficeAsync(plan.CityId, cancel);
        if (clock.Today() < OpensOn(year))
        {
            throw new Refusal("plan.carry-early", 422, year, OpensOn(year));
        }

        if (to.Kind != PeriodKind.Quarter || to.Year != year + 1 || to > plan.LastQuarter)
        {
            throw new Refusal("plan.carry-quarter", 422, year + 1, plan.LastQuarter);
        }

        Dictionary<string, Unfinished> open = (await ListAsync(plan, year, cancel)).ToDictionary(one => one.Row.Code);
        var carried = new List<Milestone>();
        foreach (CarriedText one in picked.DistinctBy(one => one.Code))
        {
            Unfinished found = open.GetValueOrDefault(one.Code ?? "") ?? throw Refusal.NotFound();
            if (!found.MayGo)
            {
                throw new Refusal("plan.carry-reported", 422, found.Row.Code);
            }

            Milestone set = await changes.SetMilestoneAsync(
                plan, new MilestoneText(found.Row.Code, found.Measure, to, found.Row.Title, found.Row.Weight), reason, one.Version, cancel);
            db.Add(new CarryOver
            {
                Id = await ids.NextAsync(cancel),
                PlanId = plan.Id,
                MilestoneId = set.Id,
                FromQuarter = found.Row.Quarter,
                ToQuarter = to,
                Reason = reason!.Trim(),
                At = clock.Instant(),
                UserId = db.Actor.UserId,
            });
            carried.Add(set);
        }

        return carried.Count > 0 ? carried : throw new Refusal("plan.carry-none");
    }
}

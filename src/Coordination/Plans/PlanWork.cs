using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Work that no case shows yet: milestones of my unit that are due and not reported, problems my unit is asked about,
/// evaluations on which it may speak.</summary>
internal sealed class PlanWork(PlatformDb db, ProblemDesk problems, EvaluationOpinions opinions, TimeProvider clock) : IWorkSource
{
    /// <summary>Calendar days ahead.</summary>
    private const int Ahead = 45;

    private const int Page = 50;

    public async Task<IReadOnlyList<WorkItem>> ListAsync(CancellationToken cancel = default)
    {
        Grant[] seats = [.. db.Actor.Grants.Where(grant => grant.Role == PlansModule.Liaison)];
        if (seats.Length == 0)
        {
            return [];
        }

        long[] units = [.. seats.Select(seat => seat.OrganisationId).Distinct()];
        // Quarters are ordered by their code, so the last day of the horizon's quarter bounds the query.
        DateOnly horizon = clock.Today().AddDays(Ahead);
        var rows = await (
            from milestone in db.Set<Milestone>().AsNoTracking()
            join measure in db.Set<Measure>() on milestone.MeasureId equals measure.Id
            join plan in db.Set<Plan>() on milestone.PlanId equals plan.Id
            join lead in db.Set<Organisation>() on measure.LeadId equals lead.Id
            where units.Contains(measure.LeadId) && milestone.CaseId == null && milestone.ConfirmedOn == null && milestone.RemovedOn == null
            orderby milestone.Quarter, milestone.Code
            select new { milestone, measure.Code, measure.Title, Plan = plan.Code, Unit = lead.Name }).Take(Page).ToListAsync(cancel);
        IEnumerable<WorkItem> due = rows.Where(row => row.milestone.DueOn <= horizon).Select(row => new WorkItem(
            "work.plan.milestone", $"{row.Code} {row.Title} · {row.milestone.Title}", row.Unit, PlansModule.PlaceOf(row.Plan, row.Code), row.milestone.DueOn,
            false, null));
        IEnumerable<WorkItem> asked = (await problems.AskedAsync(cancel)).Select(one => new WorkItem(
            "work.plan.problem", $"{one.Measure} {one.Problem.Text}", one.Problem.RaisedByName, PlansModule.PlaceOf(one.Plan, one.Measure), null, false,
            one.Problem.At));
        return [.. due.Concat(asked), .. await OpinionsAsync(cancel)];
    }

    private async Task<IReadOnlyList<WorkItem>> OpinionsAsync(CancellationToken cancel)
    {
        var items = new List<WorkItem>();
        foreach (Evaluation one in await db.Set<Evaluation>().AsNoTracking()
            .Where(row => row.ConsultedOn != null && row.SubmittedOn == null && row.IssuedOn == null).OrderBy(row => row.Id).Take(Page).ToListAsync(cancel))
        {
            if (await opinions.TurnAsync(one, cancel) is { } unit)
            {
                items.Add(new WorkItem("work.plan.opinion", one.Title, unit.Name, $"/plan/evaluations/{one.Id}", null, false, null));
            }
        }

        return items;
    }
}

using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Changes a plan that is in force: by the leading group's office, each change a revision with its reason. Written by the next save.</summary>
internal sealed class PlanChanges(PlatformDb db, PlanElements elements, TimeProvider clock)
{
    /// <summary>Adds a measure or rewrites one.</summary>
    /// <param name="seen">The version read; 0 for a new one.</param>
    /// <exception cref="Refusal">
    /// <c>plan.element</c>, <c>plan.unit</c>, <c>plan.reason</c>, <c>plan.lead-busy</c>, <c>request.stale</c>, <c>access.role</c>
    /// </exception>
    public async Task<Measure> SetMeasureAsync(Plan plan, MeasureText text, string? reason, long seen, CancellationToken cancel = default)
    {
        await RequireOfficeAsync(plan, reason, cancel);
        Objective parent = await db.Set<Objective>()
            .FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.Code == text.Objective && row.RemovedOn == null, cancel)
            ?? throw new Refusal("plan.element", 422, text.Objective ?? "");
        Dictionary<string, Organisation> units = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(row => row.Code, cancel);
        Measure? known = await db.Set<Measure>().FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.Code == text.Code, cancel);
        RequireVersion(known?.Version ?? 0, seen);
        if (known is null)
        {
            Measure made = await elements.AddAsync(plan, parent, text, units, reason, cancel);
            Audit("measure", plan, made.Code, made.Version, null, reason);
            return made;
        }

        PlanElements.Check(text);
        Organisation lead = elements.Unit(units, text.Lead);
        if (lead.Id != known.LeadId && await db.Set<Milestone>().AnyAsync(
            row => row.MeasureId == known.Id && row.CaseId != null && row.ConfirmedOn == null && row.RemovedOn == null, cancel))
        {
            throw new Refusal("plan.lead-busy", 422, known.Code);
        }

        foreach (Duty duty in await db.Set<Duty>().Where(row => row.MeasureId == known.Id && row.EndedOn == null).ToListAsync(cancel))
        {
            duty.EndedOn = clock.Today();
        }

        known.ObjectiveId = parent.Id;
        known.RemovedOn = null;
        elements.Write(known, text, lead, units);
        await elements.AddDutiesAsync(known, text, lead, units, cancel);
        known.Version = await elements.ReviseAsync(plan, PlanRevision.Measure, known.Code, PlanElements.State(known, parent.Code), reason, cancel);
        Audit("measure", plan, known.Code, known.Version, null, reason);
        return known;
    }

    /// <summary>Adds a milestone or rewrites one that is not confirmed yet.</summary>
    /// <exception cref="Refusal"><c>plan.element</c>, <c>plan.reason</c>, <c>plan.confirmed</c>, <c>request.stale</c>, <c>access.role</c></exception>
    public async Task<Milestone> SetMilestoneAsync(Plan plan, MilestoneText text, string? reason, long seen, CancellationToken cancel = default)
    {
        await RequireOfficeAsync(plan, reason, cancel);
        Measure parent = await db.Set<Measure>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.Code == text.Measure && row.RemovedOn == null, cancel)
            ?? throw new Refusal("plan.element", 422, text.Measure ?? "");
        Milestone? known = await db.Set<Milestone>().FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.Code == text.Code, cancel);
        RequireVersion(known?.Version ?? 0, seen);
        if (known is null)
        {
            Milestone made = await elements.AddAsync(plan, parent, text, reason, cancel);
            Audit("milestone", plan, made.Code, made.Version, null, reason);
            return made;
        }

        PlanElements.Check(plan, text);
        if (known.ConfirmedOn is not null || known.MeasureId != parent.Id)
        {
            throw new Refusal("plan.confirmed", 422, known.Code);
        }

        string before = $"{known.Quarter} {known.Title} {known.Weight}";
        known.Quarter = text.Quarter;
        known.Title = text.Title!.Trim();
        known.Weight = text.Weight;
        known.RemovedOn = null;
        known.Version = await elements.ReviseAsync(plan, PlanRevision.Milestone, known.Code, PlanElements.State(known, parent.Code), reason, cancel);
        Audit("milestone", plan, known.Code, known.Version, before, reason);
        return known;
    }

    /// <summary>Takes a measure with its milestones, or one milestone, out of the plan. The rows stay for its history.</summary>
    /// <exception cref="Refusal"><c>plan.reason</c>, <c>plan.confirmed</c>, <c>request.stale</c>, <c>request.not-found</c>, <c>access.role</c></exception>
    public async Task<long> RemoveAsync(Plan plan, string kind, string code, string? reason, long seen, CancellationToken cancel = default)
    {
        await RequireOfficeAsync(plan, reason, cancel);
        long last;
        if (kind == PlanRevision.Measure)
        {
            Measure measure = await db.Set<Measure>().FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.Code == code && row.RemovedOn == null, cancel)
                ?? throw Refusal.NotFound();
            RequireVersion(measure.Version, seen);
            foreach (Milestone milestone in await db.Set<Milestone>().Where(row => row.MeasureId == measure.Id && row.RemovedOn == null).ToListAsync(cancel))
            {
                milestone.RemovedOn = clock.Today();
                milestone.Version = await elements.ReviseAsync(plan, PlanRevision.Milestone, milestone.Code, null, reason, cancel);
            }

            foreach (Duty duty in await db.Set<Duty>().Where(row => row.MeasureId == measure.Id && row.EndedOn == null).ToListAsync(cancel))
            {
                duty.EndedOn = clock.Today();
            }

            measure.RemovedOn = clock.Today();
            last = measure.Version = await elements.ReviseAsync(plan, kind, code, null, reason, cancel);
        }
        else
        {
            Milestone milestone = await db.Set<Milestone>()
                .FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.Code == code && row.RemovedOn == null, cancel) ?? throw Refusal.NotFound();
            RequireVersion(milestone.Version, seen);
            if (milestone.ConfirmedOn is not null)
            {
                throw new Refusal("plan.confirmed", 422, code);
            }

            milestone.RemovedOn = clock.Today();
            last = milestone.Version = await elements.ReviseAsync(plan, PlanRevision.Milestone, code, null, reason, cancel);
        }

        Audit($"{kind}-remove", plan, code, last, code, reason);
        return last;
    }

    private async Task RequireOfficeAsync(Plan plan, string? reason, CancellationToken cancel)
    {
        await elements.RequireOfficeAsync(plan.CityId, cancel);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new Refusal("plan.reason");
        }
    }

    private static void RequireVersion(long now, long seen)
    {
        if (now != seen)
        {
            throw Refusal.Stale();
        }
    }

    private void Audit(string what, Plan plan, string code, long reference, string? before, string? after) =>
        db.Audit($"plan.{what}", new Subject("plan", plan.Id), plan.CityId, reference, before, $"{code} {after}");
}

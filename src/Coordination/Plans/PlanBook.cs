using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Finds plans and founds them whole, as one command. Written by the next save.</summary>
internal sealed class PlanBook(PlatformDb db, Ids ids, PlanElements elements)
{
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<Plan> FindAsync(string? code, CancellationToken cancel = default) =>
        await db.Set<Plan>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code, cancel) ?? throw Refusal.NotFound();

    /// <summary>Founds a plan with all its elements in one command.</summary>
    /// <exception cref="Refusal"><c>plan.element</c> with the element's code, <c>plan.unit</c>, <c>plan.code-taken</c>, <c>access.role</c></exception>
    public async Task<Plan> FoundAsync(PlanText text, CancellationToken cancel = default)
    {
        Dictionary<string, Organisation> units = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(row => row.Code, cancel);
        Organisation city = elements.Unit(units, text.Organisation);
        elements.RequireOffice(city.Path);
        if (string.IsNullOrWhiteSpace(text.Code) || string.IsNullOrWhiteSpace(text.Name) || text.FirstQuarter.Kind != PeriodKind.Quarter
            || text.LastQuarter.Kind != PeriodKind.Quarter || text.LastQuarter < text.FirstQuarter || city.Kind != OrganisationKind.City)
        {
            throw new Refusal("plan.element", 422, text.Code ?? "");
        }

        if (await db.Set<Plan>().AnyAsync(row => row.Code == text.Code, cancel))
        {
            throw new Refusal("plan.code-taken", 422, text.Code);
        }

        var plan = new Plan
        {
            Id = await ids.NextAsync(cancel),
            Code = text.Code,
            Name = text.Name.Trim(),
            DocumentNumber = text.DocumentNumber ?? "",
            CityId = city.Id,
            FirstQuarter = text.FirstQuarter,
            LastQuarter = text.LastQuarter,
        };
        db.Add(plan);
        var objectives = new Dictionary<string, Objective>();
        foreach (ObjectiveText one in text.Objectives ?? [])
        {
            Objective made = await elements.AddAsync(plan, one, null, cancel);
            if (!objectives.TryAdd(made.Code, made))
            {
                throw new Refusal("plan.element", 422, made.Code);
            }
        }

        var measures = new Dictionary<string, Measure>();
        foreach (MeasureText one in text.Measures ?? [])
        {
            Objective parent = objectives.GetValueOrDefault(one.Objective ?? "") ?? throw new Refusal("plan.element", 422, one.Code ?? "");
            Measure made = await elements.AddAsync(plan, parent, one, units, null, cancel);
            if (!measures.TryAdd(made.Code, made))
            {
                throw new Refusal("plan.element", 422, made.Code);
            }
        }

        var seen = new HashSet<string>();
        foreach (MilestoneText one in text.Milestones ?? [])
        {
            Measure parent = measures.GetValueOrDefault(one.Measure ?? "") ?? throw new Refusal("plan.element", 422, one.Code ?? "");
            if (!seen.Add((await elements.AddAsync(plan, parent, one, null, cancel)).Code))
            {
                throw new Refusal("plan.element", 422, one.Code ?? "");
            }
        }

        db.Audit("plan.found", new Subject("plan", plan.Id), city.Id, plan.Id, null, $"{plan.Code} {plan.Name}");
        return plan;
    }
}

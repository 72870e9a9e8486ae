using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Finds plans and founds them whole, as one command. Written by the next save.</summary>
internal sealed class PlanBook(PlatformDb db, Ids ids, PlanElements elements, GroupBook groups)
{
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<Plan> FindAsync(string? code, CancellationToken cancel = default) =>
        await db.Set<Plan>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code, cancel) ?? throw Refusal.NotFound();

    /// <summary>Founds a plan with all its elements in one command.</summary>
    /// <exception cref="Refusal"><c>plan.element</c> with the element's code, <c>plan.unit</c>, <c>plan.code-taken</c>, <c>access.role</c></exception>
    public async Task<Plan> FoundAsync(PlanText text, CancellationToken cancel = default)
    {
        Dictionary<string, Organisation> units = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(row => row.Code, cancel);
        (Organisation city, Plan? parent) = await HeadAsync(text, units, cancel);
        Dictionary<string, long> above = parent is null
            ? []
            : await db.Set<Measure>().Where(row => row.PlanId == parent.Id && row.RemovedOn == null).ToDictionaryAsync(row => row.Code, row => row.Id, cancel);
        var plan = new Plan
        {
            Id = await ids.NextAsync(cancel),
            Code = text.Code!,
            Name = text.Name!.Trim(),
            Kind = parent is null ? null : text.Kind,
            ParentId = parent?.Id,
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
            Objective parentObjective = objectives.GetValueOrDefault(one.Objective ?? "") ?? throw new Refusal("plan.element", 422, one.Code ?? "");
            Measure made = await elements.AddAsync(plan, parentObjective, one, units, null, cancel);
            made.CarriesId = string.IsNullOrEmpty(one.Carries) ? null
                : above.TryGetValue(one.Carries, out long carried) ? carried : throw new Refusal("plan.carries", 422, made.Code, one.Carries);
            if (!measures.TryAdd(made.Code, made))
            {
                throw new Refusal("plan.element", 422, made.Code);
            }
        }

        var seen = new HashSet<string>();
        foreach (MilestoneText one in text.Milestones ?? [])
        {
            Measure parentMeasure = measures.GetValueOrDefault(one.Measure ?? "") ?? throw new Refusal("plan.element", 422, one.Code ?? "");
            if (!seen.Add((await elements.AddAsync(plan, parentMeasure, one, null, cancel)).Code))
            {
                throw new Refusal("plan.element", 422, one.Code ?? "");
            }
        }

        await AddGroupsAsync(plan, text, units, cancel);
        db.Audit("plan.found", new Subject("plan", plan.Id), city.Id, plan.Id, null, $"{plan.Code} {plan.Name}");
        return plan;
    }

    /// <summary>Checks the plan's own line: who may found it, its city, quarters, code and the plan above.</summary>
    /// <exception cref="Refusal"><c>plan.element</c>, <c>plan.unit</c>, <c>plan.code-taken</c>, <c>plan.parent</c>, <c>access.role</c></exception>
    public async Task RequireHeadAsync(PlanText text, CancellationToken cancel = default) =>
        await HeadAsync(text, await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(row => row.Code, cancel), cancel);

    private async Task<(Organisation City, Plan? Parent)> HeadAsync(PlanText text, Dictionary<string, Organisation> units, CancellationToken cancel)
    {
        Organisation city = elements.Unit(units, text.Organisation);
        elements.RequireOffice(city.Path);
        if (string.IsNullOrWhiteSpace(text.Code) || text.Code.Contains('/', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(text.Name)
            || text.FirstQuarter.Kind != PeriodKind.Quarter || text.LastQuarter.Kind != PeriodKind.Quarter || text.LastQuarter < text.FirstQuarter
            || city.Kind != OrganisationKind.City)
        {
            throw new Refusal("plan.element", 422, text.Code ?? "");
        }

        if (await db.Set<Plan>().AnyAsync(row => row.Code == text.Code, cancel))
        {
            throw new Refusal("plan.code-taken", 422, text.Code);
        }

        return (city, await ParentAsync(text, city.Id, cancel));
    }

    /// <summary>A plan under another lies within its quarters; one level only.</summary>
    private async Task<Plan?> ParentAsync(PlanText text, long cityId, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(text.Parent))
        {
            return string.IsNullOrEmpty(text.Kind) ? null : throw new Refusal("plan.parent", 422, text.Code ?? "");
        }

        Plan? parent = await db.Set<Plan>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == text.Parent, cancel);
        return parent is not null && parent.ParentId is null && parent.CityId == cityId && PlanElements.Kinds.Contains(text.Kind)
            && text.FirstQuarter >= parent.FirstQuarter && text.LastQuarter <= parent.LastQuarter
                ? parent
                : throw new Refusal("plan.parent", 422, text.Code ?? "");
    }

    private async Task AddGroupsAsync(Plan plan, PlanText text, Dictionary<string, Organisation> units, CancellationToken cancel)
    {
        var codes = new HashSet<string>();
        foreach (GroupText one in text.Groups ?? [])
        {
            if (!codes.Add((await groups.AddAsync(plan, one, units, cancel)).Code))
            {
                throw new Refusal("plan.group", 422, one.Code ?? "");
            }
        }

        var named = new HashSet<long>();
        foreach (ContactText one in text.Contacts ?? [])
        {
            if (!named.Add((await groups.AddAsync(plan, one, units, cancel)).UnitId))
            {
                throw new Refusal("plan.contact-twice", 422, one.Unit ?? "");
            }
        }
    }
}

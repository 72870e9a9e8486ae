using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Makes the elements of a plan and appends their revisions; the one place that knows what an element must have.</summary>
internal sealed class PlanElements(PlatformDb db, Ids ids, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> Chapters = ["organisation", "funds", "services", "green"];
    public static readonly IReadOnlyList<string> Benefits = ["economic", "social", "ecological"];

    /// <summary>行动计划、专项方案、年度计划.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["action", "special", "annual"];

    public async Task<Objective> AddAsync(Plan plan, ObjectiveText text, string? reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text.Code) || string.IsNullOrWhiteSpace(text.Title) || text.Weight < 1 || !Chapters.Contains(text.Chapter))
        {
            throw new Refusal("plan.element", 422, text.Code ?? "");
        }

        var made = new Objective
        {
            Id = await ids.NextAsync(cancel),
            PlanId = plan.Id,
            Code = text.Code,
            Chapter = text.Chapter!,
            Section = text.Section ?? "",
            Title = text.Title.Trim(),
            Weight = text.Weight,
        };
        db.Add(made);
        await ReviseAsync(plan, PlanRevision.Objective, made.Code, new Dictionary<string, string>
        {
            ["title"] = made.Title,
            ["chapter"] = made.Chapter,
            ["section"] = made.Section,
            ["weight"] = Number(made.Weight),
        }, reason, cancel);
        return made;
    }

    public async Task<Measure> AddAsync(
        Plan plan, Objective parent, MeasureText text, Dictionary<string, Organisation> units, string? reason, CancellationToken cancel)
    {
        Check(text);
        Organisation lead = Unit(units, text.Lead);
        var made = new Measure { Id = await ids.NextAsync(cancel), PlanId = plan.Id, ObjectiveId = parent.Id, Code = text.Code! };
        Write(made, text, lead, units);
        db.Add(made);
        await AddDutiesAsync(made, text, lead, units, cancel);
        made.Version = await ReviseAsync(plan, PlanRevision.Measure, made.Code, State(made, parent.Code), reason, cancel);
        return made;
    }

    public async Task<Milestone> AddAsync(Plan plan, Measure parent, MilestoneText text, string? reason, CancellationToken cancel)
    {
        Check(plan, text);
        var made = new Milestone
        {
            Id = await ids.NextAsync(cancel),
            PlanId = plan.Id,
            MeasureId = parent.Id,
            Code = text.Code!,
            Quarter = text.Quarter,
            Title = text.Title!.Trim(),
            Weight = text.Weight,
        };
        db.Add(made);
        made.Version = await ReviseAsync(plan, PlanRevision.Milestone, made.Code, State(made, parent.Code), reason, cancel);
        return made;
    }

    public async Task AddDutiesAsync(
        Measure measure, MeasureText text, Organisation lead, Dictionary<string, Organisation> units, CancellationToken cancel)
    {
        foreach ((Organisation unit, string part) in (text.Support ?? []).Distinct().Select(code => (Unit(units, code), Duty.Support)).Prepend((lead, Duty.Lead)))
        {
            db.Add(new Duty
            {
                Id = await ids.NextAsync(cancel),
                MeasureId = measure.Id,
                OrganisationId = unit.Id,
                Part = part,
                Since = clock.Today(),
            });
        }
    }

    /// <summary>Appends a revision; its id is the element's new version.</summary>
    public async Task<long> ReviseAsync(
        Plan plan, string kind, string code, Dictionary<string, string>? state, string? reason, CancellationToken cancel)
    {
        long id = await ids.NextAsync(cancel);
        db.Add(new PlanRevision
        {
            Id = id,
            PlanId = plan.Id,
            Kind = kind,
            Code = code,
            At = clock.Instant(),
            UserId = db.Actor.UserId,
            Reason = reason?.Trim(),
            State = state is null ? null : CanonicalJson.Text(state),
        });
        return id;
    }

    public void Write(Measure measure, MeasureText text, Organisation lead, Dictionary<string, Organisation> units)
    {
        measure.Section = text.Section ?? "";
        measure.Title = text.Title!.Trim();
        measure.Text = text.Text ?? "";
        measure.LeadId = lead.Id;
        measure.LeadName = lead.Name;
        measure.SupportNames = string.Join('、', (text.Support ?? []).Distinct().Select(code => Unit(units, code).Name));
        measure.Benefit = text.Benefit!;
        measure.Kind = text.Kind!;
        measure.Weight = text.Weight;
    }

    public static Dictionary<string, string> State(Measure measure, string objective) => new()
    {
        ["objective"] = objective,
        ["section"] = measure.Section,
        ["title"] = measure.Title,
        ["text"] = measure.Text,
        ["lead"] = measure.LeadName,
        ["support"] = measure.SupportNames,
        ["benefit"] = measure.Benefit,
        ["kind"] = measure.Kind,
        ["weight"] = Number(measure.Weight),
    };

    public static Dictionary<string, string> State(Milestone milestone, string measure) => new()
    {
        ["measure"] = measure,
        ["quarter"] = milestone.Quarter.ToString(),
        ["title"] = milestone.Title,
        ["weight"] = Number(milestone.Weight),
    };

    public static void Check(MeasureText text)
    {
        if (string.IsNullOrWhiteSpace(text.Code) || text.Code.Contains('/', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(text.Title) || text.Weight < 1
            || !Benefits.Contains(text.Benefit) || !Kinds.Contains(text.Kind) || (text.Support ?? []).Contains(text.Lead))
        {
            throw new Refusal("plan.element", 422, text.Code ?? "");
        }
    }

    public static void Check(Plan plan, MilestoneText text)
    {
        if (string.IsNullOrWhiteSpace(text.Code) || text.Code.Contains('/', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(text.Title) || text.Weight < 1
            || text.Quarter.Kind != PeriodKind.Quarter || text.Quarter < plan.FirstQuarter || text.Quarter > plan.LastQuarter)
        {
            throw new Refusal("plan.element", 422, text.Code ?? "");
        }
    }

    public Organisation Unit(Dictionary<string, Organisation> units, string? code) =>
        units.TryGetValue(code ?? "", out Organisation? found) && db.Actor.Sees(found.Path) ? found : throw new Refusal("plan.unit", 422, code ?? "");

    /// <exception cref="Refusal"><c>access.role</c>, also where the plan is another city's, whose place in the tree the actor does not see</exception>
    public async Task RequireOfficeAsync(long cityId, CancellationToken cancel) =>
        RequireOffice(await db.Set<Organisation>().Where(row => row.Id == cityId).Select(row => row.Path).FirstOrDefaultAsync(cancel) ?? throw Refusal.Role());

    public void RequireOffice(string cityPath)
    {
        if (db.Actor.May(PlansModule.Office, Seat.At, cityPath) is null)
        {
            throw Refusal.Role();
        }
    }

    private static string Number(int weight) => weight.ToString(CultureInfo.InvariantCulture);
}

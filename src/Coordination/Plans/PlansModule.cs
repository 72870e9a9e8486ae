using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Plans;

/// <summary>Objectives, key tasks, milestones, duties, problems and projects of a plan, with their history (目标、重点任务与年度计划).</summary>
public sealed class PlansModule : IModule
{
    /// <summary>The leading group's office (领导小组办公室), which writes the plan and confirms what was reported.</summary>
    internal const string Office = "plan-office";

    /// <summary>The liaison officer of a unit (联络员); the role is declared by the assessment.</summary>
    internal const string Liaison = "liaison";

    /// <summary>Who decides for the leading group; the role is declared by the statistics.</summary>
    internal const string Approver = "approver";

    public IEnumerable<Role> Roles => [new(Office) { ActsForParent = true, ReachKinds = [OrganisationKind.City] }];

    public IEnumerable<Procedure> Procedures => [MilestoneProcedure.Table, ProblemProcedure.Table, EvaluationProcedure.Table];

    public IEnumerable<MenuEntry> Menu => [new("coordination", "menu.plans", "/plan", "plan", 10)];

    public void Model(ModelBuilder model) => PlansModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<PlanElements>();
        services.AddScoped<PlanBook>();
        services.AddScoped<PlanChanges>();
        services.AddScoped<PlanTree>();
        services.AddScoped<PlanHistory>();
        services.AddScoped<MilestoneDesk>();
        services.AddScoped<ProblemDesk>();
        services.AddScoped<ProjectDesk>();
        services.AddScoped<ResponsibilityStatement>();
        services.AddScoped<GroupBook>();
        services.AddScoped<PlanExport>();
        services.AddScoped<PlanImport>();
        services.AddScoped<CarryDesk>();
        services.AddScoped<EvaluationCount>();
        services.AddScoped<EvaluationDesk>();
        services.AddScoped<EvaluationOpinions>();
        services.AddScoped<EvaluationDocument>();
        services.AddScoped<IWorkSource, PlanWork>();
    }

    public void Routes(IEndpointRouteBuilder routes)
    {
        PlanEndpoints.Map(routes);
        MilestoneEndpoints.Map(routes);
        ProblemEndpoints.Map(routes);
        ProjectEndpoints.Map(routes);
        GroupEndpoints.Map(routes);
        PlanWorkbookEndpoints.Map(routes);
        CarryEndpoints.Map(routes);
        EvaluationEndpoints.Map(routes);
    }

    public async ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default)
    {
        if (subject.Kind == EvaluationDesk.SubjectKind)
        {
            return $"/plan/evaluations/{subject.Id}";
        }

        IQueryable<Measure>? measures = subject.Kind switch
        {
            MilestoneDesk.SubjectKind => db.Set<Measure>().Where(row => db.Set<Milestone>().Any(one => one.Id == subject.Id && one.MeasureId == row.Id)),
            ProblemDesk.SubjectKind => db.Set<Measure>().Where(row => db.Set<Problem>().Any(one => one.Id == subject.Id && one.MeasureId == row.Id)),
            _ => null,
        };
        if (measures is null)
        {
            return null;
        }

        var found = await (
            from measure in measures
            join plan in db.Set<Plan>() on measure.PlanId equals plan.Id
            select new { measure.Code, Plan = plan.Code }).FirstOrDefaultAsync(cancel);
        return found is null ? null : PlaceOf(found.Plan, found.Code);
    }

    public Task LoadAsync(PackRun run) => PlanLoad.RunAsync(run);

    public async Task LookBackAsync(PackRun run)
    {
        foreach (IReadOnlyDictionary<string, string> plan in run.Pack.Table("plans"))
        {
            await new PlanReviewLoad(run, plan["code"]).EvaluateAsync();
        }
    }

    /// <summary>The page of a measure.</summary>
    internal static string PlaceOf(string plan, string measure) => $"/plan/{Uri.EscapeDataString(measure)}?plan={Uri.EscapeDataString(plan)}";
}

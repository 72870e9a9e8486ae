using Lodestone.Kernel;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Statistics;

/// <summary>Forms, returns, three levels of approval, queries and corrections (monitoring and statistics, 监测统计机制).</summary>
public sealed class StatisticsModule : IModule
{
    internal const string FirstReviewer = "first-reviewer";
    internal const string Reviewer = "reviewer";
    internal const string Approver = "approver";

    public IEnumerable<Role> Roles =>
    [
        new(FirstReviewer) { ActsForParent = true, ReachKinds = [OrganisationKind.District] },
        new(Reviewer) { ActsForParent = true, ReachKinds = [OrganisationKind.City] },
        new(Approver) { ActsForParent = true, ReachKinds = [OrganisationKind.City] },
    ];

    public IEnumerable<Procedure> Procedures => ReturnProcedure.All;

    public void Model(ModelBuilder model) => StatisticsModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<FormBook>();
        services.AddScoped<ReturnReading>();
        services.AddScoped<ReturnDesk>();
        services.AddScoped<QueryDesk>();
        services.AddScoped<WorkbookDesk>();
        services.AddScoped<CorrectionDesk>();
    }

    public void Routes(IEndpointRouteBuilder routes)
    {
        FormEndpoints.Map(routes);
        ReturnEndpoints.Map(routes);
        WorkbookEndpoints.Map(routes);
    }
}

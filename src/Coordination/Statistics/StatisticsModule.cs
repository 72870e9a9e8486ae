using Lodestone.Kernel;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
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

    public void Model(ModelBuilder model)
    {
    }

    public void Services(IServiceCollection services)
    {
    }

    public void Routes(IEndpointRouteBuilder routes)
    {
    }
}

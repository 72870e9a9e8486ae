using Lodestone.Kernel;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Assessment;

/// <summary>Schemes, rounds, scores with lineage, previews, replay and appeals (考核评估与反馈申诉).</summary>
public sealed class AssessmentModule : IModule
{
    internal const string Assessor = "assessor";
    internal const string Liaison = "liaison";
    internal const string AppealOfficer = "appeal-officer";

    public IEnumerable<Role> Roles =>
    [
        new(Assessor) { ActsForParent = true, ReachKinds = [OrganisationKind.City] },
        new(Liaison),
        new(AppealOfficer) { ActsForParent = true, ReachKinds = [OrganisationKind.City] },
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

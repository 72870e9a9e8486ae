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

namespace Lodestone.Services.Cases;

/// <summary>Applications for service items from the receipt to the rating, with their clocks; the hall with its windows, appointments and queue.</summary>
public sealed class CasesModule : IModule
{
    /// <summary>Applies for its enterprise (办事员).</summary>
    internal const string Applicant = "applicant";

    /// <summary>Takes in, asks for corrections, accepts, delivers (窗口人员).</summary>
    internal const string Clerk = "window-clerk";

    /// <summary>Examines for its department (审查员).</summary>
    internal const string Examiner = "examiner";

    /// <summary>Decides, extends and annuls for its department (审批负责人).</summary>
    internal const string Head = "service-head";

    internal static readonly string[] Staff = [Clerk, Examiner, Head];

    internal static readonly string[] Everyone = [Applicant, Clerk, Examiner, Head];

    private static readonly string[] s_reach = [OrganisationKind.City, OrganisationKind.District];

    public IEnumerable<Role> Roles =>
    [
        new(Applicant),
        new(Clerk) { ActsForParent = true, ReachKinds = s_reach, ReachesWhereNamed = true },
        new(Examiner) { ActsForParent = true, ReachKinds = s_reach, ReachesWhereNamed = true },
        new(Head) { ActsForParent = true, ReachKinds = s_reach, ReachesWhereNamed = true },
    ];

    public IEnumerable<MenuEntry> Menu =>
    [
        new("services", "cases.title", CaseAddress.List, "file", 10, Everyone),
        new("services", "hall.title", CaseAddress.Hall, "clock", 20, Everyone),
    ];

    public IEnumerable<Procedure> Procedures => [CaseProcedure.Table];

    public void Model(ModelBuilder model) => CasesModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<FileCase>();
        services.AddScoped<CaseMoves>();
        services.AddScoped<CaseClocks>();
        services.AddScoped<CaseReading>();
        services.AddScoped<MaterialBook>();
        services.AddScoped<HandOvers>();
        services.AddScoped<OpinionBook>();
        services.AddScoped<PledgeBook>();
        services.AddScoped<CasePapers>();
        services.AddScoped<HallDesk>();
        services.AddScoped<HallWindows>();
        services.AddScoped<HallReading>();
        services.AddScoped<IRungReaction, CaseRungs>();
        services.AddSingleton<ICaseShare, CaseShare>();
        services.AddScoped<IWorkSource, CaseWork>();
    }

    public void Routes(IEndpointRouteBuilder routes)
    {
        CaseEndpoints.Map(routes);
        HallEndpoints.Map(routes);
    }

    public ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) =>
        ValueTask.FromResult(subject.Kind == ServiceCase.SubjectKind ? CaseAddress.Of(subject.Id) : null);

    public Task LoadAsync(PackRun run) => CasesPack.LoadAsync(run);
}

/// <summary>The addresses of the mechanism's pages.</summary>
internal static class CaseAddress
{
    public const string List = "/service-cases";

    public const string Hall = "/service-hall";

    public static string Of(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/service-cases/{id}");

    public static string Apply(string code) => $"/service-cases/apply/{Uri.EscapeDataString(code)}";
}

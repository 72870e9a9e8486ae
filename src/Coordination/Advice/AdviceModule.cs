using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Advice;

/// <summary>The strategic advisory committee: its experts, their opinions and studies, and what became of them (战略咨询).</summary>
public sealed class AdviceModule : IModule
{
    /// <summary>A member of an advisory committee (咨询专家).</summary>
    internal const string Expert = "expert";

    /// <summary>Who runs the committee's work for the office; the role is declared by the supervision.</summary>
    internal const string Office = "supervisor";

    /// <summary>Who asks and answers for a unit; the role is declared by the assessment.</summary>
    internal const string Unit = "liaison";

    /// <summary>Who decides for the leading group; the role is declared by the statistics.</summary>
    internal const string Approver = "approver";

    internal const string PlanSource = "《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）：构建外脑决策咨询体系，建立战略咨询委员会工作机制和沟通机制";

    public IEnumerable<Role> Roles => [new(Expert)];

    public IEnumerable<MenuEntry> Menu =>
    [
        new("coordination", "advice.title", "/advice", "chat", 50, Expert, Office, Unit, Approver),
        new("coordination", "studies.title", "/advice/studies", "search", 51, Expert, Office, Approver),
        new("coordination", "experts.title", "/advice/experts", "users", 52, Expert, Office),
    ];

    public IEnumerable<Procedure> Procedures => [InquiryProcedure.Table, SessionProcedure.Table, StudyProcedure.Table];

    public void Model(ModelBuilder model) => AdviceModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<ExpertBook>();
        services.AddScoped<RosterImport>();
        services.AddScoped<Recusal>();
        services.AddScoped<InquiryBook>();
        services.AddScoped<InquiryDesk>();
        services.AddScoped<OpinionDesk>();
        services.AddScoped<StudyDesk>();
        services.AddScoped<EffectReading>();
        services.AddScoped<AdviceReading>();
        services.AddScoped<AdvicePaper>();
        services.AddScoped<AdviceWork>();
        services.AddScoped<IWorkSource>(provider => provider.GetRequiredService<AdviceWork>());
        services.AddScoped<ICaseDue>(provider => provider.GetRequiredService<AdviceWork>());
        services.AddSingleton<OpinionReminder>();
        services.AddHostedService<OpinionWatching>();
    }

    public void Routes(IEndpointRouteBuilder routes)
    {
        AdviceEndpoints.Map(routes);
        CommitteeEndpoints.Map(routes);
    }

    public ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) => ValueTask.FromResult<string?>(subject.Kind switch
    {
        Inquiry.SubjectKind => Place("inquiries", subject.Id),
        Study.SubjectKind => Place("studies", subject.Id),
        AdviceSession.SubjectKind => "/advice/experts",
        _ => null,
    });

    public Task LoadAsync(PackRun run) => AdvicePack.LoadAsync(run);

    internal static string Place(string room, long id) => string.Create(CultureInfo.InvariantCulture, $"/advice/{room}/{id}");
}

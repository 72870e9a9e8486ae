using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
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

    public IEnumerable<Procedure> Procedures =>
    [
        RoundProcedure.Table, AppealProcedure.Table, FeedbackProcedure.Table, RectificationProcedure.Table, RewardProcedure.Table, OpinionProcedure.Table,
    ];

    public IEnumerable<MenuEntry> Menu =>
    [
        new("coordination", "menu.assessment", "/assessment", "grade", 40,
            Assessor, Liaison, AppealOfficer, Statistics.StatisticsModule.Approver, Statistics.StatisticsModule.Reviewer),
        new("coordination", "menu.appeals", "/appeals", "scale", 50, Liaison, AppealOfficer, Assessor),
        new("coordination", "menu.rectifications", "/rectifications", "flag", 52, Liaison, Assessor),
        new("coordination", "menu.rewards", "/rewards", "star", 54, Liaison, Assessor, Statistics.StatisticsModule.Approver),
        new("coordination", "menu.opinions", "/opinions", "chat", 56, Liaison, Assessor),
    ];

    public IEnumerable<CommandLineVerb> Verbs => [ReplayCommand.Verb];

    public ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) =>
        ValueTask.FromResult(subject.Kind switch
        {
            RoundProcedure.Code => $"/assessment/{subject.Id}",
            AppealProcedure.Code => $"/appeals/{subject.Id}",
            FeedbackProcedure.Code => $"/assessment/{subject.Id}/feedback",
            RectificationProcedure.Code => $"/rectifications/{subject.Id}",
            RewardProcedure.Code => "/rewards",
            OpinionProcedure.Code => "/opinions",
            _ => null,
        });

    public void Model(ModelBuilder model) => AssessmentModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<SchemeBook>();
        services.AddScoped<Judging>();
        services.AddScoped<FollowUp>();
        services.AddScoped<FeedbackDesk>();
        services.AddScoped<RectificationDesk>();
        services.AddScoped<RewardDesk>();
        services.AddScoped<OpinionDesk>();
        services.AddScoped<YearReading>();
        services.AddScoped<AssessmentPapers>();
        services.AddScoped<RoundDoor>();
        services.AddScoped<RunBook>();
        services.AddScoped<OpenRound>();
        services.AddScoped<FreezeRound>();
        services.AddScoped<MoveRound>();
        services.AddScoped<ReadRound>();
        services.AddScoped<FileAppeal>();
        services.AddScoped<DecideAppeal>();
        services.AddScoped<IHearingSource, AppealHearings>();
        services.AddScoped<ReadAppeal>();
        services.AddScoped<Recusal>();
        services.AddScoped<IObservationWatcher, SettleAppeals>();
        services.AddScoped<IWorkSource, FeedbackWork>();
    }

    public Task LoadAsync(PackRun run) => AssessmentPack.LoadAsync(run);

    public void Routes(IEndpointRouteBuilder routes)
    {
        SchemeEndpoints.Map(routes);
        RoundEndpoints.Map(routes);
        JudgingEndpoints.Map(routes);
        FollowUpEndpoints.Map(routes);
        YearEndpoints.Map(routes);
        AppealEndpoints.Map(routes);
    }
}

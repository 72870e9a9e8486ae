using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Meetings;

/// <summary>Quarterly meetings, half-yearly reports and matters for the leading group (季度会议、半年度汇报、议题).</summary>
public sealed class MeetingsModule : IModule
{
    /// <summary>Runs the meetings for the leading group's office; the role is declared by the supervision.</summary>
    internal const string Office = "supervisor";

    /// <summary>Proposes its unit's matters, gives its opinions and answers its calls; the role is declared by the assessment.</summary>
    internal const string Liaison = "liaison";

    /// <summary>Issues minutes and accepts reports for the leading group; the role is declared by the statistics.</summary>
    internal const string Leader = "approver";

    /// <summary>Checks a report's figures; the role is declared by the statistics.</summary>
    internal const string Statistician = "reviewer";

    public IEnumerable<MenuEntry> Menu =>
    [
        new("coordination", "meeting.title", "/meetings", "calendar", 17, Office, Liaison, Leader, Statistician),
        new("coordination", "matter.title", "/meetings/matters", "chat", 18, Office, Liaison, Leader),
    ];

    public IEnumerable<Procedure> Procedures => [MeetingProcedure.Table, AttendanceProcedure.Table, ReportProcedure.Table, MatterProcedure.Table, MatterOpinionProcedure.Table];

    public void Model(ModelBuilder model) => MeetingsModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<MeetingReading>();
        services.AddScoped<MeetingDesk>();
        services.AddScoped<ResolutionDesk>();
        services.AddScoped<Agenda>();
        services.AddScoped<AgendaFacts>();
        services.AddScoped<MatterReading>();
        services.AddScoped<MatterDesk>();
        services.AddScoped<ReportFiguresReading>();
        services.AddScoped<ReportDesk>();
        services.AddScoped<ReportPaper>();
        services.AddScoped<MeetingPapers>();
        services.AddScoped<ResolutionLedger>();
        services.AddScoped<ICaseDue, MeetingDueDays>();
        services.AddSingleton<ObligationRunner>();
        services.AddHostedService<ObligationWatching>();
    }

    public void Routes(IEndpointRouteBuilder routes)
    {
        MeetingEndpoints.Map(routes);
        MatterEndpoints.Map(routes);
        ReportEndpoints.Map(routes);
    }

    public ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) => ValueTask.FromResult(subject.Kind switch
    {
        Meeting.SubjectKind or MeetingUnit.SubjectKind => MeetingAddress.OfMeeting(subject.Id),
        HalfReport.SubjectKind => MeetingAddress.OfReport(subject.Id),
        Matter.SubjectKind or MatterOpinion.SubjectKind => MeetingAddress.OfMatter(subject.Id),
        _ => null,
    });

    public Task LoadAsync(PackRun run) => MeetingsPack.LoadAsync(run);
}

/// <summary>The addresses of the mechanism's pages.</summary>
internal static class MeetingAddress
{
    public const string Year = "/meetings";

    public const string Matters = "/meetings/matters";

    public static string OfMeeting(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/meetings/{id}");

    public static string OfMatter(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/meetings/matters/{id}");

    public static string OfReport(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/meetings/reports/{id}");
}

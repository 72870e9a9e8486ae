using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Bulletins;

/// <summary>Working information collected, edited and published, and policy documents from draft to end (工作信息与政策文件).</summary>
public sealed class BulletinsModule : IModule
{
    /// <summary>Who edits for the office; the role is declared by the supervision.</summary>
    internal const string Editor = "supervisor";

    /// <summary>Who writes for a unit; the role is declared by the assessment.</summary>
    internal const string Contributor = "liaison";

    /// <summary>Who decides for the leading group; the role is declared by the statistics.</summary>
    internal const string Approver = "approver";

    /// <summary>Who advises from outside; the role is declared by the advice.</summary>
    internal const string OutsideExpert = "expert";

    /// <summary>Who applies for a service; the role is declared by the service cases.</summary>
    internal const string Applicant = "applicant";

    internal const string PlanSource = "《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）：建立信息沟通机制，收集、整理、发布产业发展工作信息";

    public IEnumerable<MenuEntry> Menu =>
    [
        new("coordination", "bulletins.title", "/bulletins", "book", 40, Editor, Contributor, Approver),
        new("coordination", "contributions.title", "/bulletins/contributions", "edit", 41, Editor, Contributor),
        new("coordination", "policies.title", "/policies", "file", 42, Editor, Contributor, Approver),
        new("coordination", "public.title", "/public", "map", 43) { Anyone = true },
    ];

    public IEnumerable<Procedure> Procedures => [ContributionProcedure.Table, BulletinProcedure.Table, PolicyProcedure.Table, CommentProcedure.Table];

    public void Model(ModelBuilder model) => BulletinsModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<Cities>();
        services.AddScoped<ContributionDesk>();
        services.AddScoped<BulletinDesk>();
        services.AddScoped<BulletinMoves>();
        services.AddScoped<BulletinsReading>();
        services.AddScoped<BulletinPaper>();
        services.AddScoped<ContributionLeague>();
        services.AddScoped<PolicyDesk>();
        services.AddScoped<PolicyMoves>();
        services.AddScoped<PolicyEnding>();
        services.AddScoped<PolicyReading>();
        services.AddScoped<PolicyPaper>();
        services.AddScoped<Consultation>();
        services.AddSingleton<CommentRate>();
        services.AddScoped<PublicationDesk>();
        services.AddScoped<PublicationReading>();
        services.AddScoped<ICaseDue, PolicyDueDays>();
        services.AddSingleton<PolicyClock>();
        services.AddHostedService<PolicyWatching>();
    }

    public void Routes(IEndpointRouteBuilder routes)
    {
        BulletinEndpoints.Map(routes);
        PolicyEndpoints.Map(routes);
        PublicEndpoints.Map(routes);
    }

    public async ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) => subject.Kind switch
    {
        Contribution.SubjectKind => Place("bulletins/contributions", subject.Id),
        Bulletin.SubjectKind => Place("bulletins", subject.Id),
        PolicyDocument.SubjectKind => Place("policies", subject.Id),
        PolicyComment.SubjectKind => await CommentPlaceAsync(db, subject.Id, cancel),
        _ => null,
    };

    public Task LoadAsync(PackRun run) => BulletinsPack.LoadAsync(run);

    internal static string Place(string room, long id) => string.Create(CultureInfo.InvariantCulture, $"/{room}/{id}");

    /// <summary>The editors answer on the document's page, its unit writes on a page of its own.</summary>
    private static async Task<string?> CommentPlaceAsync(PlatformDb db, long comment, CancellationToken cancel)
    {
        PolicyComment? found = await db.Set<PolicyComment>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == comment, cancel);
        return found is null ? null
            : await db.Set<PolicyDocument>().AnyAsync(row => row.Id == found.PolicyId, cancel) ? Place("policies", found.PolicyId) : Place("policies/comments", comment);
    }
}

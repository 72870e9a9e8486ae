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

namespace Lodestone.Coordination.Statistics;

/// <summary>Forms, returns, three levels of approval, queries and corrections (monitoring and statistics, 监测统计机制).</summary>
public sealed class StatisticsModule : IModule
{
    internal const string FirstReviewer = "first-reviewer";
    internal const string Reviewer = "reviewer";
    internal const string Approver = "approver";

    /// <summary>Signs for the statistics of its own unit (统计负责人).</summary>
    internal const string StatisticsHead = "statistics-head";

    /// <summary>Signs for its own unit (单位负责人).</summary>
    internal const string UnitHead = "unit-head";

    public IEnumerable<Role> Roles =>
    [
        new(FirstReviewer) { ActsForParent = true, ReachKinds = [OrganisationKind.District] },
        new(Reviewer) { ActsForParent = true, ReachKinds = [OrganisationKind.City] },
        new(Approver) { ActsForParent = true, ReachKinds = [OrganisationKind.City] },
        new(StatisticsHead),
        new(UnitHead),
    ];

    public IEnumerable<MenuEntry> Menu =>
    [
        new("coordination", "returns.entry", "/returns", "edit", 10, Role.Reporter),
        new("coordination", "returns.review", "/returns?view=review", "review", 20, FirstReviewer, Reviewer, Approver),
        new("coordination", "pivot.title", "/statistics/pivot", "list", 22, Role.Reporter, FirstReviewer, Reviewer, Approver),
        new("coordination", "returns.sign", "/returns?view=review", "review", 20, StatisticsHead, UnitHead),
        new("coordination", "terms.title", "/statistics/terms", "list", 21, Role.Reporter, FirstReviewer, Reviewer, StatisticsHead),
        new("coordination", "reminders.title", "/returns/remind", "flag", 21, FirstReviewer, Reviewer),
        new("coordination", "late.menu", "/returns/late", "calendar", 22, Role.Reporter, Reviewer),
        new("coordination", "league.title", "/statistics/league", "flag", 23, FirstReviewer, Reviewer, Approver),
        new("coordination", "imports.menu", "/imports", "upload", 25, Role.Reporter, Reviewer),
    ];

    public IEnumerable<Procedure> Procedures =>
        [.. ReturnProcedure.All, HistoryProcedure.History, LateEntryProcedure.LateEntry, ReminderProcedure.Reminder, TermProcedure.Question];

    public void Model(ModelBuilder model) => StatisticsModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<FormBook>();
        services.AddScoped<ReturnReading>();
        services.AddScoped<ReturnDesk>();
        services.AddScoped<QueryDesk>();
        services.AddScoped<WorkbookDesk>();
        services.AddScoped<ReturnList>();
        services.AddScoped<ReturnsDue>();
        services.AddScoped<IWorkSource>(provider => provider.GetRequiredService<ReturnsDue>());
        services.AddScoped<ICaseDue>(provider => provider.GetRequiredService<ReturnsDue>());
        services.AddScoped<CorrectionDesk>();
        services.AddScoped<MappingBook>();
        services.AddScoped<ImportReading>();
        services.AddScoped<ImportDesk>();
        services.AddSingleton<ImportRunner>();
        services.AddScoped<PivotReading>();
        services.AddScoped<LeagueReading>();
        services.AddScoped<BatchDesk>();
        services.AddScoped<SigningDesk>();
        services.AddScoped<SubmissionGate>();
        services.AddScoped<LateEntryDesk>();
        services.AddScoped<ReminderDesk>();
        services.AddScoped<TermDesk>();
        services.AddScoped<VintageReading>();
    }

    public Task LoadAsync(PackRun run) => StatisticsPack.LoadAsync(run);

    public void Routes(IEndpointRouteBuilder routes)
    {
        FormEndpoints.Map(routes);
        ReturnEndpoints.Map(routes);
        WorkbookEndpoints.Map(routes);
        ImportEndpoints.Map(routes);
        PivotEndpoints.Map(routes);
        BatchEndpoints.Map(routes);
        SigningEndpoints.Map(routes);
        LateEntryEndpoints.Map(routes);
        TermEndpoints.Map(routes);
        VintageEndpoints.Map(routes);
    }

    /// <summary>The reporter works on its return where it fills it in, everybody else where it is reviewed.</summary>
    public async ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default)
    {
        if (subject.Kind == HistoryYear.SubjectKind)
        {
            long import = await db.Set<HistoryYear>().Where(row => row.Id == subject.Id).Select(row => row.ImportId).FirstOrDefaultAsync(cancel);
            return import == 0 ? null : ImportAddress.Of(import);
        }

        if (subject.Kind == LateEntry.SubjectKind)
        {
            return "/returns/late";
        }

        if (subject.Kind == TermQuestion.SubjectKind)
        {
            string? indicator = await (
                from question in db.Set<TermQuestion>()
                join about in db.Set<Indicator>() on question.IndicatorId equals about.Id
                where question.Id == subject.Id
                select about.Code).FirstOrDefaultAsync(cancel);
            return indicator is null ? null : TermAddress.Of(indicator);
        }

        if (subject.Kind == Reminder.SubjectKind)
        {
            var reminded = await (
                from reminder in db.Set<Reminder>()
                join form in db.Set<Form>() on reminder.FormId equals form.Id
                join organisation in db.Set<Organisation>() on reminder.OrganisationId equals organisation.Id
                where reminder.Id == subject.Id
                select new { Form = form.Code, Organisation = organisation.Code, reminder.Period }).FirstOrDefaultAsync(cancel);
            return reminded is null ? null : ReturnAddress.Entry(reminded.Form, reminded.Organisation, reminded.Period);
        }

        if (subject.Kind is not (Return.SubjectKind or Correction.SubjectKind))
        {
            return null;
        }

        long id = subject.Id;
        if (subject.Kind == Correction.SubjectKind)
        {
            id = await db.Set<Correction>().Where(row => row.Id == subject.Id).Select(row => row.ReturnId).FirstOrDefaultAsync(cancel);
        }

        var place = await (
            from file in db.Set<Return>()
            join form in db.Set<Form>() on file.FormId equals form.Id
            join organisation in db.Set<Organisation>() on file.OrganisationId equals organisation.Id
            where file.Id == id
            select new { Form = form.Code, Organisation = organisation.Code, organisation.Path, file.Period }).FirstOrDefaultAsync(cancel);
        return place is null ? null
            : db.Actor.May(Role.Reporter, Seat.Own, place.Path) is not null
                ? ReturnAddress.Entry(place.Form, place.Organisation, place.Period)
                : ReturnAddress.Review(place.Form, place.Organisation, place.Period);
    }
}

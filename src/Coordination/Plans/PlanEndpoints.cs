using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

internal static class PlanEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/plans", FoundAsync).ForRoles(PlansModule.Office);
        routes.MapGet("/api/plans", ListAsync).ForBusiness();
        routes.MapGet("/api/plans/{plan}", ReadAsync).ForBusiness();
        routes.MapGet("/api/plans/{plan}/diff", DiffAsync).ForBusiness();
        routes.MapGet("/api/plans/{plan}/statements/{organisation}", StatementAsync).ForBusiness();
        routes.MapPut("/api/plans/{plan}/measures/{code}", SetMeasureAsync).ForRoles(PlansModule.Office);
        routes.MapDelete("/api/plans/{plan}/measures/{code}", RemoveMeasureAsync).ForRoles(PlansModule.Office);
        routes.MapPut("/api/plans/{plan}/milestones/{code}", SetMilestoneAsync).ForRoles(PlansModule.Office);
        routes.MapDelete("/api/plans/{plan}/milestones/{code}", RemoveMilestoneAsync).ForRoles(PlansModule.Office);
    }

    /// <param name="Kind">action | special | annual for a plan under another; null for a development plan.</param>
    /// <param name="Parent">Code of the plan above.</param>
    internal sealed record PlanLine(
        string Code, string Name, string DocumentNumber, Period FirstQuarter, Period LastQuarter, string? Kind, string? Parent);

    internal sealed record MilestoneView(
        string Code, Period Quarter, string Title, int Weight, string Stage, DateOnly DueOn, DateOnly? ReportedOn, DateOnly? ConfirmedOn, long Version);

    /// <param name="Progress">0 to 1.</param>
    /// <param name="Path">Where it should be, 0 to 1.</param>
    internal sealed record MeasureView(
        string Code, string Section, string Title, string Text, string Lead, string Support, string Benefit, string Kind, int Weight, decimal Progress,
        string Formula, decimal Path, string Light, long Version, IReadOnlyList<MilestoneView> Milestones);

    internal sealed record ObjectiveView(
        string Code, string Chapter, string Section, string Title, int Weight, decimal Progress, string Formula, decimal Path, IReadOnlyList<MeasureView> Measures);

    internal sealed record PlanView(
        string Code, string Name, string DocumentNumber, Period FirstQuarter, Period LastQuarter, decimal Progress, string Formula, decimal Path,
        IReadOnlyList<ObjectiveView> Objectives);

    internal sealed record MeasureBody(
        string? Objective, string? Section, string? Title, string? Text, string? Lead, IReadOnlyList<string>? Support, string? Benefit, string? Kind, int Weight,
        string? Reason, long Version);

    internal sealed record MilestoneBody(string? Measure, Period Quarter, string? Title, int Weight, string? Reason, long Version);

    internal sealed record Changed(string Code, long Version);

    internal sealed record DiffView(DateOnly Since, IReadOnlyList<ElementChange> Changes);

    private static async Task<Ok<PlanLine>> FoundAsync(PlanText body, PlanBook book, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(Line(await book.FoundAsync(body, cancel), body.Parent), cancel));

    private static async Task<Ok<List<PlanLine>>> ListAsync(PlatformDb db, CancellationToken cancel)
    {
        List<Plan> plans = await db.Set<Plan>().AsNoTracking().OrderBy(row => row.Code).ToListAsync(cancel);
        return TypedResults.Ok(plans.ConvertAll(row => Line(row, plans.Find(one => one.Id == row.ParentId)?.Code)));
    }

    private static async Task<Ok<PlanView>> ReadAsync(string plan, PlanBook book, PlanTree tree, CancellationToken cancel)
    {
        PlanState state = await tree.ReadAsync(await book.FindAsync(plan, cancel), cancel);
        return TypedResults.Ok(new PlanView(
            state.Row.Code, state.Row.Name, state.Row.DocumentNumber, state.Row.FirstQuarter, state.Row.LastQuarter, state.Progress.Share,
            state.Progress.Formula, state.Path, [.. state.Objectives.Select(View)]));
    }

    private static async Task<Ok<DiffView>> DiffAsync(string plan, DateOnly since, PlanBook book, PlanHistory history, CancellationToken cancel) =>
        TypedResults.Ok(new DiffView(since, await history.SinceAsync(await book.FindAsync(plan, cancel), since, cancel)));

    private static async Task<FileContentHttpResult> StatementAsync(
        string plan, string organisation, int? year, PlanBook book, OrganisationTree units, ResponsibilityStatement statement, ExportDesk exports,
        TimeProvider clock, CancellationToken cancel)
    {
        Organisation unit = await units.FindAsync(organisation, cancel);
        byte[] file = await statement.WriteAsync(await book.FindAsync(plan, cancel), unit, year ?? clock.Today().Year, cancel);
        return await exports.SendAsync(file, OfficialDocument.MediaType, $"{unit.Name}.docx", unit.Id, SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<Changed>> SetMeasureAsync(
        string plan, string code, MeasureBody body, PlanBook book, PlanChanges changes, PlatformDb db, CancellationToken cancel)
    {
        Measure set = await changes.SetMeasureAsync(
            await book.FindAsync(plan, cancel),
            new MeasureText(code, body.Objective, body.Section, body.Title, body.Text, body.Lead, body.Support, body.Benefit, body.Kind, body.Weight),
            body.Reason, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Changed(set.Code, set.Version), cancel));
    }

    private static async Task<Ok<Changed>> SetMilestoneAsync(
        string plan, string code, MilestoneBody body, PlanBook book, PlanChanges changes, PlatformDb db, CancellationToken cancel)
    {
        Milestone set = await changes.SetMilestoneAsync(
            await book.FindAsync(plan, cancel), new MilestoneText(code, body.Measure, body.Quarter, body.Title, body.Weight), body.Reason, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Changed(set.Code, set.Version), cancel));
    }

    private static Task<Ok<Changed>> RemoveMeasureAsync(
        string plan, string code, string? reason, long version, PlanBook book, PlanChanges changes, PlatformDb db, CancellationToken cancel) =>
        RemoveAsync(plan, PlanRevision.Measure, code, reason, version, book, changes, db, cancel);

    private static Task<Ok<Changed>> RemoveMilestoneAsync(
        string plan, string code, string? reason, long version, PlanBook book, PlanChanges changes, PlatformDb db, CancellationToken cancel) =>
        RemoveAsync(plan, PlanRevision.Milestone, code, reason, version, book, changes, db, cancel);

    private static async Task<Ok<Changed>> RemoveAsync(
        string plan, string kind, string code, string? reason, long version, PlanBook book, PlanChanges changes, PlatformDb db, CancellationToken cancel)
    {
        long last = await changes.RemoveAsync(await book.FindAsync(plan, cancel), kind, code, reason, version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Changed(code, last), cancel));
    }

    private static PlanLine Line(Plan plan, string? parent) =>
        new(plan.Code, plan.Name, plan.DocumentNumber, plan.FirstQuarter, plan.LastQuarter, plan.Kind, plan.ParentId is null ? null : parent);

    private static ObjectiveView View(ObjectiveState state) => new(
        state.Row.Code, state.Row.Chapter, state.Row.Section, state.Row.Title, state.Row.Weight, state.Progress.Share, state.Progress.Formula, state.Path,
        [.. state.Measures.Select(View)]);

    private static MeasureView View(MeasureState state) => new(
        state.Row.Code, state.Row.Section, state.Row.Title, state.Row.Text, state.Row.LeadName, state.Row.SupportNames, state.Row.Benefit, state.Row.Kind,
        state.Row.Weight, state.Progress.Share, state.Progress.Formula, state.Path, state.Light.ToString().ToLowerInvariant(), state.Row.Version,
        [
            .. state.Milestones.Select(one => new MilestoneView(
                one.Code, one.Quarter, one.Title, one.Weight, one.Stage, one.DueOn, one.ReportedOn, one.ConfirmedOn, one.Version)),
        ]);
}

using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

internal static class MilestoneEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/plans/{plan}/milestones/{code}/actions", MoveAsync).ForRoles(PlansModule.Liaison, PlansModule.Office);
        routes.MapGet("/api/plans/{plan}/milestones/{code}/reports", ReportsAsync).ForBusiness();
    }

    /// <param name="Action"><c>report</c> (the note is the report), <c>confirm</c> or <c>send-back</c>.</param>
    /// <param name="Evidence">Id of a stored file of the lead unit; with <c>report</c> only.</param>
    internal sealed record MoveBody(string? Action, string? Note, long? Evidence, long Version);

    internal sealed record Moved(string Code, string Stage, DateOnly? ReportedOn, DateOnly? ConfirmedOn, long Version);

    internal sealed record ReportView(string Text, long? Evidence, DateTimeOffset At);

    private static async Task<Ok<Moved>> MoveAsync(
        string plan, string code, MoveBody body, PlanBook book, MilestoneDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Milestone milestone = await desk.FindAsync((await book.FindAsync(plan, cancel)).Id, code, cancel);
        switch (body.Action)
        {
            case "report":
                await desk.ReportAsync(milestone, body.Note, body.Evidence, body.Version, cancel);
                break;
            case "confirm" or "send-back":
                await desk.DecideAsync(milestone, body.Action, body.Note, body.Version, cancel);
                break;
            default:
                throw new Refusal("case.unknown-action", 422, body.Action ?? "");
        }

        return TypedResults.Ok(await db.CommitAsync(
            new Moved(milestone.Code, milestone.Stage, milestone.ReportedOn, milestone.ConfirmedOn, milestone.Version), cancel));
    }

    private static async Task<Ok<List<ReportView>>> ReportsAsync(
        string plan, string code, PlanBook book, MilestoneDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Milestone milestone = await desk.FindAsync((await book.FindAsync(plan, cancel)).Id, code, cancel);
        return TypedResults.Ok(await db.Set<ProgressReport>().AsNoTracking().Where(row => row.MilestoneId == milestone.Id).OrderBy(row => row.Id)
            .Select(row => new ReportView(row.Text, row.EvidenceId, row.At)).ToListAsync(cancel));
    }
}

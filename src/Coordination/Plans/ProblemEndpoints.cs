using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

internal static class ProblemEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/plans/{plan}/problems", ListAsync).ForBusiness();
        routes.MapPost("/api/plans/{plan}/measures/{code}/problems", RaiseAsync).ForRoles(PlansModule.Liaison);
        routes.MapPost("/api/plan-problems/{id:long}/actions", MoveAsync).ForRoles(PlansModule.Liaison, PlansModule.Office);
    }

    internal sealed record ProblemBody(string? Text);

    /// <param name="Action"><c>reply</c>, <c>answer</c>, <c>close</c> or <c>reopen</c>.</param>
    internal sealed record MoveBody(string? Action, string? Note, long Version);

    internal sealed record ProblemLine(
        long Id, string Measure, string Stage, string Text, string RaisedBy, string Asked, string? Reply, string? Answer, DateTimeOffset At, long Version);

    internal sealed record Moved(long Id, string Stage, long Version);

    private static async Task<Ok<List<ProblemLine>>> ListAsync(string plan, PlanBook book, ProblemDesk desk, CancellationToken cancel) =>
        TypedResults.Ok((await desk.ListAsync((await book.FindAsync(plan, cancel)).Id, null, cancel)).Select(one => new ProblemLine(
            one.Row.Id, one.Measure, one.Stage, one.Row.Text, one.Row.RaisedByName, one.Row.AskedName, one.Row.Reply, one.Row.Answer, one.Row.At,
            one.Row.Version)).ToList());

    private static async Task<Ok<Moved>> RaiseAsync(
        string plan, string code, ProblemBody body, PlanBook book, ProblemDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Plan found = await book.FindAsync(plan, cancel);
        Measure measure = await db.Set<Measure>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.PlanId == found.Id && row.Code == code && row.RemovedOn == null, cancel) ?? throw Refusal.NotFound();
        Problem raised = await desk.RaiseAsync(measure, body.Text, cancel);
        return TypedResults.Ok(await db.CommitAsync(View(raised), cancel));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, ProblemDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Problem moved = body.Action == "reply"
            ? await desk.ReplyAsync(id, body.Note, body.Version, cancel)
            : await desk.MoveAsync(id, body.Action ?? "", body.Note, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(View(moved), cancel));
    }

    private static Moved View(Problem problem) => new(problem.Id, ProblemDesk.Stage(problem), problem.Version);
}

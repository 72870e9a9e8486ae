using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Plans;

internal static class ProjectEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/plans/{plan}/projects", ListAsync).ForBusiness();
        routes.MapPost("/api/plans/{plan}/projects", AddAsync).ForRoles(PlansModule.Office);
        routes.MapPost("/api/plans/{plan}/projects/{code}/stages", ReachAsync).ForRoles(PlansModule.Office);
    }

    /// <param name="Investment">Planned investment in 万元.</param>
    internal sealed record ProjectLine(
        string Code, string Name, string Enterprise, string Park, string ChainPosition, decimal Investment, string Stage, DateOnly ReachedOn);

    internal sealed record Added(string Code, string Stage);

    internal sealed record StageBody(string? Stage, DateOnly On, string? Note);

    private static async Task<Ok<List<ProjectLine>>> ListAsync(string plan, PlanBook book, ProjectDesk desk, CancellationToken cancel) =>
        TypedResults.Ok((await desk.ListAsync((await book.FindAsync(plan, cancel)).Id, cancel)).Select(one => new ProjectLine(
            one.Row.Code, one.Row.Name, one.Enterprise, one.Park, one.Row.ChainPosition, ProjectDesk.Units(one.Row.InvestmentFen), Project.Stages[one.Stage],
            one.ReachedOn)).ToList());

    private static async Task<Ok<Added>> AddAsync(
        string plan, ProjectText body, PlanBook book, ProjectDesk desk, TimeProvider clock, PlatformDb db, CancellationToken cancel)
    {
        Project made = await desk.AddAsync(await book.FindAsync(plan, cancel), body, clock.Today(), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Added(made.Code, Project.Stages[0]), cancel));
    }

    private static async Task<Ok<Added>> ReachAsync(
        string plan, string code, StageBody body, PlanBook book, ProjectDesk desk, PlatformDb db, CancellationToken cancel)
    {
        ProjectStep step = await desk.ReachAsync(await book.FindAsync(plan, cancel), code, body.Stage, body.On, body.Note, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Added(code, Project.Stages[step.Stage]), cancel));
    }
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Plans;

internal static class CarryEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/plans/{plan}/carry-over/{year}", ListAsync).ForBusiness();
        routes.MapPost("/api/plans/{plan}/carry-over/{year}", CarryAsync).ForRoles(PlansModule.Office);
    }

    internal sealed record UnfinishedView(string Code, string Measure, string Title, string Lead, Period Quarter, string Stage, int Times, long Version);

    internal sealed record CarryBody(Period Quarter, string? Reason, IReadOnlyList<CarriedText>? Milestones);

    internal sealed record Carried(IReadOnlyList<string> Milestones, Period Quarter);

    private static async Task<Ok<List<UnfinishedView>>> ListAsync(string plan, int year, PlanBook book, CarryDesk desk, CancellationToken cancel) =>
        TypedResults.Ok((await desk.ListAsync(await book.FindAsync(plan, cancel), year, cancel)).Select(one => new UnfinishedView(
            one.Row.Code, one.Measure, one.Row.Title, one.Lead, one.Row.Quarter, one.Row.Stage, one.Times, one.Row.Version)).ToList());

    private static async Task<Ok<Carried>> CarryAsync(
        string plan, int year, CarryBody body, PlanBook book, CarryDesk desk, PlatformDb db, CancellationToken cancel)
    {
        IReadOnlyList<Milestone> carried = await desk.CarryAsync(
            await book.FindAsync(plan, cancel), year, body.Quarter, [.. body.Milestones ?? []], body.Reason, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Carried([.. carried.Select(one => one.Code)], body.Quarter), cancel));
    }
}

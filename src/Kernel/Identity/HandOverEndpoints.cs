using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Kernel.Identity;

internal static class HandOverEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/users/{userName}/hand-over", LookAsync).ForRoles(Role.SecurityAdmin);
        routes.MapPost("/api/users/{userName}/hand-over", MoveAsync).ForRoles(Role.SecurityAdmin);
    }

    /// <param name="To">User name of the successor.</param>
    /// <param name="From">The successor's first day.</param>
    internal sealed record HandOverBody(string? To, DateOnly? From, string? Reason);

    internal sealed record HandedOver(int Seats);

    private static async Task<Ok<HandOverSight>> LookAsync(string userName, HandOver desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.LookAsync(userName, cancel));

    private static async Task<Ok<HandedOver>> MoveAsync(string userName, HandOverBody body, HandOver desk, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(new HandedOver(await desk.MoveAsync(userName, body.To, body.From, body.Reason, cancel)), cancel));
}

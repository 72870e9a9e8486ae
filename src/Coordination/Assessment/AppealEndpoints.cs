using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Assessment;

internal static class AppealEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/appeals", FileAsync).ForRoles(AssessmentModule.Liaison);
        routes.MapPost("/api/appeals/{id:long}/actions", ActAsync).ForRoles(AssessmentModule.AppealOfficer);
        routes.MapGet("/api/appeals", ListAsync).ForBusiness();
        routes.MapGet("/api/appeals/{id:long}", ReadAsync).ForBusiness();
    }

    internal sealed record MoveBody(string? Action, string? Note, long? Version);

    internal sealed record MoveView(long Id, string Stage, long Version);

    private static async Task<Ok<MoveView>> FileAsync(AppealRequest body, FileAppeal file, PlatformDb db, CancellationToken cancel)
    {
        (Appeal appeal, CaseView made) = await file.FileAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(appeal.Id, made.Stage, made.Version), cancel));
    }

    private static async Task<Ok<MoveView>> ActAsync(long id, MoveBody body, DecideAppeal decide, PlatformDb db, CancellationToken cancel)
    {
        (_, CaseView moved) = await decide.ActAsync(id, body.Action, body.Note, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(id, moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<IReadOnlyList<AppealLine>>> ListAsync(
        ReadAppeal reading, long? round, long? before, CancellationToken cancel) =>
        TypedResults.Ok(await reading.ListAsync(round, before, cancel: cancel));

    private static async Task<Ok<AppealView>> ReadAsync(long id, ReadAppeal reading, CancellationToken cancel) =>
        TypedResults.Ok(await reading.ViewAsync(id, cancel));
}

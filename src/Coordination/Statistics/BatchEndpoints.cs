using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Statistics;

internal static class BatchEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/returns/batch", MoveAsync).ForRoles(StatisticsModule.FirstReviewer, StatisticsModule.Reviewer, StatisticsModule.Approver);
        routes.MapPost("/api/returns/reminders", RemindAsync).ForRoles(StatisticsModule.FirstReviewer, StatisticsModule.Reviewer);
    }

    internal sealed record BatchBody(string? Action, string? Note, IReadOnlyList<SeenReturn>? Returns);

    internal sealed record RemindBody(string? Form, Period Period, IReadOnlyList<string>? Organisations, string? Note);

    private static async Task<Ok<IReadOnlyList<BatchLine>>> MoveAsync(BatchBody body, BatchDesk desk, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(await desk.MoveAsync(body.Action, body.Note, body.Returns, cancel), cancel));

    private static async Task<Ok<IReadOnlyList<BatchLine>>> RemindAsync(RemindBody body, ReminderDesk desk, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(await desk.RemindAsync(body.Form, body.Period, body.Organisations, body.Note, cancel), cancel));
}

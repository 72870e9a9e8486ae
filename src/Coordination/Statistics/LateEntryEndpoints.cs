using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Statistics;

internal static class LateEntryEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/returns/{form}/{organisation}/{period}/late-entry", AskAsync).ForRoles(Role.Reporter);
        routes.MapGet("/api/late-entries", ListAsync).ForBusiness();
        routes.MapPost("/api/late-entries/{id:long}/actions", DecideAsync).ForRoles(Role.Reporter, StatisticsModule.Reviewer);
    }

    internal sealed record AskBody(string? Reason, DateOnly? Until);

    internal sealed record DecideBody(string? Action, string? Note, DateOnly? Until, long Version);

    internal sealed record Asked(long Id, DateOnly Until);

    internal sealed record Decided(string Stage, long Version);

    private static async Task<Ok<Asked>> AskAsync(
        string form, string organisation, Period period, AskBody body, ReturnReading reading, LateEntryDesk desk, PlatformDb db, CancellationToken cancel)
    {
        ReturnFile file = await reading.FindAsync(form, organisation, period, cancel);
        LateEntry asked = await desk.AskAsync(file, body.Reason, body.Until, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Asked(asked.Id, asked.Until), cancel));
    }

    private static async Task<Ok<IReadOnlyList<LateEntryLine>>> ListAsync(LateEntryDesk desk, long? before, CancellationToken cancel) =>
        TypedResults.Ok(await desk.PageAsync(before, cancel));

    private static async Task<Ok<Decided>> DecideAsync(long id, DecideBody body, LateEntryDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.DecideAsync(id, body.Version, body.Action, body.Note, body.Until, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Decided(moved.Stage, moved.Version), cancel));
    }
}

using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Accountability;

internal static class AccountabilityEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/accountability", OpenAsync).ForRoles(SupervisionModule.Supervisor);
        routes.MapGet("/api/accountability", ListAsync).ForBusiness();
        routes.MapGet("/api/accountability/{id:long}", ReadAsync).ForBusiness();
        routes.MapPost("/api/accountability/{id:long}/actions", MoveAsync).ForRoles(SupervisionModule.Supervisor, SupervisionModule.Liaison, SupervisionModule.Leader);
        routes.MapGet("/api/accountability/{id:long}/document", DocumentAsync).ForBusiness();
    }

    internal sealed record OpenBody(string? Title, IReadOnlyList<long>? Orders);

    internal sealed record Opened(long Id, string Number);

    internal sealed record MoveBody(string? Action, string? Note, string? Measure, long Version);

    internal sealed record Moved(string Stage, long Version);

    internal sealed record LineView(long Id, string Number, string Title, string Organisation, string Stage, long Version, string? Measure, DateOnly? StatementDueOn);

    internal sealed record FactLine(long Order, string Number, int WorkdaysLate, string State);

    internal sealed record DetailView(LineView Matter, IReadOnlyList<FactLine> Facts, IReadOnlyList<StepLine> Steps);

    private static async Task<Ok<Opened>> OpenAsync(OpenBody body, AccountabilityDesk desk, PlatformDb db, CancellationToken cancel)
    {
        AccountabilityMatter matter = await desk.OpenAsync(body.Title, body.Orders, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Opened(matter.Id, AccountabilityDesk.NumberOf(matter)), cancel));
    }

    private static async Task<Ok<List<LineView>>> ListAsync(long? before, AccountabilityReading reading, CancellationToken cancel) =>
        TypedResults.Ok((await reading.PageAsync(before, cancel)).ConvertAll(View));

    private static async Task<Ok<DetailView>> ReadAsync(long id, AccountabilityReading reading, CancellationToken cancel)
    {
        MatterView matter = await reading.FindAsync(id, cancel);
        return TypedResults.Ok(new DetailView(View(matter),
            [.. (await reading.FactsAsync(matter, cancel)).Select(fact => new FactLine(fact.Fact.OrderId, fact.Order.Number, fact.Fact.WorkdaysLate, fact.Order.State.ToString().ToLowerInvariant()))],
            await reading.StepsAsync(matter, cancel)));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, AccountabilityDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.MoveAsync(id, body.Version, body.Action, body.Note, body.Measure, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<FileContentHttpResult> DocumentAsync(long id, AccountabilityPaper paper, AccountabilityReading reading, ExportDesk exports, CancellationToken cancel) =>
        await exports.SendAsync(await paper.WriteAsync(id, cancel), OfficialDocument.MediaType, $"accountability-{id}.docx",
            (await reading.FindAsync(id, cancel)).Matter.OrganisationId, SensitivityMark.Internal, cancel);

    private static LineView View(MatterView matter) => new(
        matter.Matter.Id, matter.Number, matter.Matter.Title, matter.Unit, matter.Stage, matter.Version, matter.Matter.Measure, matter.StatementDueOn);
}

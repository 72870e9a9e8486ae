using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Meetings;

internal static class MatterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/matters", ListAsync).ForBusiness();
        routes.MapPost("/api/matters", ProposeAsync).ForRoles(MeetingsModule.Liaison);
        routes.MapGet("/api/matters/{id:long}", ReadAsync).ForBusiness();
        routes.MapPut("/api/matters/{id:long}", ReviseAsync).ForRoles(MeetingsModule.Liaison);
        routes.MapPost("/api/matters/{id:long}/actions", MoveAsync).ForRoles(MeetingsModule.Office, MeetingsModule.Liaison);
        routes.MapPost("/api/matters/{id:long}/opinions", GiveAsync).ForRoles(MeetingsModule.Liaison);
    }

    /// <param name="Stage">Null for a unit that is only asked for its opinion.</param>
    internal sealed record MatterLine(long Id, string Title, string Unit, string? Stage, long Version, DateOnly? OpinionsDueOn, long? Meeting, long TextVersion);

    internal sealed record OpinionLine(string Unit, int Round, string Stage, long Version, string Position, string Text, DateTimeOffset? GivenAt);

    internal sealed record DetailView(MatterLine Matter, string Text, string Proposal, IReadOnlyList<OpinionLine> Opinions, IReadOnlyList<StepLine> Steps);

    internal sealed record ReviseBody(string? Title, string? Text, string? Proposal, long Version);

    internal sealed record MoveBody(string? Action, string? Note, IReadOnlyList<string>? Units, int? Workdays, long Version);

    internal sealed record GiveBody(string? Unit, string? Position, string? Text, long Version);

    internal sealed record Moved(long Id, string Stage, long Version);

    private static async Task<Ok<List<MatterLine>>> ListAsync(MatterReading reading, string? stage, bool? open, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.PageAsync(stage, open ?? false, before, cancel)).Select(Line).ToList());

    private static async Task<Ok<DetailView>> ReadAsync(long id, MatterReading reading, CancellationToken cancel)
    {
        MatterView matter = await reading.FindAsync(id, cancel);
        return TypedResults.Ok(new DetailView(Line(matter), matter.Row.Text, matter.Row.Proposal,
            [.. (await reading.OpinionsAsync(matter, cancel)).Select(one => new OpinionLine(one.Row.UnitName, one.Row.Round, one.Stage, one.Version, one.Row.Position, one.Row.Text, one.Row.GivenAt))],
            await reading.StepsAsync(matter, cancel)));
    }

    private static async Task<Ok<Moved>> ProposeAsync(MatterText body, MatterDesk desk, PlatformDb db, CancellationToken cancel)
    {
        (Matter matter, CaseView file) = await desk.ProposeAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(matter.Id, file.Stage, file.Version), cancel));
    }

    private static async Task<Ok<Moved>> ReviseAsync(long id, ReviseBody body, MatterDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Matter kept = await desk.ReviseAsync(id, body.Version, new MatterText(null, body.Title, body.Text, body.Proposal), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(id, MatterProcedure.Draft, kept.Version), cancel));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, MatterDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.MoveAsync(id, body.Version, new MatterMove(body.Action, body.Note, body.Units, body.Workdays), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(id, moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<Moved>> GiveAsync(long id, GiveBody body, MatterDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.GiveAsync(id, body.Unit, body.Position, body.Text, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(id, moved.Stage, moved.Version), cancel));
    }

    private static MatterLine Line(MatterView matter) =>
        new(matter.Row.Id, matter.Row.Title, matter.Row.UnitName, matter.Stage, matter.Version, matter.Row.OpinionsDueOn, matter.Row.MeetingId, matter.Row.Version);
}

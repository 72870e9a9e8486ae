using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

internal static class EvaluationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/plans/{plan}/evaluations", ListAsync).ForBusiness();
        routes.MapPost("/api/plans/{plan}/evaluations", DraftAsync).ForRoles(PlansModule.Office);
        routes.MapGet("/api/plan-evaluations/{id}", ReadAsync).ForBusiness();
        routes.MapPut("/api/plan-evaluations/{id}", WriteAsync).ForRoles(PlansModule.Office);
        routes.MapPost("/api/plan-evaluations/{id}/actions", MoveAsync).ForRoles(PlansModule.Office, PlansModule.Approver);
        routes.MapPost("/api/plan-evaluations/{id}/opinions", SayAsync).ForRoles(PlansModule.Liaison);
        routes.MapPost("/api/plan-evaluations/{id}/opinions/{opinion}", AnswerAsync).ForRoles(PlansModule.Office);
        routes.MapGet("/api/plan-evaluations/{id}/document", DocumentAsync).ForBusiness();
    }

    internal sealed record EvaluationLine(long Id, string Kind, string Title, string Stage, DateOnly CountedTo, DateOnly? IssuedOn, string? DocumentNumber, long Version);

    internal sealed record OpinionView(long Id, string Unit, string Text, string? Answer, long Version);

    internal sealed record EvaluationView(EvaluationLine Evaluation, EvaluationFigures Figures, string Findings, string Advice, IReadOnlyList<OpinionView> Opinions);

    internal sealed record DraftBody(string? Kind);

    /// <param name="Recount">Counts the plan anew; in a draft only.</param>
    internal sealed record WriteBody(string? Findings, string? Advice, bool Recount, long Version);

    /// <param name="Action"><c>consult</c>, <c>recall</c>, <c>submit</c>, <c>send-back</c> or <c>issue</c>.</param>
    /// <param name="DocumentNumber">With <c>issue</c>.</param>
    internal sealed record MoveBody(string? Action, string? Note, string? DocumentNumber, long Version);

    internal sealed record SayBody(string? Text);

    internal sealed record AnswerBody(string? Answer, long Version);

    private static async Task<Ok<List<EvaluationLine>>> ListAsync(string plan, PlanBook book, EvaluationDesk desk, CancellationToken cancel) =>
        TypedResults.Ok((await desk.ListAsync(await book.FindAsync(plan, cancel), cancel)).Select(Line).ToList());

    private static async Task<Ok<EvaluationLine>> DraftAsync(
        string plan, DraftBody body, PlanBook book, EvaluationDesk desk, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(Line(await desk.DraftAsync(await book.FindAsync(plan, cancel), body.Kind, cancel)), cancel));

    private static async Task<Ok<EvaluationView>> ReadAsync(long id, EvaluationDesk desk, CancellationToken cancel)
    {
        Evaluation found = await desk.FindAsync(id, cancel);
        return TypedResults.Ok(new EvaluationView(
            Line(found), EvaluationDesk.FiguresOf(found), found.Findings, found.Advice, [.. (await desk.OpinionsAsync(id, cancel)).Select(View)]));
    }

    private static async Task<Ok<EvaluationLine>> WriteAsync(long id, WriteBody body, EvaluationDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Evaluation found = await desk.FindAsync(id, cancel);
        await desk.WriteAsync(found, body.Findings, body.Advice, body.Recount, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(Line(found), cancel));
    }

    private static async Task<Ok<EvaluationLine>> MoveAsync(long id, MoveBody body, EvaluationDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Evaluation found = await desk.FindAsync(id, cancel);
        await desk.MoveAsync(found, body.Action ?? "", body.Note, body.DocumentNumber, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(Line(found), cancel));
    }

    private static async Task<Ok<OpinionView>> SayAsync(
        long id, SayBody body, EvaluationDesk desk, EvaluationOpinions opinions, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(View(await opinions.SayAsync(await desk.FindAsync(id, cancel), body.Text, cancel)), cancel));

    private static async Task<Ok<OpinionView>> AnswerAsync(
        long id, long opinion, AnswerBody body, EvaluationDesk desk, EvaluationOpinions opinions, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(
            View(await opinions.AnswerAsync(await desk.FindAsync(id, cancel), opinion, body.Answer, body.Version, cancel)), cancel));

    private static async Task<FileContentHttpResult> DocumentAsync(
        long id, EvaluationDesk desk, EvaluationDocument document, ExportDesk exports, PlatformDb db, CancellationToken cancel)
    {
        Evaluation found = await desk.FindAsync(id, cancel);
        Plan plan = await db.Set<Plan>().AsNoTracking().SingleAsync(row => row.Id == found.PlanId, cancel);
        return await exports.SendAsync(document.Write(plan, found, await desk.PrintedAsync(found, cancel)), OfficialDocument.MediaType,
            $"{found.Title}.docx", plan.CityId, SensitivityMark.Internal, cancel);
    }

    private static EvaluationLine Line(Evaluation row) =>
        new(row.Id, row.Kind, row.Title, row.Stage, row.CountedTo, row.IssuedOn, row.DocumentNumber, row.Version);

    private static OpinionView View(EvaluationOpinion row) => new(row.Id, row.UnitName, row.Text, row.Answer, row.Version);
}

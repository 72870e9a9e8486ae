using System.Text.Json.Serialization;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Assessment;

/// <summary>Receipts, rectifications, opinions and rewards.</summary>
internal static class FollowUpEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rounds/{id:long}/feedback", ReceiptsAsync).ForBusiness();
        routes.MapPost("/api/rounds/{id:long}/feedback/{unit}/receipt", SignAsync).ForRoles(AssessmentModule.Liaison);
        routes.MapGet("/api/rounds/{id:long}/feedback/{unit}/document", FeedbackAsync).ForBusiness();
        routes.MapPost("/api/rounds/{id:long}/opinions", FileAsync).ForRoles(AssessmentModule.Liaison);
        routes.MapGet("/api/opinions", OpinionsAsync).ForBusiness();
        routes.MapPost("/api/opinions/{id:long}/answer", AnswerAsync).ForRoles(AssessmentModule.Assessor);
        routes.MapGet("/api/rectifications", RectificationsAsync).ForBusiness();
        routes.MapGet("/api/rectifications/{id:long}", RectificationAsync).ForBusiness();
        routes.MapPost("/api/rectifications/{id:long}/actions", RectifyAsync).ForRoles(AssessmentModule.Liaison, AssessmentModule.Assessor);
        routes.MapGet("/api/rewards", RewardsAsync).ForBusiness();
        routes.MapPost("/api/rewards", ProposeAsync).ForRoles(AssessmentModule.Assessor);
        routes.MapPost("/api/rewards/{id:long}/actions", RewardAsync)
            .ForRoles(AssessmentModule.Liaison, AssessmentModule.Assessor, StatisticsModule.Approver);
    }

    internal sealed record ReceiptBody(long? Version);

    internal sealed record OpinionBody(string? Unit, string? Text);

    internal sealed record AnswerBody([property: JsonRequired] bool Adopted, string? Answer);

    internal sealed record RectifyBody(string? Action, string? Note, long? Evidence, long? Version);

    internal sealed record MoveBody(string? Action, string? Note, long? Version);

    internal sealed record MoveView(long Id, string Stage, long Version);

    private static async Task<Ok<IReadOnlyList<FeedbackLine>>> ReceiptsAsync(long id, RoundDoor door, FeedbackDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.ListAsync((await door.OpenAsync(id, cancel)).Round.Id, cancel));

    private static async Task<Ok<MoveView>> SignAsync(
        long id, string unit, ReceiptBody body, RoundDoor door, FeedbackDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.SignAsync(await door.OpenAsync(id, cancel), unit, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(id, moved.Stage, moved.Version), cancel));
    }

    private static async Task<FileContentHttpResult> FeedbackAsync(
        long id, string unit, RoundDoor door, AssessmentPapers papers, ExportDesk exports, CancellationToken cancel)
    {
        OpenedRound opened = await door.OpenAsync(id, cancel);
        byte[] paper = await papers.FeedbackAsync(opened, unit, cancel);
        return await exports.SendAsync(paper, OfficialDocument.MediaType, $"feedback-{id}-{unit}.docx",
            opened.Units.TryGetValue(unit, out long owner) ? owner : opened.City.Id, SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<MoveView>> FileAsync(
        long id, OpinionBody body, RoundDoor door, OpinionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        (Opinion opinion, CaseView file) = await desk.FileAsync(await door.OpenAsync(id, cancel), body.Unit, body.Text, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(opinion.Id, file.Stage, file.Version), cancel));
    }

    private static async Task<Ok<IReadOnlyList<OpinionView>>> OpinionsAsync(OpinionDesk desk, long? before, CancellationToken cancel) =>
        TypedResults.Ok(await desk.ListAsync(before, cancel: cancel));

    private static async Task<Ok<MoveView>> AnswerAsync(long id, AnswerBody body, OpinionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.AnswerAsync(new OpinionAnswer(id, body.Adopted, body.Answer), null, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(id, moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<IReadOnlyList<RectificationView>>> RectificationsAsync(RectificationDesk desk, long? before, CancellationToken cancel) =>
        TypedResults.Ok(await desk.ListAsync(before, cancel: cancel));

    private static async Task<Ok<RectificationView>> RectificationAsync(long id, RectificationDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.ViewAsync(id, cancel));

    private static async Task<Ok<MoveView>> RectifyAsync(long id, RectifyBody body, RectificationDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.ActAsync(id, body.Action, body.Note, body.Evidence, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(id, moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<IReadOnlyList<RewardView>>> RewardsAsync(RewardDesk desk, long? before, CancellationToken cancel) =>
        TypedResults.Ok(await desk.ListAsync(before, cancel: cancel));

    private static async Task<Ok<MoveView>> ProposeAsync(RewardRequest body, RewardDesk desk, PlatformDb db, CancellationToken cancel)
    {
        (Reward reward, CaseView file) = await desk.ProposeAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(reward.Id, file.Stage, file.Version), cancel));
    }

    private static async Task<Ok<MoveView>> RewardAsync(long id, MoveBody body, RewardDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.ActAsync(id, body.Action, body.Note, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(id, moved.Stage, moved.Version), cancel));
    }
}

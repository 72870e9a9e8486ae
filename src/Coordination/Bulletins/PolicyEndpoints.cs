using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Bulletins;

internal static class PolicyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        string[] office = [BulletinsModule.Editor, BulletinsModule.Approver];
        routes.MapPost("/api/policies", DraftAsync).ForRoles(BulletinsModule.Editor);
        routes.MapGet("/api/policies", ListAsync).ForRoles(office);
        routes.MapGet("/api/policies/{id:long}", ReadAsync).ForRoles(office);
        routes.MapPut("/api/policies/{id:long}", RewriteAsync).ForRoles(BulletinsModule.Editor);
        routes.MapPost("/api/policies/{id:long}/checks", CheckAsync).ForRoles(BulletinsModule.Editor);
        routes.MapPost("/api/policies/{id:long}/actions", MoveAsync).ForRoles(office);
        routes.MapGet("/api/policies/{id:long}/document", DocumentAsync).ForRoles(office);
        routes.MapGet("/api/policies/{id:long}/comments/document", CommentsDocumentAsync).ForRoles(office);
        routes.MapPost("/api/policies/{id:long}/public-answers", AnswerAsync).ForRoles(BulletinsModule.Editor);
        routes.MapPost("/api/policies/{id:long}/public-answers/batch", AnswerAllAsync).ForRoles(BulletinsModule.Editor);
        routes.MapGet("/api/policies/comments", AskedAsync).ForBusiness();
        routes.MapGet("/api/policies/comments/{id:long}", CommentAsync).ForBusiness();
        routes.MapPost("/api/policies/comments/{id:long}/actions", MoveCommentAsync).ForRoles(BulletinsModule.Contributor, BulletinsModule.Editor);
    }

    internal sealed record TextBody(string? Title, string? Text, long Version);

    internal sealed record MoveBody(
        string? Action, string? Note, IReadOnlyList<string>? Units, DateOnly? Until, bool? AsksPublic, string? Number, string? Meeting, DateOnly? From, long? Supersedes,
        bool? Confirmed, long Version);

    internal sealed record CommentBody(string? Action, string? Text, long Version);

    internal sealed record AnswerBody(long Comment, string? Outcome, string? Answer, long Version);

    internal sealed record ChosenComment(long Comment, long Version);

    internal sealed record AnswersBody(IReadOnlyList<ChosenComment>? Comments, string? Outcome, string? Answer);

    internal sealed record Moved(string Stage, long Version);

    internal sealed record Written(long Id, long Version);

    internal sealed record PolicyLine(
        long Id, string Title, string Number, string Stage, int Ordinal, int IssuedOrdinal, DateOnly? InForceFrom, DateOnly? ExpiresOn, DateOnly? CommentsUntil, long Version, long CaseVersion);

    internal sealed record VersionLine(int Ordinal, string Title, string Text, DateTimeOffset WrittenAt, DateTimeOffset? FrozenAt, DateOnly? IssuedOn);

    internal sealed record CheckLine(int Ordinal, string Kind, string Finding, string By, string Opinion, DateOnly CheckedOn);

    internal sealed record CommentLine(long Id, string Unit, int Ordinal, string Title, string Draft, DateOnly DueOn, string Stage, string Text, string Answer, long CaseVersion);

    internal sealed record PublicLine(long Id, int Ordinal, string Name, string Text, DateTimeOffset At, string Outcome, string Answer, long Version);

    internal sealed record PolicyDetail(
        PolicyLine Policy, IReadOnlyList<VersionLine> Versions, IReadOnlyList<CheckLine> Checks, IReadOnlyList<CommentLine> Comments, IReadOnlyList<PublicLine> OfPublic,
        IReadOnlyList<StepLine> Steps);

    private static async Task<Ok<Written>> DraftAsync(TextBody body, PolicyDesk desk, PlatformDb db, CancellationToken cancel)
    {
        PolicyDocument made = await desk.DraftAsync(body.Title, body.Text, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(made.Id, made.Version), cancel));
    }

    private static async Task<Ok<Written>> RewriteAsync(long id, TextBody body, PolicyDesk desk, PlatformDb db, CancellationToken cancel)
    {
        PolicyDocument kept = await desk.RewriteAsync(id, body.Title, body.Text, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(kept.Id, kept.Version), cancel));
    }

    private static async Task<Ok<Written>> CheckAsync(long id, CheckText body, PolicyDesk desk, PlatformDb db, CancellationToken cancel)
    {
        PolicyCheck made = await desk.CheckAsync(id, body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(id, made.Id), cancel));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, PolicyMoves moves, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await moves.MoveAsync(id, body.Version, new PolicyMove(
            body.Action, body.Note, body.Units, body.Until, body.AsksPublic ?? false, body.Number, body.Meeting, body.From, body.Supersedes, body.Confirmed ?? false), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<List<PolicyLine>>> ListAsync(PolicyReading reading, string? stage, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.PageAsync(stage, before, cancel)).ConvertAll(View));

    private static async Task<Ok<PolicyDetail>> ReadAsync(long id, PolicyReading reading, CancellationToken cancel)
    {
        PolicyView found = await reading.FindAsync(id, cancel);
        return TypedResults.Ok(new PolicyDetail(View(found),
            (await reading.VersionsAsync(id, cancel)).ConvertAll(row => new VersionLine(row.Ordinal, row.Title, row.Text, row.WrittenAt, row.FrozenAt, row.IssuedOn)),
            (await reading.ChecksAsync(id, cancel)).ConvertAll(row => new CheckLine(row.Ordinal, row.Kind, row.Finding, row.By, row.Opinion, row.CheckedOn)),
            (await reading.CommentsAsync(id, cancel)).ConvertAll(View),
            (await reading.OfPublicAsync(id, cancel)).ConvertAll(row => new PublicLine(row.Id, row.Ordinal, row.Name, row.Text, row.At, row.Outcome, row.Answer, row.Version)),
            await reading.StepsAsync(found.Row, cancel)));
    }

    private static async Task<FileContentHttpResult> DocumentAsync(long id, PolicyReading reading, PolicyPaper paper, ExportDesk exports, CancellationToken cancel)
    {
        PolicyView found = await reading.FindAsync(id, cancel);
        return await exports.SendAsync(await paper.WriteAsync(found, cancel), OfficialDocument.MediaType, string.Create(CultureInfo.InvariantCulture, $"policy-{id}.docx"),
            found.Row.OrganisationId, PolicyProcedure.IsInForce(found.Stage) ? SensitivityMark.Public : SensitivityMark.Internal, cancel);
    }

    private static async Task<FileContentHttpResult> CommentsDocumentAsync(long id, PolicyReading reading, PolicyPaper paper, ExportDesk exports, CancellationToken cancel)
    {
        PolicyView found = await reading.FindAsync(id, cancel);
        return await exports.SendAsync(await paper.WriteCommentsAsync(found, cancel), OfficialDocument.MediaType,
            string.Create(CultureInfo.InvariantCulture, $"policy-{id}-comments.docx"), found.Row.OrganisationId, SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<Written>> AnswerAsync(long id, AnswerBody body, Consultation consultation, PlatformDb db, CancellationToken cancel)
    {
        PublicComment kept = (await consultation.AnswerAsync(id, new Dictionary<long, long> { [body.Comment] = body.Version }, body.Outcome, body.Answer, cancel))[0];
        return TypedResults.Ok(await db.CommitAsync(new Written(kept.Id, kept.Version), cancel));
    }

    private static async Task<Ok<Written[]>> AnswerAllAsync(long id, AnswersBody body, Consultation consultation, PlatformDb db, CancellationToken cancel)
    {
        Dictionary<long, long> chosen = (body.Comments ?? []).DistinctBy(one => one.Comment).ToDictionary(one => one.Comment, one => one.Version);
        IReadOnlyList<PublicComment> kept = await consultation.AnswerAsync(id, chosen, body.Outcome, body.Answer, cancel);
        return TypedResults.Ok(await db.CommitAsync(kept.Select(row => new Written(row.Id, row.Version)).ToArray(), cancel));
    }

    private static async Task<Ok<List<CommentLine>>> AskedAsync(PolicyReading reading, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.AskedAsync(before, cancel)).ConvertAll(View));

    private static async Task<Ok<CommentLine>> CommentAsync(long id, PolicyReading reading, CancellationToken cancel) =>
        TypedResults.Ok(View(await reading.CommentAsync(id, cancel)));

    private static async Task<Ok<Moved>> MoveCommentAsync(long id, CommentBody body, Consultation consultation, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await consultation.MoveAsync(id, body.Version, body.Action, body.Text, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static PolicyLine View(PolicyView one) => new(
        one.Row.Id, one.Row.Title, one.Row.Number, one.Stage, one.Row.Ordinal, one.Row.IssuedOrdinal, one.Row.InForceFrom, one.Row.ExpiresOn, one.Row.CommentsUntil, one.Row.Version, one.CaseVersion);

    private static CommentLine View(CommentView one) => new(
        one.Row.Id, one.Unit, one.Row.Ordinal, one.Row.Title, one.Row.Draft, one.Row.DueOn, one.Stage, one.Row.Text, one.Row.Answer, one.CaseVersion);
}

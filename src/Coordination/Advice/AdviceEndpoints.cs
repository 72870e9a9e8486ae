using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Advice;

internal static class AdviceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/advice/inquiries", AskAsync).ForRoles(AdviceModule.Unit);
        routes.MapGet("/api/advice/inquiries", ListAsync).ForBusiness();
        routes.MapGet("/api/advice/inquiries/{id:long}", ReadAsync).ForBusiness();
        routes.MapPut("/api/advice/inquiries/{id:long}", ReviseAsync).ForRoles(AdviceModule.Unit);
        routes.MapPost("/api/advice/inquiries/{id:long}/parties", PartyAsync).ForRoles(AdviceModule.Office);
        routes.MapPost("/api/advice/inquiries/{id:long}/experts", AssignAsync).ForRoles(AdviceModule.Office);
        routes.MapPost("/api/advice/inquiries/{id:long}/actions", MoveAsync).ForRoles(AdviceModule.Office, AdviceModule.Unit);
        routes.MapPost("/api/advice/inquiries/{id:long}/answers", AnswerAsync).ForRoles(AdviceModule.Unit);
        routes.MapGet("/api/advice/inquiries/{id:long}/document", DocumentAsync).ForBusiness();
        routes.MapGet("/api/advice/questions", MineAsync).ForRoles(AdviceModule.Expert);
        routes.MapGet("/api/advice/questions/{id:long}", AssignmentAsync).ForRoles(AdviceModule.Expert, AdviceModule.Office);
        routes.MapGet("/api/advice/questions/{id:long}/material", MaterialAsync).ForRoles(AdviceModule.Expert, AdviceModule.Office);
        routes.MapPost("/api/advice/questions/{id:long}/opinion", GiveAsync).ForRoles(AdviceModule.Expert);
    }

    internal sealed record InquiryLine(long Id, string Unit, string Title, string Field, string Stage, DateOnly? DueOn, DateOnly? AnswerDueOn, long CaseVersion, long TextVersion);

    internal sealed record OpinionLine(long Id, int Question, string Expert, string Employer, string Text, string Outcome, string Answer, long Version);

    internal sealed record InquiryDetail(
        InquiryLine Inquiry, string Text, long? Evidence, IReadOnlyList<string> Questions, IReadOnlyList<string> Parties, IReadOnlyList<OpinionLine> Opinions,
        IReadOnlyList<AssignmentLine> Assignments, IReadOnlyList<StepLine> Steps);

    internal sealed record AssignmentLine(long Id, string Title, string Unit, DateOnly DueOn, bool Given, long Version);

    internal sealed record OtherOpinion(string Expert, string Text);

    internal sealed record QuestionLine(int Ordinal, string Question, string Opinion, IReadOnlyList<OtherOpinion> Others);

    internal sealed record AssignmentDetail(AssignmentLine Assignment, string Text, IReadOnlyList<QuestionLine> Questions);

    internal sealed record MoveBody(string? Action, string? Note, long Version);

    internal sealed record ReviseBody(string? Title, string? Text, string? Field, IReadOnlyList<string>? Questions, IReadOnlyList<string>? Parties, long? Evidence, long Version);

    internal sealed record PartyBody(string? Organisation);

    internal sealed record AssignBody(IReadOnlyList<long>? Experts, int? Workdays, long Version);

    internal sealed record AnswerBody(long Opinion, string? Outcome, string? Answer, long Version);

    internal sealed record GiveBody(IReadOnlyList<string>? Opinions, long Version);

    internal sealed record Moved(string Stage, long Version);

    internal sealed record Written(long Id, long Version);

    private static async Task<Ok<Written>> AskAsync(InquiryText body, InquiryBook book, PlatformDb db, CancellationToken cancel)
    {
        Inquiry made = await book.AskAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(made.Id, 0), cancel));
    }

    private static async Task<Ok<Written>> ReviseAsync(long id, ReviseBody body, InquiryBook book, PlatformDb db, CancellationToken cancel)
    {
        Inquiry kept = await book.ReviseAsync(id, body.Version, new InquiryText(null, body.Title, body.Text, body.Field, body.Questions, body.Parties, body.Evidence), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(kept.Id, kept.Version), cancel));
    }

    private static async Task<Ok<List<InquiryLine>>> ListAsync(AdviceReading reading, string? stage, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.InquiriesAsync(stage, before, cancel)).ConvertAll(View));

    private static async Task<Ok<InquiryDetail>> ReadAsync(long id, AdviceReading reading, CancellationToken cancel)
    {
        InquiryView found = await reading.InquiryAsync(id, cancel);
        return TypedResults.Ok(new InquiryDetail(View(found), found.Row.Text, found.Row.EvidenceId,
            (await reading.QuestionsAsync(id, cancel)).ConvertAll(row => row.Text), (await reading.PartiesAsync(id, cancel)).ConvertAll(row => row.Name),
            (await reading.OpinionsAsync(id, cancel)).ConvertAll(row => new OpinionLine(row.Id, row.Ordinal, row.ExpertName, row.Employer, row.Text, row.Outcome, row.Answer, row.Version)),
            (await reading.AssignmentsAsync(found.Row, cancel)).ConvertAll(View), await reading.StepsAsync(found.Row.CaseId, found.Row.OrganisationId, cancel)));
    }

    private static async Task<NoContent> PartyAsync(long id, PartyBody body, InquiryBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.AddPartyAsync(id, body.Organisation, cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Moved>> AssignAsync(long id, AssignBody body, InquiryDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.AssignAsync(id, body.Version, body.Experts, body.Workdays, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, InquiryDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.MoveAsync(id, body.Version, body.Action, body.Note, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<Written>> AnswerAsync(long id, AnswerBody body, InquiryDesk desk, PlatformDb db, CancellationToken cancel)
    {
        AdviceOpinion kept = await desk.AnswerAsync(id, body.Opinion, body.Outcome, body.Answer, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(kept.Id, kept.Version), cancel));
    }

    private static async Task<FileContentHttpResult> DocumentAsync(long id, AdviceReading reading, AdvicePaper paper, ExportDesk exports, CancellationToken cancel)
    {
        InquiryView found = await reading.InquiryAsync(id, cancel);
        return await exports.SendAsync(await paper.WriteAsync(found, cancel), OfficialDocument.MediaType, string.Create(CultureInfo.InvariantCulture, $"advice-{id}.docx"),
            found.Row.OrganisationId, SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<List<AssignmentLine>>> MineAsync(AdviceReading reading, CancellationToken cancel) =>
        TypedResults.Ok((await reading.MineAsync(cancel)).ConvertAll(View));

    private static async Task<Ok<AssignmentDetail>> AssignmentAsync(long id, AdviceReading reading, CancellationToken cancel)
    {
        (Assignment row, IReadOnlyList<QuestionView> questions) = await reading.AssignmentAsync(id, cancel);
        return TypedResults.Ok(new AssignmentDetail(View(row), row.Text,
            [.. questions.Select(one => new QuestionLine(one.Ordinal, one.Question, one.Opinion, [.. one.Others.Select(other => new OtherOpinion(other.Expert, other.Text))]))]));
    }

    private static async Task<FileStreamHttpResult> MaterialAsync(long id, AdviceReading reading, ExportDesk exports, CancellationToken cancel)
    {
        (EvidenceFile file, Stream content) = await reading.MaterialAsync(id, cancel);
        return await exports.SendAsync(file, content, cancel);
    }

    private static async Task<Ok<Written>> GiveAsync(long id, GiveBody body, OpinionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Assignment kept = await desk.GiveAsync(id, body.Opinions, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(kept.Id, kept.Version), cancel));
    }

    private static InquiryLine View(InquiryView one) => new(one.Row.Id, one.Unit, one.Row.Title, one.Row.Field, one.Stage, one.Row.DueOn, one.Row.AnswerDueOn, one.CaseVersion, one.Row.Version);

    private static AssignmentLine View(Assignment row) => new(row.Id, row.Title, row.UnitName, row.DueOn, row.GivenAt is not null, row.Version);
}

using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Advice;

internal static class CommitteeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        string[] all = [AdviceModule.Expert, AdviceModule.Office, AdviceModule.Approver];
        routes.MapGet("/api/advice/experts", ExpertsAsync).ForRoles(AdviceModule.Expert, AdviceModule.Office);
        routes.MapPost("/api/advice/experts", AddAsync).ForRoles(AdviceModule.Office);
        routes.MapGet("/api/advice/experts/workbook", RosterAsync).ForRoles(AdviceModule.Expert, AdviceModule.Office);
        // The bearer token, not a cookie, authenticates this form, so there is nothing to forge.
        routes.MapPost("/api/advice/experts/workbook", TakeRosterAsync).ForRoles(AdviceModule.Office).DisableAntiforgery();
        routes.MapPut("/api/advice/experts/{id:long}", ReviseAsync).ForRoles(AdviceModule.Office);
        routes.MapPost("/api/advice/experts/{id:long}/conflicts", TieAsync).ForRoles(AdviceModule.Office);
        routes.MapPut("/api/advice/conflicts/{id:long}", EndTieAsync).ForRoles(AdviceModule.Office);
        routes.MapPost("/api/advice/charters", AdoptAsync).ForRoles(AdviceModule.Office);
        routes.MapGet("/api/advice/charters", ChartersAsync).ForRoles(all);
        routes.MapPost("/api/advice/sessions", PlanAsync).ForRoles(AdviceModule.Office);
        routes.MapGet("/api/advice/sessions", SessionsAsync).ForRoles(all);
        routes.MapPost("/api/advice/sessions/{id:long}/actions", MoveSessionAsync).ForRoles(AdviceModule.Office);
        routes.MapPost("/api/advice/studies", ProposeAsync).ForRoles(AdviceModule.Expert, AdviceModule.Office);
        routes.MapGet("/api/advice/studies", StudiesAsync).ForRoles(all);
        routes.MapGet("/api/advice/studies/{id:long}", StudyAsync).ForRoles(all);
        routes.MapPost("/api/advice/studies/{id:long}/actions", MoveStudyAsync).ForRoles(all);
        routes.MapPost("/api/advice/studies/{id:long}/decisions", DecideAsync).ForRoles(AdviceModule.Office);
    }

    internal sealed record ExpertLine(long Id, string Name, string Employer, string Fields, DateOnly TermFrom, DateOnly TermUntil, IReadOnlyList<TieLine> Conflicts, long Version);

    internal sealed record TieLine(long Id, string With, string Kind, DateOnly StartsOn, DateOnly? EndsOn, string Note);

    internal sealed record ExpertBody(string? Employer, string? EmployerCode, string? Fields, DateOnly? TermFrom, DateOnly? TermUntil, long Version);

    internal sealed record EndBody(DateOnly? EndsOn);

    internal sealed record CharterBody(string? Committee, string? Text, DateOnly? TermFrom, DateOnly? TermUntil);

    internal sealed record CharterLine(int Ordinal, string Text, DateOnly TermFrom, DateOnly TermUntil, DateOnly AdoptedOn);

    internal sealed record SessionBody(string? Committee, string? Title, DateOnly? Day, string? Place);

    internal sealed record SessionLine(long Id, string Title, DateOnly Day, string Place, string Minutes, string Stage, long CaseVersion);

    internal sealed record StudyBody(string? Committee, string? Title, string? Text);

    internal sealed record StudyLine(long Id, string Title, string Text, long? Evidence, string Stage, long CaseVersion);

    internal sealed record PointLine(string Period, decimal Value);

    internal sealed record EffectLine(string Indicator, string Unit, decimal? Before, decimal? After, int Reporters, IReadOnlyList<PointLine> Points);

    internal sealed record ProposalLine(
        long Id, string Text, string Outcome, string Reason, string Plan, string Measure, string Indicator, DateOnly? DecidedOn, EffectLine? Effect, long Version);

    internal sealed record StudyDetail(StudyLine Study, IReadOnlyList<ProposalLine> Proposals, IReadOnlyList<StepLine> Steps);

    internal sealed record MoveBody(string? Action, string? Note, long? Evidence, IReadOnlyList<string>? Proposals, long Version);

    internal sealed record DecisionBody(long Proposal, string? Outcome, string? Reason, string? Plan, string? Measure, string? Indicator, long Version);

    internal sealed record Made(long Id);

    internal sealed record Moved(string Stage, long Version);

    private static async Task<Ok<List<ExpertLine>>> ExpertsAsync(AdviceReading reading, long? after, CancellationToken cancel)
    {
        ILookup<long, ExpertConflict> ties = (await reading.TiesAsync(cancel)).ToLookup(row => row.ExpertId);
        return TypedResults.Ok((await reading.ExpertsAsync(after, cancel)).ConvertAll(row => new ExpertLine(row.Id, row.Name, row.Employer, row.Fields, row.TermFrom, row.TermUntil,
            [.. ties[row.Id].Select(tie => new TieLine(tie.Id, tie.WithName, tie.Kind, tie.StartsOn, tie.EndsOn, tie.Note))], row.Version)));
    }

    private static async Task<Ok<Made>> AddAsync(ExpertText body, ExpertBook book, PlatformDb db, CancellationToken cancel)
    {
        Expert made = await book.AddAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(made.Id), cancel));
    }

    private static async Task<FileContentHttpResult> RosterAsync(
        string? committee, AdviceReading reading, ExpertBook book, ExportDesk exports, TimeProvider clock, CancellationToken cancel)
    {
        long? chosen = string.IsNullOrEmpty(committee) ? null : (await book.FindAsync(committee, cancel)).Id;
        List<RosterLine> lines = await reading.RosterAsync(chosen, cancel);
        IEnumerable<SheetLine> rows = lines.Select((line, index) => ExpertRoster.Of(line, index + 2, book.Keeps(line.CommitteePath)));
        byte[] file = await ExpertRoster.WriteAsync(rows, null, cancel);
        return await exports.SendAsync(file, ExportDesk.Workbook, $"experts-{clock.Today():yyyyMMdd}.xlsx", chosen, SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<RosterReport>> TakeRosterAsync(IFormFile file, RosterImport import, PlatformDb db, CancellationToken cancel)
    {
        WorkbookSafety.RequireSize(file.Length);
        await using Stream content = file.OpenReadStream();
        return TypedResults.Ok(await db.CommitAsync(await import.TakeAsync(content, cancel), cancel));
    }

    private static async Task<Ok<Made>> TieAsync(long id, ConflictText body, ExpertBook book, PlatformDb db, CancellationToken cancel)
    {
        ExpertConflict made = await book.TieAsync(id, body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(made.Id), cancel));
    }

    private static async Task<Ok<AdviceEndpoints.Written>> ReviseAsync(long id, ExpertBody body, ExpertBook book, PlatformDb db, CancellationToken cancel)
    {
        Expert kept = await book.ReviseAsync(id, body.Version, new ExpertText(null, null, body.Employer, body.EmployerCode, body.Fields, body.TermFrom, body.TermUntil), cancel);
        return TypedResults.Ok(await db.CommitAsync(new AdviceEndpoints.Written(kept.Id, kept.Version), cancel));
    }

    private static async Task<NoContent> EndTieAsync(long id, EndBody body, ExpertBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.EndTieAsync(id, body.EndsOn, cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Made>> AdoptAsync(CharterBody body, ExpertBook book, PlatformDb db, CancellationToken cancel)
    {
        Charter made = await book.AdoptAsync(body.Committee, body.Text, body.TermFrom, body.TermUntil, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(made.Ordinal), cancel));
    }

    private static async Task<Ok<List<CharterLine>>> ChartersAsync(AdviceReading reading, CancellationToken cancel) =>
        TypedResults.Ok((await reading.ChartersAsync(cancel)).ConvertAll(row => new CharterLine(row.Ordinal, row.Text, row.TermFrom, row.TermUntil, row.AdoptedOn)));

    private static async Task<Ok<Made>> PlanAsync(SessionBody body, ExpertBook book, PlatformDb db, CancellationToken cancel)
    {
        AdviceSession made = await book.PlanAsync(body.Committee, body.Title, body.Day, body.Place, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(made.Id), cancel));
    }

    private static async Task<Ok<List<SessionLine>>> SessionsAsync(AdviceReading reading, CancellationToken cancel) =>
        TypedResults.Ok((await reading.SessionsAsync(cancel)).ConvertAll(one => new SessionLine(one.Row.Id, one.Row.Title, one.Row.Day, one.Row.Place, one.Row.Minutes, one.Stage, one.CaseVersion)));

    private static async Task<Ok<Moved>> MoveSessionAsync(long id, AdviceEndpoints.MoveBody body, ExpertBook book, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await book.MoveSessionAsync(id, body.Version, body.Action, body.Note, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<Made>> ProposeAsync(StudyBody body, StudyDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Study made = await desk.ProposeAsync(body.Committee, body.Title, body.Text, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(made.Id), cancel));
    }

    private static async Task<Ok<List<StudyLine>>> StudiesAsync(AdviceReading reading, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.StudiesAsync(before, cancel)).ConvertAll(View));

    private static async Task<Ok<StudyDetail>> StudyAsync(long id, AdviceReading reading, EffectReading effects, CancellationToken cancel)
    {
        StudyView found = await reading.StudyAsync(id, cancel);
        List<Proposal> proposals = await reading.ProposalsAsync(id, cancel);
        IReadOnlyDictionary<long, IndicatorEffect> shown = await effects.OfAsync(proposals, cancel);
        return TypedResults.Ok(new StudyDetail(View(found),
            proposals.ConvertAll(row => new ProposalLine(row.Id, row.Text, row.Outcome, row.Reason, row.PlanCode, row.MeasureCode, row.IndicatorCode, row.DecidedOn,
                shown.TryGetValue(row.Id, out IndicatorEffect? effect)
                    ? new EffectLine(effect.Name, effect.Unit, effect.Before, effect.After, effect.Reporters, [.. effect.Points.Select(point => new PointLine($"{point.Period}", point.Value))])
                    : null, row.Version)),
            await reading.StepsAsync(found.Row.CaseId, found.Row.OrganisationId, cancel)));
    }

    private static async Task<Ok<Moved>> MoveStudyAsync(long id, MoveBody body, StudyDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.MoveAsync(id, body.Version, body.Action, body.Note, body.Evidence, body.Proposals, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<Made>> DecideAsync(long id, DecisionBody body, StudyDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Proposal kept = await desk.DecideAsync(id, body.Proposal, new ProposalDecision(body.Outcome, body.Reason, body.Plan, body.Measure, body.Indicator), body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(kept.Id), cancel));
    }

    private static StudyLine View(StudyView one) => new(one.Row.Id, one.Row.Title, one.Row.Text, one.Row.EvidenceId, one.Stage, one.CaseVersion);
}

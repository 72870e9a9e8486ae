using System.Text.Json;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Statistics;

internal static class ReturnEndpoints
{
    private const string Route = "/api/returns/{form}/{organisation}/{period}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route, ReadAsync).ForBusiness();
        routes.MapPut(Route, SaveAsync).ForRoles(Role.Reporter);
        routes.MapPost(Route + "/actions", MoveAsync)
            .ForRoles(
                Role.Reporter, StatisticsModule.StatisticsHead, StatisticsModule.UnitHead, StatisticsModule.FirstReviewer, StatisticsModule.Reviewer,
                StatisticsModule.Approver);
        routes.MapPost(Route + "/queries", AskAsync)
            .ForRoles(StatisticsModule.FirstReviewer, StatisticsModule.Reviewer, StatisticsModule.Approver);
        routes.MapPost(Route + "/queries/{id:long}/answer", AnswerAsync).ForRoles(Role.Reporter);
    }

    /// <param name="Locked">True while a correction of another cell is on its way.</param>
    internal sealed record CellView(
        string Indicator, string Name, string Unit, int Decimals, decimal? Value, int? Revision, long? Observation, string? Explanation, bool Locked,
        IReadOnlyList<QueryView> Queries);

    internal sealed record QueryView(long Id, string Question, string? Answer, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt);

    internal sealed record StepView(string Action, string By, DateTimeOffset At, string? Note);

    internal sealed record ReturnView(
        string Stage, long Version, string? Correction, IReadOnlyList<CellView> Cells, IReadOnlyList<CheckView> Checks, IReadOnlyList<StepView> Steps);

    /// <param name="Value">A number or null; read digit by digit, so that it is never rounded.</param>
    internal sealed record CellBody(string? Indicator, JsonElement Value, string? Explanation);

    internal sealed record SaveBody(IReadOnlyList<CellBody?>? Cells, long Version);

    internal sealed record CheckView(string Indicator, string Severity, string Code, string Message);

    internal sealed record Saved(long Version, string Stage, IReadOnlyList<CheckView> Checks);

    internal sealed record MoveBody(string? Action, string? Note, long Version);

    internal sealed record Moved(string Stage, long Version);

    internal sealed record QuestionBody(string? Indicator, string? Question);

    internal sealed record AnswerBody(string? Answer);

    private static async Task<Ok<ReturnView>> ReadAsync(
        string form, string organisation, Period period, ReturnReading reading, Words words, CancellationToken cancel)
    {
        ReturnFile file = await reading.FindAsync(form, organisation, period, cancel);
        IReadOnlyDictionary<long, Observation> newest = await reading.NewestAsync(file, cancel);
        IReadOnlyDictionary<long, CellExplanation> explanations = await reading.ExplanationsAsync(file, cancel);
        ILookup<long, CellQuery> queries = await reading.QueriesAsync(file, cancel);
        IReadOnlyList<CellFinding> findings = await reading.CheckAsync(file, new Dictionary<long, long>(), new Dictionary<long, string>(), cancel);
        return TypedResults.Ok(new ReturnView(file.Stage, file.Version, file.Indicators.FirstOrDefault(row => row.Id == file.OpenIndicator)?.Code,
        [
            .. file.Indicators.Select(row => Cell(
                file, row, newest.GetValueOrDefault(row.Id), explanations.GetValueOrDefault(row.Id)?.Text, queries[row.Id])),
        ],
        Views(findings, words),
        [.. (await reading.StepsAsync(file, cancel)).Select(step => new StepView(step.Action, Names(step, words), step.At, step.Note))]));
    }

    private static async Task<Ok<Saved>> SaveAsync(
        string form, string organisation, Period period, SaveBody body, ReturnReading reading, ReturnDesk desk, PlatformDb db, Words words,
        CancellationToken cancel)
    {
        ReturnFile file = await reading.FindAsync(form, organisation, period, cancel);
        StatedCell[] cells = [.. (body.Cells ?? []).Select(cell => new StatedCell(cell?.Indicator, Number(cell?.Value ?? default), cell?.Explanation))];
        CaseView saved = await desk.SaveAsync(file, body.Version, cells, cancel);
        JudgedCells judged = await desk.JudgeAsync(file, cells, cancel);
        IReadOnlyList<CellFinding> findings = await reading.CheckAsync(file, judged.Values, judged.Explanations, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Saved(saved.Version, saved.Stage, Views(findings, words)), cancel));
    }

    private static async Task<Ok<Moved>> MoveAsync(
        string form, string organisation, Period period, MoveBody body, ReturnReading reading, ReturnDesk desk, PlatformDb db, CancellationToken cancel)
    {
        ReturnFile file = await reading.FindAsync(form, organisation, period, cancel);
        CaseView moved = await desk.MoveAsync(file, body.Version, body.Action, body.Note, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<QueryView>> AskAsync(
        string form, string organisation, Period period, QuestionBody body, ReturnReading reading, QueryDesk desk, PlatformDb db,
        CancellationToken cancel)
    {
        ReturnFile file = await reading.FindAsync(form, organisation, period, cancel);
        return TypedResults.Ok(await db.CommitAsync(View(await desk.AskAsync(file, body.Indicator, body.Question, cancel)), cancel));
    }

    private static async Task<Ok<QueryView>> AnswerAsync(
        string form, string organisation, Period period, long id, AnswerBody body, ReturnReading reading, QueryDesk desk, PlatformDb db,
        CancellationToken cancel)
    {
        ReturnFile file = await reading.FindAsync(form, organisation, period, cancel);
        return TypedResults.Ok(await db.CommitAsync(View(await desk.AnswerAsync(file, id, body.Answer, cancel)), cancel));
    }

    internal static string Names(StepLine step, Words words) =>
        step.OnBehalfOf is { } owner ? words.Say("return.deputy", step.By, owner) : step.By;

    /// <summary>The number's own digits; anything but a number or null is handed on as it stands, to be refused as no number.</summary>
    private static string? Number(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value.GetRawText();

    private static CellView Cell(ReturnFile file, Indicator indicator, Observation? newest, string? explanation, IEnumerable<CellQuery> queries) => new(
        indicator.Code, indicator.Name, indicator.Unit, indicator.Decimals,
        newest is null ? null : Quantity.FromUnits(newest.Value, indicator.Decimals), newest?.Revision, newest?.Id, explanation,
        file.IsLocked(indicator), [.. queries.Select(View)]);

    private static List<CheckView> Views(IReadOnlyList<CellFinding> findings, Words words) =>
        [.. findings.Select(finding => new CheckView(finding.Indicator, finding.Severity, finding.Code, words.Say(finding.Code, finding.Figures)))];

    private static QueryView View(CellQuery query) => new(query.Id, query.Question, query.Answer, query.AskedAt, query.AnsweredAt);
}

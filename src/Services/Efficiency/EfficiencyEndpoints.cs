using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Services.Cases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Services.Efficiency;

internal static class EfficiencyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/service-efficiency", LinesAsync).ForRoles(CasesModule.Staff);
        routes.MapGet("/api/service-efficiency/cases", CasesAsync).ForRoles(CasesModule.Staff);
        routes.MapGet("/api/service-efficiency/trend", TrendAsync).ForRoles(CasesModule.Staff);
        routes.MapGet("/api/service-efficiency/workbook", WorkbookAsync).ForRoles(CasesModule.Staff);
        routes.MapGet("/api/service-efficiency/sheets", SheetsAsync).ForRoles(EfficiencyModule.Readers);
        routes.MapPost("/api/service-efficiency/sheets", ConfirmAsync).ForRoles(CasesModule.Head);
        routes.MapGet("/api/service-efficiency/questions", QuestionsAsync).ForRoles(CasesModule.Staff);
        routes.MapPost("/api/service-efficiency/questions", AskAsync).ForRoles(CasesModule.Staff);
        routes.MapPost("/api/service-efficiency/questions/{id:long}/answer", AnswerAsync).ForRoles(CasesModule.Head);
    }

    internal sealed record SheetLine(string Period, int Revision, int Due, int InPromise, int Late, decimal? InPromisePercent, decimal? NetDays, decimal? SatisfiedPercent);

    internal sealed record ConfirmBody(string? Period);

    internal sealed record AskBody(long Case, string? Reason);

    internal sealed record AnswerBody(bool? Upheld, string? Note, long Version);

    internal sealed record QuestionLine(long Id, string Person, string Number, string Stage, long Version, string Reason, string? Answer);

    internal sealed record Done(long Id);

    private static async Task<Ok<IReadOnlyList<FigureLine>>> LinesAsync(EfficiencyReading reading, TimeProvider clock, string? kind, string? period, CancellationToken cancel) =>
        TypedResults.Ok(await reading.LinesAsync(Grouping(kind), QuarterOf(period, clock), cancel));

    private static async Task<Ok<List<CaseFact>>> CasesAsync(EfficiencyReading reading, TimeProvider clock, string? kind, string? unit, string? period, CancellationToken cancel) =>
        TypedResults.Ok((await reading.FactsAsync(Grouping(kind), QuarterOf(period, clock), cancel)).Where(fact => unit is null || fact.Group == unit).ToList());

    private static async Task<Ok<IReadOnlyList<TrendPoint>>> TrendAsync(EfficiencyReading reading, TimeProvider clock, string? unit, string? period, CancellationToken cancel) =>
        TypedResults.Ok(await reading.TrendAsync(QuarterOf(period, clock), 4, unit, cancel));

    private static async Task<FileContentHttpResult> WorkbookAsync(EfficiencyWorkbook workbook, ExportDesk exports, TimeProvider clock, string? period, CancellationToken cancel)
    {
        Period quarter = QuarterOf(period, clock);
        return await exports.SendAsync(await workbook.WriteAsync(quarter, cancel), ExportDesk.Workbook, $"efficiency-{quarter}.xlsx", null, SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<List<SheetLine>>> SheetsAsync(RecordDesk desk, CancellationToken cancel) =>
        TypedResults.Ok((await desk.SheetsAsync(cancel)).Select(View).ToList());

    private static async Task<Ok<SheetLine>> ConfirmAsync(ConfirmBody body, RecordDesk desk, PlatformDb db, CancellationToken cancel)
    {
        EfficiencySheet sheet = await desk.ConfirmAsync(Period.TryParse(body.Period, out Period period) ? period : throw new Refusal("efficiency.period", 422, body.Period ?? ""), cancel);
        return TypedResults.Ok(await db.CommitAsync(View(sheet), cancel));
    }

    private static async Task<Ok<List<QuestionLine>>> QuestionsAsync(RecordDesk desk, CancellationToken cancel) =>
        TypedResults.Ok((await desk.QuestionsAsync(cancel)).Select(row => new QuestionLine(row.Question.Id, row.Person, row.Question.Number, row.Stage, row.Version, row.Question.Reason, row.Answer)).ToList());

    private static async Task<Ok<Done>> AskAsync(AskBody body, RecordDesk desk, PlatformDb db, CancellationToken cancel)
    {
        RecordQuestion question = await desk.AskAsync(body.Case, body.Reason, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(question.Id), cancel));
    }

    private static async Task<Ok<Done>> AnswerAsync(long id, AnswerBody body, RecordDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.AnswerAsync(id, body.Version, body.Upheld ?? false, body.Note, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(moved.Subject.Id), cancel));
    }

    public static string Grouping(string? kind) => EfficiencyReading.Groupings.Contains(kind ?? "") ? kind! : EfficiencyReading.ByDepartment;

    /// <summary>The running quarter unless another is asked for.</summary>
    public static Period QuarterOf(string? text, TimeProvider clock) =>
        Period.TryParse(text, out Period period) && period.Kind == PeriodKind.Quarter ? period : Period.Of(PeriodKind.Quarter, clock.Today());

    private static SheetLine View(EfficiencySheet sheet) => new(sheet.Period.ToString(), sheet.Revision, sheet.Due, sheet.InPromise, sheet.Late, Share(sheet.InPromise, sheet.Due),
        sheet.NetTenths / 10m, Share(sheet.Satisfied, sheet.Rated));

    /// <summary>Per cent with one decimal, rounded half up, as the indicators keep it.</summary>
    public static decimal? Share(int part, int whole) => whole == 0 ? null : ((2000 * part) + whole) / (2 * whole) / 10m;
}

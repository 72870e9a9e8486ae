using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Meetings;

internal static class ReportEndpoints
{
    /// <summary>Who moves a report; it is read by whoever sees the city.</summary>
    private static readonly string[] s_movers = [MeetingsModule.Office, MeetingsModule.Leader, MeetingsModule.Statistician];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/reports/{id:long}", ReadAsync).ForBusiness();
        routes.MapPost("/api/reports/{id:long}/actions", MoveAsync).ForRoles(s_movers);
        routes.MapGet("/api/reports/{id:long}/document", DocumentAsync).ForBusiness();
        routes.MapGet("/api/reports/{id:long}/document/pdf", PdfAsync).ForBusiness();
    }

    internal sealed record DetailView(
        long Id, string Period, string Stage, long Version, DateOnly DueOn, string Problems, string NextSteps, bool Kept, ReportFigures Figures, IReadOnlyList<StepLine> Steps);

    internal sealed record MoveBody(string? Action, string? Note, string? Problems, string? NextSteps, long Version);

    internal sealed record Moved(string Stage, long Version);

    private static async Task<Ok<DetailView>> ReadAsync(long id, ReportDesk desk, CancellationToken cancel)
    {
        ReportView report = await desk.FindAsync(id, cancel);
        return TypedResults.Ok(new DetailView(report.Row.Id, report.Row.Period.ToString(), report.Stage, report.Version, report.Due.DueOn, report.Row.Problems, report.Row.NextSteps,
            report.Row.Figures.Length > 0, report.Figures, report.Steps));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, ReportDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.MoveAsync(id, body.Version, new ReportMove(body.Action, body.Note, body.Problems, body.NextSteps), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<FileContentHttpResult> DocumentAsync(long id, ReportDesk desk, ReportPaper paper, ExportDesk exports, CancellationToken cancel)
    {
        ReportView report = await desk.FindAsync(id, cancel);
        return await exports.SendAsync(paper.Write(report), OfficialDocument.MediaType, $"report-{report.Row.Period}.docx", report.City.Id, SensitivityMark.Internal, cancel);
    }

    private static async Task<FileContentHttpResult> PdfAsync(long id, ReportDesk desk, ReportPaper paper, ExportDesk exports, PdfMaker pdf, CancellationToken cancel)
    {
        ReportView report = await desk.FindAsync(id, cancel);
        return await exports.SendAsync(pdf, paper.Write(report), $"report-{report.Row.Period}.pdf", report.City.Id, SensitivityMark.Internal, cancel);
    }
}

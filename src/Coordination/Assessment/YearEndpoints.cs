using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Assessment;

/// <summary>The year's results, as figures, as a notice and as a workbook; and the method as a paper.</summary>
internal static class YearEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/assessment/{scheme}/{year:int}", ReadAsync).ForBusiness();
        routes.MapGet("/api/assessment/{scheme}/{year:int}/document", NoticeAsync).ForBusiness();
        routes.MapGet("/api/assessment/{scheme}/{year:int}/workbook", WorkbookAsync).ForBusiness();
        routes.MapGet("/api/schemes/{code}/document", MethodAsync).ForBusiness();
    }

    internal sealed record YearResult(
        int Year, string Scheme, int SchemeVersion, IReadOnlyList<int> Released, IReadOnlyList<YearUnit> Units);

    private static async Task<Ok<YearResult>> ReadAsync(string scheme, int year, YearReading reading, CancellationToken cancel)
    {
        YearView view = await reading.ReadAsync(year, scheme, cancel);
        return TypedResults.Ok(new YearResult(view.Year, view.Scheme.Code, view.SchemeVersion, view.Released, view.Units));
    }

    private static async Task<FileContentHttpResult> NoticeAsync(
        string scheme, int year, YearReading reading, AssessmentPapers papers, ExportDesk exports, CancellationToken cancel) =>
        await exports.SendAsync(papers.Year(await reading.ReadAsync(year, scheme, cancel)), OfficialDocument.MediaType, $"{scheme}-{year}.docx",
            null, SensitivityMark.Internal, cancel);

    private static async Task<FileContentHttpResult> WorkbookAsync(
        string scheme, int year, YearReading reading, ExportDesk exports, Words words, CancellationToken cancel) =>
        await exports.SendAsync(await YearWorkbook.WriteAsync(await reading.ReadAsync(year, scheme, cancel), words, cancel), ExportDesk.Workbook,
            $"{scheme}-{year}.xlsx", null, SensitivityMark.Internal, cancel);

    private static async Task<FileContentHttpResult> MethodAsync(
        string code, int? version, SchemeBook book, AssessmentPapers papers, ExportDesk exports, CancellationToken cancel)
    {
        SchemeVersion found = await book.FindAsync(code, version, cancel);
        return await exports.SendAsync(papers.Method(found), OfficialDocument.MediaType, $"{found.Code}-v{found.Version}.docx",
            null, SensitivityMark.Internal, cancel);
    }
}

using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Plans;

internal static class PlanWorkbookEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/plans/{plan}/workbook", WriteAsync).ForBusiness();
        // The bearer token, not a cookie, authenticates this form, so there is nothing to forge.
        routes.MapPost("/api/plans/workbook", TakeAsync).ForRoles(PlansModule.Office).DisableAntiforgery();
    }

    /// <param name="year">The draft of that year's plan instead of the whole.</param>
    private static async Task<FileContentHttpResult> WriteAsync(
        string plan, int? year, PlanBook book, PlanExport export, ExportDesk exports, CancellationToken cancel)
    {
        Plan found = await book.FindAsync(plan, cancel);
        await using MemoryStream file = await export.WriteAsync(found, year, cancel);
        return await exports.SendAsync(file.ToArray(), ExportDesk.Workbook, year is null ? $"{found.Code}.xlsx" : $"{found.Code}-{year}.xlsx",
            found.CityId, SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<ImportReport>> TakeAsync(IFormFile file, PlanImport import, PlatformDb db, CancellationToken cancel)
    {
        WorkbookSafety.RequireSize(file.Length);
        await using Stream content = file.OpenReadStream();
        return TypedResults.Ok(await db.CommitAsync(await import.TakeAsync(content, cancel), cancel));
    }
}

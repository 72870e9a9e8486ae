using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Statistics;

internal static class WorkbookEndpoints
{
    private const string Route = "/api/returns/{form}/{organisation}/{period}/workbook";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route, TemplateAsync).ForBusiness();
        // The bearer token, not a cookie, authenticates this form, so there is nothing to forge.
        routes.MapPost(Route, TakeAsync).ForRoles(Role.Reporter).DisableAntiforgery();
    }

    private static async Task<FileContentHttpResult> TemplateAsync(
        string form, string organisation, Period period, ReturnReading reading, WorkbookDesk desk, ExportDesk exports, CancellationToken cancel)
    {
        ReturnFile file = await reading.FindAsync(form, organisation, period, cancel);
        await using MemoryStream book = await desk.TemplateAsync(file, cancel);
        return await exports.SendAsync(book.ToArray(), ExportDesk.Workbook, $"{form}-{organisation}-{period}.xlsx", file.Organisation.Id,
            file.Form.Sensitivity, cancel);
    }

    /// <param name="version">The version last read; without it the file is taken on top of whatever stands now.</param>
    private static async Task<Ok<Upload>> TakeAsync(
        string form, string organisation, Period period, IFormFile file, [FromForm] long? version, ReturnReading reading, WorkbookDesk desk,
        PlatformDb db, CancellationToken cancel)
    {
        ReturnFile asked = await reading.FindAsync(form, organisation, period, cancel);
        WorkbookSafety.RequireSize(file.Length);
        await using Stream content = file.OpenReadStream();
        return TypedResults.Ok(await db.CommitAsync(await desk.TakeAsync(asked, version ?? asked.Version, content, cancel), cancel));
    }
}

using System.Globalization;
using System.Text.Json;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

internal static class ImportEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/import-mappings", MappingsAsync).ForRoles(Role.Reporter, StatisticsModule.Reviewer);
        routes.MapPut("/api/import-mappings/{code}", SaveMappingAsync).ForRoles(Role.Reporter, StatisticsModule.Reviewer);
        // The bearer token, not a cookie, authenticates this form, so there is nothing to forge.
        routes.MapPost("/api/imports", CheckAsync).ForRoles(Role.Reporter, StatisticsModule.Reviewer).DisableAntiforgery();
        routes.MapGet("/api/imports/{id:long}", ReadAsync).ForRoles(Role.Reporter, StatisticsModule.Reviewer);
        routes.MapPost("/api/imports/{id:long}/actions", ActAsync).ForRoles(Role.Reporter, StatisticsModule.Reviewer);
    }

    internal sealed record MappingBody(string? Name, ImportLayout? Layout, int Version);

    internal sealed record MappingView(string Code, string Name, int Version, ImportLayout Layout);

    internal sealed record ImportAction(string? Action, string? Note);

    /// <param name="Fresh">Cells that get their first value.</param>
    /// <param name="Refused">The first refused rows.</param>
    /// <param name="WorkbookUrl">All refused rows, each with its reason.</param>
    internal sealed record ImportView(
        long Id, string Kind, string FileName, string Source, int Rows, int Fresh, int Changed, int Same, int RefusedRows,
        IReadOnlyList<RefusedRow> Refused, string? WorkbookUrl, DateTimeOffset CheckedAt, DateTimeOffset? StoredAt, DateTimeOffset? WithdrawnAt);

    private static async Task<Ok<List<MappingView>>> MappingsAsync(MappingBook book, CancellationToken cancel) =>
        TypedResults.Ok((await book.ListAsync(cancel)).ConvertAll(View));

    private static async Task<Ok<MappingView>> SaveMappingAsync(string code, MappingBody body, MappingBook book, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(View(await book.SaveAsync(code, body.Name, body.Layout, body.Version, cancel)), cancel));

    private static async Task<Ok<ImportView>> CheckAsync(
        IFormFile file, [FromForm] string kind, [FromForm] string mapping, [FromForm] string? source, [FromForm] string? encoding, MappingBook book,
        ImportDesk desk, PlatformDb db, CancellationToken cancel)
    {
        await using Stream content = file.OpenReadStream();
        var asked = new ImportRequest(kind, MappingBook.LayoutOf(await book.FindAsync(mapping, cancel)), source, encoding, file.FileName, content);
        return TypedResults.Ok(await db.CommitAsync(View(await desk.CheckAsync(asked, cancel)), cancel));
    }

    private static async Task<Ok<ImportView>> ReadAsync(long id, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(View(await db.Set<Import>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound()));

    private static async Task<Ok<ImportView>> ActAsync(long id, ImportAction body, ImportDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Import import = body.Action switch
        {
            "store" => await desk.StoreAsync(id, null, cancel),
            "withdraw" => await desk.WithdrawAsync(id, body.Note, cancel),
            _ => throw new Refusal("case.unknown-action", 422, body.Action ?? ""),
        };
        return TypedResults.Ok(await db.CommitAsync(View(import), cancel));
    }

    internal static IReadOnlyList<RefusedRow> RefusedOf(Import import) => JsonSerializer.Deserialize<List<RefusedRow>>(import.FirstRefusals, Json.Options)!;

    internal static string? WorkbookUrl(Import import) =>
        import.RefusedId is { } id ? string.Create(CultureInfo.InvariantCulture, $"/api/evidence/{id}") : null;

    private static ImportView View(Import import) => new(
        import.Id, import.Kind, import.FileName, import.Source, import.SheetRows, import.FreshCells, import.ChangedCells, import.SameCells,
        import.RefusedRows, RefusedOf(import), WorkbookUrl(import), import.CheckedAt, import.StoredAt, import.WithdrawnAt);

    private static MappingView View(ImportMapping mapping) => new(mapping.Code, mapping.Name, mapping.Version, MappingBook.LayoutOf(mapping));
}

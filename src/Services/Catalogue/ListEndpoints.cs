using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Services.Catalogue;

internal static class ListEndpoints
{
    private const int MostEntries = 5000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/services", PageAsync).OpenToAnyone("the lists are published");
        routes.MapGet("/api/services/{code}", FindAsync).OpenToAnyone("the lists are published");
        routes.MapGet("/api/service-lists/workbook", WorkbookAsync).ForBusiness();
        // The bearer token, not a cookie, authenticates this form, so there is nothing to forge.
        routes.MapPost("/api/service-lists/workbook", TakeAsync).ForRoles(CatalogueModule.Keeper).DisableAntiforgery();
        routes.MapGet("/api/service-lists/changes", ChangesAsync).ForRoles(CatalogueModule.Keeper, CatalogueModule.Lawyer, CatalogueModule.Office);
        routes.MapGet("/api/service-lists/changes/{id:long}", ChangeAsync).ForRoles(CatalogueModule.Keeper, CatalogueModule.Lawyer, CatalogueModule.Office);
        routes.MapPost("/api/service-lists/changes", ProposeAsync).ForRoles(CatalogueModule.Keeper);
        routes.MapPost("/api/service-lists/changes/{id:long}/actions", MoveAsync).ForRoles(CatalogueModule.Keeper, CatalogueModule.Lawyer, CatalogueModule.Office);
    }

    internal sealed record EntryDetail(EntryLine Entry, EntryText Text, IReadOnlyList<string> CameFrom, IReadOnlyList<VersionLine> Versions);

    internal sealed record ChangeLine(long Id, string Kind, string Codes, string Department, string Stage, long Version, string Reason, DateOnly? From);

    internal sealed record ChangeDetail(ChangeLine Change, IReadOnlyList<EntryText> Texts, IReadOnlyList<StepLine> Steps);

    internal sealed record MoveBody(string? Action, string? Note, DateOnly? From, IReadOnlyList<EntryText>? Texts, long Version);

    internal sealed record Moved(long Id, string Stage, long Version);

    private static async Task<Ok<IReadOnlyList<EntryLine>>> PageAsync(ListReading reading, string? list, string? kind, string? q, string? after, CancellationToken cancel) =>
        TypedResults.Ok(await reading.PageAsync(new EntryFilter(list ?? ListName.Service, kind, q, after, InForce: true), cancel: cancel));

    private static async Task<Ok<EntryDetail>> FindAsync(string code, DateOnly? day, ListReading reading, CancellationToken cancel)
    {
        EntryView entry = await reading.FindAsync(code, day, cancel);
        return TypedResults.Ok(new EntryDetail(entry.Line, entry.Text, entry.CameFrom.Split(' ', StringSplitOptions.RemoveEmptyEntries), await reading.HistoryAsync(entry.Line.EntryId, cancel)));
    }

    private static async Task<FileContentHttpResult> WorkbookAsync(ListReading reading, ExportDesk exports, TimeProvider clock, string? kind, CancellationToken cancel)
    {
        string? list = ListName.All.Contains(kind ?? "") ? kind : null;
        IReadOnlyList<EntryLine> lines = await reading.PageAsync(new EntryFilter(list, InForce: true), MostEntries, cancel);
        IReadOnlyDictionary<long, EntryView> texts = await reading.VersionsAsync([.. lines.Select(line => line.VersionId)], cancel);
        byte[] file = await ListWorkbook.WriteAsync(lines.SelectMany((line, index) => EntryRows.Of(texts[line.VersionId].Text, index + 2)), null, cancel);
        return await exports.SendAsync(file, ExportDesk.Workbook, $"lists-{clock.Today():yyyyMMdd}.xlsx", null, SensitivityMark.Public, cancel);
    }

    private static async Task<Ok<ListImportReport>> TakeAsync(IFormFile file, string? unit, ListImport import, PlatformDb db, CancellationToken cancel)
    {
        WorkbookSafety.RequireSize(file.Length);
        await using Stream content = file.OpenReadStream();
        return TypedResults.Ok(await db.CommitAsync(await import.TakeAsync(unit, content, cancel), cancel));
    }

    private static async Task<Ok<List<ChangeLine>>> ChangesAsync(ListReading reading, string? stage, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.ChangesAsync(stage, before, cancel)).Select(Line).ToList());

    private static async Task<Ok<ChangeDetail>> ChangeAsync(long id, ListReading reading, CancellationToken cancel)
    {
        ChangeView change = await reading.ChangeAsync(id, cancel);
        return TypedResults.Ok(new ChangeDetail(Line(change), change.Texts, await reading.StepsAsync(change, cancel)));
    }

    private static async Task<Ok<Moved>> ProposeAsync(ChangeRequest body, ListChangeDesk desk, PlatformDb db, CancellationToken cancel)
    {
        ListChange change = await desk.ProposeAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(change.Id, ListChangeProcedure.Proposed, 0), cancel));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, ListChangeDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.MoveAsync(id, body.Version, body.Action, body.Note, body.From, body.Texts, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(id, moved.Stage, moved.Version), cancel));
    }

    private static ChangeLine Line(ChangeView change) =>
        new(change.Change.Id, change.Change.Kind, change.Change.Codes, change.Department, change.Stage, change.Version, change.Change.Reason, change.Change.InForceFrom);
}

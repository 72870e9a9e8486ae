using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Bulletins;

internal static class BulletinEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/contributions", WriteAsync).ForRoles(BulletinsModule.Contributor);
        routes.MapGet("/api/contributions", ContributionsAsync).ForBusiness();
        routes.MapGet("/api/contributions/league", LeagueAsync).ForBusiness();
        routes.MapGet("/api/contributions/league/workbook", WorkbookAsync).ForBusiness();
        routes.MapGet("/api/contributions/{id:long}", ContributionAsync).ForBusiness();
        routes.MapPut("/api/contributions/{id:long}", RewriteAsync).ForRoles(BulletinsModule.Contributor);
        routes.MapPost("/api/contributions/{id:long}/actions", MoveContributionAsync).ForRoles(BulletinsModule.Contributor, BulletinsModule.Editor);
        routes.MapPost("/api/bulletins", OpenAsync).ForRoles(BulletinsModule.Editor);
        routes.MapGet("/api/bulletins", ListAsync).ForRoles(BulletinsModule.Editor, BulletinsModule.Approver);
        routes.MapGet("/api/bulletins/{id:long}", ReadAsync).ForRoles(BulletinsModule.Editor, BulletinsModule.Approver);
        routes.MapPut("/api/bulletins/{id:long}", RenameAsync).ForRoles(BulletinsModule.Editor);
        routes.MapPost("/api/bulletins/{id:long}/contributions", TakeAsync).ForRoles(BulletinsModule.Editor);
        routes.MapPost("/api/bulletins/{id:long}/items", WriteItemAsync).ForRoles(BulletinsModule.Editor);
        routes.MapPost("/api/bulletins/{id:long}/items/removal", RemoveItemAsync).ForRoles(BulletinsModule.Editor);
        routes.MapPost("/api/bulletins/{id:long}/actions", MoveAsync).ForRoles(BulletinsModule.Editor, BulletinsModule.Approver);
        routes.MapGet("/api/bulletins/{id:long}/document", DocumentAsync).ForRoles(BulletinsModule.Editor, BulletinsModule.Approver);
        routes.MapGet("/api/bulletins/texts", TextsAsync).ForBusiness();
    }

    internal sealed record ContributionLine(
        long Id, string Unit, string UnitName, string Title, string Sensitivity, string Stage, DateOnly? SubmittedOn, DateOnly? AdoptedOn, long Version, long CaseVersion);

    internal sealed record ContributionDetail(ContributionLine Contribution, string Text, long? Evidence, IReadOnlyList<StepLine> Steps);

    internal sealed record MoveBody(string? Action, string? Note, bool? Confirmed, long Version);

    internal sealed record Moved(string Stage, long Version);

    internal sealed record Written(long Id, long Version);

    internal sealed record HeadBody(string? Title, string? Sensitivity, long Version);

    internal sealed record TakeBody(IReadOnlyList<long>? Contributions, long Version);

    internal sealed record RemoveBody(long Item, long Version);

    internal sealed record BulletinLine(
        long Id, string Number, string Title, string Sensitivity, string Stage, int Edition, int PublishedEdition, DateOnly? PublishedOn, int Items, long Version, long CaseVersion);

    internal sealed record ItemLine(long Id, int Ordinal, string Heading, string Text, string Credit, long? Contribution);

    internal sealed record BulletinDetail(BulletinLine Bulletin, IReadOnlyList<ItemLine> Items, IReadOnlyList<StepLine> Steps);

    private static async Task<Ok<Written>> WriteAsync(ContributionText body, ContributionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Contribution made = await desk.WriteAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(made.Id, made.Version), cancel));
    }

    private static async Task<Ok<Written>> RewriteAsync(long id, ContributionText body, ContributionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Contribution kept = await desk.RewriteAsync(id, body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(kept.Id, kept.Version), cancel));
    }

    private static async Task<Ok<List<ContributionLine>>> ContributionsAsync(BulletinsReading reading, string? stage, string? unit, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.ContributionsAsync(stage, unit, before, cancel)).Select(View).ToList());

    private static async Task<Ok<ContributionDetail>> ContributionAsync(long id, BulletinsReading reading, CancellationToken cancel)
    {
        ContributionView found = await reading.ContributionAsync(id, cancel);
        return TypedResults.Ok(new ContributionDetail(View(found), found.Row.Text, found.Row.EvidenceId, await reading.StepsAsync(found.Row.CaseId, found.Row.OrganisationId, cancel)));
    }

    private static async Task<Ok<Moved>> MoveContributionAsync(long id, MoveBody body, ContributionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.MoveAsync(id, body.Version, body.Action, body.Note, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<IReadOnlyList<LeagueLine>>> LeagueAsync(ContributionLeague league, TimeProvider clock, int? year, CancellationToken cancel) =>
        TypedResults.Ok(await league.ReadAsync(YearOf(year, clock), cancel));

    private static async Task<FileContentHttpResult> WorkbookAsync(ContributionLeague league, ExportDesk exports, TimeProvider clock, int? year, CancellationToken cancel)
    {
        int chosen = YearOf(year, clock);
        return await exports.SendAsync(await league.WriteAsync(chosen, cancel), ExportDesk.Workbook,
            string.Create(CultureInfo.InvariantCulture, $"contributions-{chosen}.xlsx"), null, SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<Written>> OpenAsync(HeadBody body, BulletinDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Bulletin made = await desk.OpenAsync(body.Title, body.Sensitivity, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(made.Id, made.Version), cancel));
    }

    private static async Task<Ok<Written>> RenameAsync(long id, HeadBody body, BulletinDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Bulletin kept = await desk.RenameAsync(id, body.Title, body.Sensitivity, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(kept.Id, kept.Version), cancel));
    }

    private static async Task<Ok<Written>> TakeAsync(long id, TakeBody body, BulletinDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Bulletin kept = await desk.TakeAsync(id, body.Contributions, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(kept.Id, kept.Version), cancel));
    }

    private static async Task<Ok<Written>> WriteItemAsync(long id, ItemText body, BulletinDesk desk, PlatformDb db, CancellationToken cancel)
    {
        BulletinItem item = await desk.WriteAsync(id, body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(item.Id, db.Set<Bulletin>().Local.First(row => row.Id == id).Version), cancel));
    }

    private static async Task<Ok<Written>> RemoveItemAsync(long id, RemoveBody body, BulletinDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Bulletin kept = await desk.RemoveAsync(id, body.Item, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Written(kept.Id, kept.Version), cancel));
    }

    private static async Task<Ok<List<BulletinLine>>> ListAsync(BulletinsReading reading, string? stage, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.BulletinsAsync(stage, before, cancel)).Select(View).ToList());

    private static async Task<Ok<BulletinDetail>> ReadAsync(long id, BulletinsReading reading, CancellationToken cancel)
    {
        BulletinView found = await reading.BulletinAsync(id, cancel);
        return TypedResults.Ok(new BulletinDetail(View(found),
            [.. (await reading.ItemsAsync(id, found.Row.Edition, cancel)).Select(item => new ItemLine(item.Id, item.Ordinal, item.Heading, item.Text, item.Credit, item.ContributionId))],
            await reading.StepsAsync(found.Row.CaseId, found.Row.OrganisationId, cancel)));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, BulletinMoves moves, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await moves.MoveAsync(id, body.Version, body.Action, body.Note, body.Confirmed ?? false, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<FileContentHttpResult> DocumentAsync(long id, BulletinsReading reading, BulletinPaper paper, ExportDesk exports, CancellationToken cancel)
    {
        BulletinView found = await reading.BulletinAsync(id, cancel);
        return await exports.SendAsync(await paper.WriteAsync(found, cancel), OfficialDocument.MediaType, string.Create(CultureInfo.InvariantCulture, $"bulletin-{id}.docx"),
            found.Row.OrganisationId, found.Stage == BulletinProcedure.Published ? found.Row.Sensitivity : SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<List<PublishedLine>>> TextsAsync(PublicationReading reading, CancellationToken cancel) =>
        TypedResults.Ok(await reading.InternalAsync(null, cancel: cancel));

    internal static int YearOf(int? year, TimeProvider clock) => year is >= 2000 and <= 2099 ? year.Value : clock.Today().Year;

    private static ContributionLine View(ContributionView one) => new(
        one.Row.Id, one.Unit, one.UnitName, one.Row.Title, one.Row.Sensitivity, one.Stage, one.Row.SubmittedOn, one.Row.AdoptedOn, one.Row.Version, one.CaseVersion);

    private static BulletinLine View(BulletinView one) => new(
        one.Row.Id, one.Number, one.Row.Title, one.Row.Sensitivity, one.Stage, one.Row.Edition, one.Row.PublishedEdition, one.Row.PublishedOn, one.Items, one.Row.Version, one.CaseVersion);
}

using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

internal static class CaseEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/service-cases", FileAsync).ForRoles(CasesModule.Applicant, CasesModule.Clerk);
        routes.MapGet("/api/service-cases", ListAsync).ForRoles(CasesModule.Everyone);
        routes.MapGet("/api/service-cases/{id:long}", ReadAsync).ForRoles(CasesModule.Everyone);
        routes.MapPost("/api/service-cases/{id:long}/actions", MoveAsync).ForRoles(CasesModule.Everyone);
        routes.MapPost("/api/service-cases/{id:long}/materials", BringAsync).ForRoles(CasesModule.Applicant, CasesModule.Clerk);
        routes.MapPost("/api/service-cases/{id:long}/checks", CheckAsync).ForRoles(CasesModule.Clerk);
        // The bearer token, not a cookie, authenticates this form, so there is nothing to forge.
        routes.MapPost("/api/service-cases/{id:long}/files", StoreAsync).ForRoles(CasesModule.Applicant, CasesModule.Clerk).DisableAntiforgery();
        routes.MapGet("/api/service-cases/{id:long}/files/{code}", FileOfAsync).ForRoles(CasesModule.Everyone);
        routes.MapPost("/api/service-cases/{id:long}/opinion", OpinionAsync).ForRoles(CasesModule.Examiner, CasesModule.Head);
        routes.MapPost("/api/service-cases/{id:long}/pledges", PledgeAsync).ForRoles(CasesModule.Examiner);
        routes.MapPost("/api/service-cases/{id:long}/hand-over", OfferAsync).ForRoles(CasesModule.Clerk, CasesModule.Head);
        routes.MapPost("/api/service-cases/{id:long}/hand-over/answer", AnswerAsync).ForRoles(CasesModule.Clerk);
        routes.MapPost("/api/service-cases/{id:long}/hand-over/close", CloseAsync).ForRoles(CasesModule.Clerk, CasesModule.Head);
        routes.MapGet("/api/service-cases/{id:long}/papers/{kind}", PaperAsync).ForRoles(CasesModule.Everyone);
    }

    internal sealed record Line(
        long Id, string Number, string Item, string ItemName, string Department, string Enterprise, string Stage, long Version, string State, DateOnly ReceivedOn, DateOnly? AcceptedOn, bool Deemed,
        DateOnly? DueOn, int? Remaining, string Keeper, int? Rating);

    internal sealed record ClockLine(string Name, string State, int Budget, DateOnly FirstDueOn, DateOnly? DueOn, int Remaining, bool Late, IReadOnlyList<LedgerLine> Ledger);

    internal sealed record LedgerLine(DateOnly Day, string Event, int Days);

    internal sealed record MaterialLine(string Code, string Name, string Grade, string State, bool Required, bool Asked, string AskedText, long? Evidence, DateOnly? CheckedOn, string? PledgedText, bool? PledgeKept);

    internal sealed record OpinionLine(string Department, DateOnly AskedOn, DateOnly? GivenOn, bool? Agrees, string Text);

    internal sealed record Detail(
        Line Case, IReadOnlyList<ClockLine> Clocks, IReadOnlyList<MaterialLine> Materials, IReadOnlyList<OpinionLine> Opinions, IReadOnlyList<StepLine> Steps, IReadOnlyList<string> Papers, int? SpecialDays);

    internal sealed record Filed(long Id, string Number, DateOnly ReceivedOn, string Stage, long Version);

    internal sealed record MoveBody(string? Action, string? Note, IReadOnlyList<MissingMaterial>? Missing, IReadOnlyList<string>? Gaps, string? Special, int? Rating, long Version);

    internal sealed record Moved(string Stage, long Version);

    internal sealed record BringBody(string? Material, long? Evidence, bool? Pledge);

    internal sealed record OpinionBody(bool? Agrees, string? Text);

    internal sealed record PledgeBody(string? Material, bool? Kept, string? Text);

    internal sealed record HandOverBody(string? To, string? Reason);

    internal sealed record AnswerBody(bool? Takes);

    internal sealed record Done(long Id);

    private static async Task<Ok<Filed>> FileAsync(CaseRequest body, FileCase files, PlatformDb db, CancellationToken cancel)
    {
        (ServiceCase service, CaseView file) = await files.FileAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Filed(service.Id, FileCase.NumberOf(service), service.ReceivedOn, file.Stage, file.Version), cancel));
    }

    private static async Task<Ok<List<Line>>> ListAsync(CaseReading reading, string? stage, bool? open, bool? mine, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.PageAsync(new CaseFilter(stage, open ?? false, mine ?? false, before), cancel)).Select(View).ToList());

    private static async Task<Ok<Detail>> ReadAsync(long id, CaseReading reading, CalendarBook calendars, TimeProvider clock, CancellationToken cancel)
    {
        ServiceView view = await reading.FindAsync(id, cancel);
        IReadOnlyList<CaseMaterial> materials = await reading.MaterialsAsync(id, cancel);
        IReadOnlyList<StepLine> steps = await reading.StepsAsync(view, cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly today = clock.Today();
        return TypedResults.Ok(new Detail(View(view),
            [
                .. view.Clocks.Select(pair => new ClockLine(pair.Key, pair.Value.Clock.State.ToString().ToLowerInvariant(), pair.Value.Deadline.TotalBudget, pair.Value.Clock.FirstDueOn, pair.Value.Clock.DueOn,
                    pair.Value.Remaining(calendar, today), pair.Value.IsOverdue(calendar, today), [.. pair.Value.Deadline.Ledger.Select(entry => new LedgerLine(entry.On, entry.Event.ToString().ToLowerInvariant(), entry.Days))])),
            ],
            [.. materials.Select(row => new MaterialLine(row.Code, row.Name, row.Grade, row.State, row.Required, row.Asked, row.AskedText, row.EvidenceId, row.CheckedOn, row.PledgedText, row.PledgeKept))],
            [.. (await reading.OpinionsAsync(id, cancel)).Select(row => new OpinionLine(row.DepartmentName, row.AskedOn, row.GivenOn, row.Agrees, row.Text))],
            steps, [.. CasePapers.Of(view, materials, steps)], view.Service.SpecialDays));
    }

    /// <summary>A material's file: whoever works on the case reads it, and only beside the case.</summary>
    private static async Task<FileStreamHttpResult> FileOfAsync(long id, string code, CaseReading reading, EvidenceStore store, ExportDesk exports, CancellationToken cancel)
    {
        await reading.FindAsync(id, cancel);
        long file = (await reading.MaterialsAsync(id, cancel)).FirstOrDefault(row => row.Code == code)?.EvidenceId ?? throw Refusal.NotFound();
        (EvidenceFile stored, Stream content) = await store.OpenAsync(file, cancel);
        return await exports.SendAsync(stored, content, cancel);
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, CaseMoves moves, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await moves.MoveAsync(id, body.Version, new CaseMove(body.Action, body.Note, body.Missing, body.Gaps, body.Special, body.Rating), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<Done>> BringAsync(long id, BringBody body, CaseReading reading, MaterialBook book, PlatformDb db, CancellationToken cancel)
    {
        await BringMaterialAsync(id, new BroughtMaterial(body.Material, body.Evidence, body.Pledge ?? false), reading, book, db, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(id), cancel));
    }

    private static async Task<Ok<Done>> StoreAsync(long id, IFormFile file, string? material, CaseReading reading, MaterialBook book, EvidenceStore store, PlatformDb db, CancellationToken cancel)
    {
        ServiceView view = await reading.FindAsync(id, cancel);
        await using Stream content = file.OpenReadStream();
        EvidenceFile stored = await store.AddAsync(view.Service.OrganisationId, file.FileName, content, SensitivityMark.Sensitive, cancel);
        await BringMaterialAsync(id, new BroughtMaterial(material, stored.Id), reading, book, db, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(id), cancel));
    }

    /// <summary>For the enterprise by its own people or by the one at the window who keeps the case.</summary>
    internal static async Task BringMaterialAsync(long id, BroughtMaterial brought, CaseReading reading, MaterialBook book, PlatformDb db, CancellationToken cancel = default)
    {
        ServiceView view = await reading.FindAsync(id, cancel);
        ServiceCase service = await db.Set<ServiceCase>().FirstAsync(row => row.Id == id, cancel);
        if (db.Actor.Is(CasesModule.Applicant))
        {
            await CaseSight.RequireAsync(db, service, CasesModule.Applicant, cancel);
        }
        else
        {
            await CaseSight.TakeAsync(db, service, cancel);
        }

        if (!MaterialBook.Stages.Contains(view.Stage))
        {
            throw new Refusal("case.wrong-stage", 422, view.Stage, "bring");
        }

        await book.BringAsync(service, (await reading.ItemAsync(view, cancel)).Text, brought, cancel);
    }

    private static async Task<Ok<Done>> OpinionAsync(long id, OpinionBody body, OpinionBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.GiveAsync(id, body.Agrees, body.Text, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(id), cancel));
    }

    private static async Task<Ok<Done>> PledgeAsync(long id, PledgeBody body, PledgeBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.CheckAsync(id, body.Material, body.Kept, body.Text, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(id), cancel));
    }

    private static async Task<Ok<Done>> OfferAsync(long id, HandOverBody body, HandOvers book, PlatformDb db, CancellationToken cancel)
    {
        CaseHandOver offer = await book.OfferAsync(id, body.To, body.Reason, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(offer.Id), cancel));
    }

    private static async Task<Ok<Done>> AnswerAsync(long id, AnswerBody body, HandOvers book, PlatformDb db, CancellationToken cancel)
    {
        await book.AnswerAsync(id, body.Takes ?? false, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(id), cancel));
    }

    private static async Task<Ok<Done>> CloseAsync(long id, HandOvers book, PlatformDb db, CancellationToken cancel)
    {
        await book.CloseAsync(id, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(id), cancel));
    }

    private static async Task<Ok<Done>> CheckAsync(long id, MaterialBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.CheckAsync(id, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(id), cancel));
    }

    private static async Task<FileContentHttpResult> PaperAsync(long id, string kind, CasePapers papers, ExportDesk exports, CancellationToken cancel)
    {
        (byte[] content, long organisation, string number) = await papers.WriteAsync(id, kind, cancel);
        return await exports.SendAsync(content, OfficialDocument.MediaType, $"{kind}-{number}.docx", organisation, SensitivityMark.Internal, cancel);
    }

    private static Line View(ServiceView view) => new(
        view.Service.Id, view.Number, view.Service.ItemCode, view.Service.ItemName, view.Service.DepartmentName, view.Service.EnterpriseName, view.Stage, view.Version,
        view.State.ToString().ToLowerInvariant(), view.Service.ReceivedOn, view.Service.AcceptedOn, view.Service.Deemed, view.DueOn, view.Remaining, view.KeeperName, view.Service.Rating);
}

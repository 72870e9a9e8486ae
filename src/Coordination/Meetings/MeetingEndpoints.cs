using Lodestone.Coordination.Supervision;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Meetings;

internal static class MeetingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/meetings", ListAsync).ForBusiness();
        routes.MapGet("/api/meetings/{id:long}", ReadAsync).ForBusiness();
        routes.MapPost("/api/meetings/{id:long}/actions", MoveAsync).ForRoles(MeetingsModule.Office, MeetingsModule.Leader);
        routes.MapPost("/api/meetings/{id:long}/agenda", EditAsync).ForRoles(MeetingsModule.Office);
        routes.MapPost("/api/meetings/{id:long}/attendance", AnswerAsync).ForRoles(MeetingsModule.Liaison);
        routes.MapPost("/api/meetings/{id:long}/resolutions", ResolveAsync).ForRoles(MeetingsModule.Office);
        routes.MapGet("/api/meetings/{id:long}/notice", NoticeAsync).ForBusiness();
        routes.MapGet("/api/meetings/{id:long}/notice/pdf", NoticePdfAsync).ForBusiness();
        routes.MapGet("/api/meetings/{id:long}/minutes", MinutesAsync).ForBusiness();
        routes.MapGet("/api/meetings/{id:long}/minutes/pdf", MinutesPdfAsync).ForBusiness();
        routes.MapDelete("/api/resolutions/{id:long}", StrikeAsync).ForRoles(MeetingsModule.Office);
        routes.MapPost("/api/resolutions/{id:long}/order", OrderAsync).ForRoles(MeetingsModule.Office);
        routes.MapGet("/api/resolutions/workbook", WorkbookAsync).ForRoles(MeetingsModule.Office, MeetingsModule.Leader);
    }

    internal sealed record ObligationLine(long Id, string Kind, string Period, string Stage, DateOnly DueOn, bool Provisional, string Light, int Left, DateTimeOffset? StartsAt, string Place);

    internal sealed record AgendaView(string Fact, string Kind, string Text, string Standing, string Href, string? DroppedBecause);

    internal sealed record UnitView(string Unit, string Name, string Stage, long Version, string Answer, bool? Present);

    internal sealed record ResolutionView(
        long Id, int Number, string Text, string Lead, IReadOnlyList<string> Supports, int Workdays, long? Matter, long? Order, string OrderNumber, DateOnly? OrderDueOn);

    internal sealed record DetailView(
        long Id, string Period, string Stage, long Version, DateOnly DueOn, DateTimeOffset? StartsAt, string Place, string Chair, DateOnly? HeldOn, string Minutes, string Number,
        IReadOnlyList<AgendaView> Agenda, IReadOnlyList<UnitView> Units, IReadOnlyList<ResolutionView> Resolutions, IReadOnlyList<StepLine> Steps);

    internal sealed record MoveBody(
        string? Action, string? Note, DateTimeOffset? StartsAt, string? Place, string? Chair, IReadOnlyList<string>? Units, DateOnly? HeldOn, IReadOnlyList<string>? Present, string? Text,
        long Version);

    internal sealed record Moved(string Stage, long Version);

    /// <param name="Action"><c>reorder</c> (with <paramref name="Order"/>), <c>drop</c> and <c>restore</c> (with <paramref name="Fact"/>), <c>add</c> (with <paramref name="Text"/>).</param>
    internal sealed record AgendaBody(string? Action, IReadOnlyList<string>? Order, string? Fact, string? Text, string? Reason);

    internal sealed record AnswerBody(string? Unit, string? Action, string? Answer, long Version);

    internal sealed record Made(long Id, int Number);

    internal sealed record Done(bool Ok);

    internal sealed record OrderMade(long Order, string Number, DateOnly DueOn);

    private static async Task<Ok<List<ObligationLine>>> ListAsync(MeetingReading reading, TimeProvider clock, int? year, CancellationToken cancel) =>
        TypedResults.Ok((await reading.YearAsync(YearOf(year, clock), cancel)).Select(one => new ObligationLine(
            one.Id, one.Meets ? "meeting" : "report", one.Period.ToString(), one.Stage, one.DueOn, one.Provisional, one.Light.ToString().ToLowerInvariant(), one.Left,
            one.StartsAt, one.Place)).ToList());

    private static async Task<Ok<DetailView>> ReadAsync(long id, MeetingReading reading, Agenda agenda, CancellationToken cancel)
    {
        MeetingView meeting = await reading.FindAsync(id, cancel);
        Meeting row = meeting.Row;
        bool minutes = meeting.Office || row.IssuedOn is not null;
        return TypedResults.Ok(new DetailView(
            row.Id, row.Period.ToString(), meeting.Stage, meeting.Version, meeting.Due.DueOn, row.StartsAt, row.Place, row.Chair, row.HeldOn, minutes ? row.Minutes : "",
            ResolutionDesk.NumberOf(row),
            [.. (await agenda.ReadAsync(meeting, cancel)).Select(line => new AgendaView(line.Fact, line.Kind, line.Text, line.Standing, line.Href, line.DroppedBecause))],
            [.. (await reading.AttendanceAsync(id, cancel)).Select(unit => new UnitView(unit.Code, unit.Name, unit.Stage, unit.Version, unit.Answer, unit.Present))],
            [.. (await reading.ResolutionsAsync(meeting, cancel)).Select(one => new ResolutionView(one.Id, one.Ordinal, one.Text, one.LeadCode,
                one.SupportCodes.Split(' ', StringSplitOptions.RemoveEmptyEntries), one.Workdays, one.MatterId, one.OrderId, one.OrderNumber, one.OrderDueOn))],
            await reading.StepsAsync(meeting, cancel)));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, MeetingDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.MoveAsync(id, body.Version,
            new MeetingMove(body.Action, body.Note, body.StartsAt, body.Place, body.Chair, body.Units, body.HeldOn, body.Present, body.Text), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<Done>> EditAsync(long id, AgendaBody body, MeetingReading reading, Agenda agenda, PlatformDb db, CancellationToken cancel)
    {
        MeetingView meeting = await OfficeAsync(id, reading, cancel);
        await (body.Action switch
        {
            "reorder" => agenda.ReorderAsync(meeting, body.Order, cancel),
            "drop" => agenda.DropAsync(meeting, body.Fact, body.Reason, back: false, cancel),
            "restore" => agenda.DropAsync(meeting, body.Fact, null, back: true, cancel),
            "add" => agenda.AddAsync(meeting, body.Text, cancel),
            _ => throw new Refusal("case.unknown-action", 422, body.Action ?? ""),
        });
        return TypedResults.Ok(await db.CommitAsync(new Done(true), cancel));
    }

    private static async Task<Ok<Moved>> AnswerAsync(long id, AnswerBody body, MeetingDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.AnswerAsync(id, body.Unit, body.Version, body.Action, body.Answer, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<Made>> ResolveAsync(long id, ResolutionText body, ResolutionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Resolution made = await desk.AddAsync(id, body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(made.Id, made.Ordinal), cancel));
    }

    private static async Task<Ok<Done>> StrikeAsync(long id, ResolutionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        await desk.StrikeAsync(id, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(true), cancel));
    }

    private static async Task<Ok<OrderMade>> OrderAsync(long id, ResolutionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        IssuedOrder order = await desk.OrderAsync(id, cancel);
        return TypedResults.Ok(await db.CommitAsync(new OrderMade(order.Order.Id, SupervisionDesk.NumberOf(order.Order), order.DueOn), cancel));
    }

    private static async Task<FileContentHttpResult> NoticeAsync(long id, MeetingReading reading, MeetingPapers papers, ExportDesk exports, CancellationToken cancel)
    {
        MeetingView meeting = await reading.FindAsync(id, cancel);
        return await exports.SendAsync(await papers.NoticeAsync(meeting, cancel), OfficialDocument.MediaType, $"meeting-{meeting.Row.Period}-notice.docx", null, SensitivityMark.Internal, cancel);
    }

    private static async Task<FileContentHttpResult> NoticePdfAsync(long id, MeetingReading reading, MeetingPapers papers, ExportDesk exports, PdfMaker pdf, CancellationToken cancel)
    {
        MeetingView meeting = await reading.FindAsync(id, cancel);
        return await exports.SendAsync(pdf, await papers.NoticeAsync(meeting, cancel), $"meeting-{meeting.Row.Period}-notice.pdf", null, SensitivityMark.Internal, cancel);
    }

    private static async Task<FileContentHttpResult> MinutesAsync(long id, MeetingReading reading, MeetingPapers papers, ExportDesk exports, CancellationToken cancel)
    {
        MeetingView meeting = await reading.FindAsync(id, cancel);
        return await exports.SendAsync(await papers.MinutesAsync(meeting, cancel), OfficialDocument.MediaType, $"meeting-{meeting.Row.Period}-minutes.docx", null, SensitivityMark.Internal, cancel);
    }

    private static async Task<FileContentHttpResult> MinutesPdfAsync(long id, MeetingReading reading, MeetingPapers papers, ExportDesk exports, PdfMaker pdf, CancellationToken cancel)
    {
        MeetingView meeting = await reading.FindAsync(id, cancel);
        return await exports.SendAsync(pdf, await papers.MinutesAsync(meeting, cancel), $"meeting-{meeting.Row.Period}-minutes.pdf", null, SensitivityMark.Internal, cancel);
    }

    private static async Task<FileContentHttpResult> WorkbookAsync(ResolutionLedger ledger, ExportDesk exports, TimeProvider clock, int? year, CancellationToken cancel) =>
        await exports.SendAsync(await ledger.WriteAsync(YearOf(year, clock), cancel), ExportDesk.Workbook, $"resolutions-{YearOf(year, clock)}.xlsx", null, SensitivityMark.Internal, cancel);

    private static async Task<MeetingView> OfficeAsync(long id, MeetingReading reading, CancellationToken cancel) =>
        await reading.FindAsync(id, cancel) is { Office: true } meeting ? meeting : throw Refusal.Role();

    /// <summary>The running year unless another that can be written is asked for.</summary>
    internal static int YearOf(int? year, TimeProvider clock) =>
        year is >= Kernel.Calendar.Period.FirstYear and <= Kernel.Calendar.Period.LastYear ? year.Value : clock.Today().Year;
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Supervision;

internal static class SupervisionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/supervision/orders", IssueAsync).ForRoles(SupervisionModule.Supervisor);
        routes.MapGet("/api/supervision/orders", ListAsync).ForBusiness();
        routes.MapGet("/api/supervision/orders/{id:long}", ReadAsync).ForBusiness();
        routes.MapPost("/api/supervision/orders/{id:long}/actions", MoveAsync).ForRoles(SupervisionModule.Supervisor, SupervisionModule.Liaison);
        routes.MapPost("/api/supervision/batch", MoveAllAsync).ForRoles(SupervisionModule.Supervisor, SupervisionModule.Liaison);
        routes.MapPut("/api/supervision/palette/{city}", ChooseAsync).ForRoles(SupervisionModule.Supervisor);
        routes.MapGet("/api/supervision/standing", StandingAsync).ForBusiness();
        routes.MapGet("/api/supervision/standing/document", DocumentAsync).ForBusiness();
    }

    internal sealed record LineView(
        long Id, string Number, string Title, string Organisation, string Stage, long Version, int Progress, string State, DateOnly SignDueOn, DateOnly FirstDueOn,
        DateOnly? DueOn, bool Provisional, int Remaining, long? Parent);

    internal sealed record ClockView(DateOnly Day, string Event, int Workdays);

    internal sealed record DetailView(LineView Order, string Demand, string Source, string Basis, long? Evidence, IReadOnlyList<ClockView> Clock, IReadOnlyList<MovedDay> Moves, IReadOnlyList<LineView> Parts, IReadOnlyList<StepLine> Steps);

    internal sealed record MoveBody(string? Action, string? Note, int? Percent, DateOnly? Until, long? Evidence, long Version);

    internal sealed record Moved(string Stage, long Version);

    internal sealed record BatchBody(string? Action, IReadOnlyList<SeenOrder>? Orders);

    internal sealed record PaletteBody(string? Palette);

    internal sealed record Issued(IReadOnlyList<IssuedView> Orders);

    internal sealed record IssuedView(long Id, string Number, DateOnly SignDueOn, DateOnly? DueOn);

    private static async Task<Ok<Issued>> IssueAsync(OrderRequest body, SupervisionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        IReadOnlyList<IssuedOrder> issued = await desk.IssueAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(
            new Issued([.. issued.Select(order => new IssuedView(order.Order.Id, SupervisionDesk.NumberOf(order.Order), order.SignDueOn, order.DueOn))]), cancel));
    }

    private static async Task<Ok<List<LineView>>> ListAsync(
        SupervisionReading reading, string? stage, string? unit, bool? open, long? before, CancellationToken cancel) =>
        TypedResults.Ok((await reading.PageAsync(new OrderFilter(stage, unit, open ?? false, before), cancel)).Select(View).ToList());

    private static async Task<Ok<DetailView>> ReadAsync(long id, SupervisionReading reading, CancellationToken cancel)
    {
        OrderView order = await reading.FindAsync(id, cancel);
        return TypedResults.Ok(new DetailView(View(order), order.Order.Demand, order.Order.Source, order.Order.Basis, order.Order.EvidenceId,
            [.. order.Finish.Deadline.Ledger.Select(entry => new ClockView(entry.On, entry.Event.ToString().ToLowerInvariant(), entry.Days))],
            await reading.MovesAsync(order, cancel), [.. (await reading.PartsAsync(id, cancel)).Select(View)], await reading.StepsAsync(order, cancel)));
    }

    private static async Task<Ok<Moved>> MoveAsync(long id, MoveBody body, SupervisionDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.MoveAsync(id, body.Version, new OrderMove(body.Action, body.Note, body.Percent, body.Until, body.Evidence), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Moved(moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<IReadOnlyList<OrderOutcome>>> MoveAllAsync(BatchBody body, SupervisionDesk desk, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(await desk.MoveAllAsync(body.Action, body.Orders, cancel), cancel));

    private static async Task<Ok<PaletteBody>> ChooseAsync(string city, PaletteBody body, PaletteDesk desk, PlatformDb db, CancellationToken cancel)
    {
        await desk.ChooseAsync(city, body.Palette, cancel);
        return TypedResults.Ok(await db.CommitAsync(body, cancel));
    }

    private static async Task<Ok<IReadOnlyList<StandingLine>>> StandingAsync(
        SupervisionReading reading, TimeProvider clock, DateOnly? since, DateOnly? until, CancellationToken cancel)
    {
        (DateOnly first, DateOnly last) = Span(since, until, clock.Today());
        return TypedResults.Ok(await reading.StandingAsync(first, last, cancel));
    }

    private static async Task<FileContentHttpResult> DocumentAsync(
        SupervisionNotice notice, ExportDesk exports, TimeProvider clock, DateOnly? since, DateOnly? until, CancellationToken cancel)
    {
        (DateOnly first, DateOnly last) = Span(since, until, clock.Today());
        return await exports.SendAsync(await notice.WriteAsync(first, last, cancel), OfficialDocument.MediaType, $"supervision-{first:yyyyMMdd}-{last:yyyyMMdd}.docx", null,
            SensitivityMark.Internal, cancel);
    }

    /// <summary>The running month unless something else is asked for.</summary>
    internal static (DateOnly Since, DateOnly Until) Span(DateOnly? since, DateOnly? until, DateOnly today)
    {
        Period month = Period.Of(PeriodKind.Month, today);
        return (since ?? month.FirstDay, until ?? month.LastDay);
    }

    private static LineView View(OrderView order) => new(
        order.Order.Id, order.Number, order.Order.Title, order.Unit, order.Stage, order.Version, order.Order.Progress, order.State.ToString().ToLowerInvariant(),
        order.SignDueOn, order.Finish.Clock.FirstDueOn, order.DueOn, order.Finish.Clock.Provisional, order.Remaining, order.Order.ParentId);
}

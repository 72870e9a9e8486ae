using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Services.Cases;

internal static class HallEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/service-hall", QueuesAsync).OpenToAnyone("numbers hang in the hall and name nobody");
        routes.MapGet("/api/service-hall/slots", SlotsAsync).OpenToAnyone("windows and their hours hang in the hall");
        routes.MapPost("/api/service-hall/windows", OpenAsync).ForRoles(CasesModule.Head);
        routes.MapPost("/api/service-hall/windows/{id:long}/close", CloseAsync).ForRoles(CasesModule.Head);
        routes.MapGet("/api/service-hall/appointments", AppointmentsAsync).ForRoles(CasesModule.Everyone);
        routes.MapPost("/api/service-hall/appointments", BookAsync).ForRoles(CasesModule.Applicant);
        routes.MapPost("/api/service-hall/appointments/{id:long}/cancel", CancelAsync).ForRoles(CasesModule.Applicant, CasesModule.Clerk);
        routes.MapPost("/api/service-hall/tickets", TakeAsync).ForRoles(CasesModule.Applicant, CasesModule.Clerk);
        routes.MapPost("/api/service-hall/windows/{id:long}/call", CallAsync).ForRoles(CasesModule.Clerk);
        routes.MapPost("/api/service-hall/tickets/{id:long}/end", EndAsync).ForRoles(CasesModule.Clerk);
    }

    internal sealed record WindowBody(string? Hall, string? Code, string? Name, int Places);

    internal sealed record BookBody(string? Organisation, long Window, DateOnly? Day, int Slot);

    internal sealed record TakeBody(long? Appointment, string? Hall);

    internal sealed record EndBody(bool? Served);

    internal sealed record Made(long Id);

    internal sealed record Ticket(long Id, string Number, string State, int? Slot);

    private static async Task<Ok<IReadOnlyList<QueueView>>> QueuesAsync(HallReading reading, CancellationToken cancel) =>
        TypedResults.Ok(await reading.QueuesAsync(await reading.WindowsAsync(cancel), cancel));

    private static async Task<Ok<IReadOnlyList<FreeSlot>>> SlotsAsync(HallReading reading, CancellationToken cancel) =>
        TypedResults.Ok(await reading.FreeAsync(await reading.WindowsAsync(cancel), cancel));

    private static async Task<Ok<IReadOnlyList<AppointmentLine>>> AppointmentsAsync(HallReading reading, CancellationToken cancel) => TypedResults.Ok(await reading.AppointmentsAsync(cancel));

    private static async Task<Ok<Made>> OpenAsync(WindowBody body, HallWindows desk, PlatformDb db, CancellationToken cancel)
    {
        HallWindow window = await desk.OpenAsync(body.Hall, body.Code, body.Name, body.Places, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(window.Id), cancel));
    }

    private static async Task<Ok<Made>> CloseAsync(long id, HallWindows desk, PlatformDb db, CancellationToken cancel)
    {
        await desk.CloseAsync(id, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(id), cancel));
    }

    private static async Task<Ok<Made>> BookAsync(BookBody body, HallDesk desk, PlatformDb db, CancellationToken cancel)
    {
        Appointment appointment = await desk.BookAsync(body.Organisation, body.Window, body.Day, body.Slot, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(appointment.Id), cancel));
    }

    private static async Task<Ok<Made>> CancelAsync(long id, HallDesk desk, PlatformDb db, CancellationToken cancel)
    {
        await desk.CancelAsync(id, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Made(id), cancel));
    }

    private static async Task<Ok<Ticket>> TakeAsync(TakeBody body, HallDesk desk, PlatformDb db, CancellationToken cancel)
    {
        QueueTicket ticket = await desk.TakeNumberAsync(body.Appointment, body.Hall, cancel);
        return TypedResults.Ok(await db.CommitAsync(View(ticket), cancel));
    }

    private static async Task<Ok<Ticket>> CallAsync(long id, HallDesk desk, PlatformDb db, CancellationToken cancel)
    {
        QueueTicket ticket = await desk.CallAsync(id, cancel);
        return TypedResults.Ok(await db.CommitAsync(View(ticket), cancel));
    }

    private static async Task<Ok<Ticket>> EndAsync(long id, EndBody body, HallDesk desk, PlatformDb db, CancellationToken cancel)
    {
        QueueTicket ticket = await desk.EndAsync(id, body.Served ?? true, cancel);
        return TypedResults.Ok(await db.CommitAsync(View(ticket), cancel));
    }

    private static Ticket View(QueueTicket ticket) => new(ticket.Id, HallDesk.NumberOf(ticket), ticket.State, ticket.Slot);
}

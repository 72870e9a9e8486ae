using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>Appointments and the queue of the hall. Written by the next save.</summary>
internal sealed class HallDesk(PlatformDb db, OrganisationTree tree, CalendarBook calendars, Ids ids, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, <c>service.window-unknown</c>, <c>service.slot-unknown</c>, <c>service.slot-day</c>, <c>service.slot-taken</c>,
    /// <c>service.appointment-second</c>
    /// </exception>
    public async Task<Appointment> BookAsync(string? organisation, long window, DateOnly? asked, int slot, CancellationToken cancel = default)
    {
        Organisation enterprise = await tree.FindAsync(organisation, cancel);
        if (db.Actor.May(CasesModule.Applicant, Seat.Own, enterprise.Path) is null)
        {
            throw Refusal.Role();
        }

        HallWindow found = await db.Set<HallWindow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == window && row.ClosedOn == null, cancel) is { } open
            && Organisation.Chain(enterprise.Path).Contains(open.CityId) ? open : throw new Refusal("service.window-unknown", 422, window);
        if (!HallHours.Slots.Contains(slot))
        {
            throw new Refusal("service.slot-unknown", 422, slot);
        }

        DateTimeOffset now = clock.Instant();
        DateOnly today = now.LegalDay();
        DateOnly day = asked ?? today;
        bool past = day < today || (day == today && slot < HallHours.SlotOf(TimeOnly.FromTimeSpan(now.ToOffset(Clock.LegalOffset).TimeOfDay)));
        if (past || day > today.AddDays(HallHours.Ahead) || !(await calendars.CurrentAsync(cancel)).IsWorkday(day))
        {
            throw new Refusal("service.slot-day", 422, day, HallHours.Ahead);
        }

        if (await db.Set<Appointment>().AnyAsync(row => row.OrganisationId == enterprise.Id && row.Day == day && row.CancelledAt == null && row.TicketId == null, cancel))
        {
            throw new Refusal("service.appointment-second", 422, day);
        }

        HallSlot? place = await db.Set<HallSlot>().FirstOrDefaultAsync(row => row.WindowId == window && row.Day == day && row.Slot == slot, cancel);
        if (place?.Taken >= found.Places)
        {
            throw new Refusal("service.slot-taken", 422, day, HallHours.Text(slot));
        }

        var appointment = new Appointment
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = enterprise.Id,
            WindowId = window,
            Day = day,
            Slot = slot,
            BookedBy = db.Actor.UserId,
            BookedAt = now,
        };
        if (place is null)
        {
            place = new HallSlot { WindowId = window, Day = day, Slot = slot };
            db.Add(place);
        }

        (place.Taken, place.Version) = (place.Taken + 1, appointment.Id);
        db.Add(appointment);
        db.Audit("hall.book", new Subject("appointment", appointment.Id), enterprise.Id, appointment.Id, null, $"{day:yyyy-MM-dd} {HallHours.Text(slot)}");
        return appointment;
    }

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>service.appointment-used</c></exception>
    public async Task CancelAsync(long id, CancellationToken cancel = default)
    {
        Appointment appointment = await OwnAsync(id, cancel);
        HallSlot? place = await db.Set<HallSlot>().FirstOrDefaultAsync(row => row.WindowId == appointment.WindowId && row.Day == appointment.Day && row.Slot == appointment.Slot, cancel);
        appointment.CancelledAt = clock.Instant();
        long write = await ids.NextAsync(cancel);
        if (place is { Taken: > 0 })
        {
            (place.Taken, place.Version) = (place.Taken - 1, write);
        }

        db.Audit("hall.cancel", new Subject("appointment", id), appointment.OrganisationId, write, null, null);
    }

    /// <summary>A number for who has come: with an appointment of today, or without one.</summary>
    /// <param name="appointment">Null for a visitor without one.</param>
    /// <param name="hall">Code of the hall, where there is no appointment.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>service.appointment-used</c>, <c>service.appointment-day</c></exception>
    public async Task<QueueTicket> TakeNumberAsync(long? appointment, string? hall, CancellationToken cancel = default)
    {
        DateTimeOffset now = clock.Instant();
        DateOnly today = now.LegalDay();
        Appointment? booked = appointment is { } id ? await OwnAsync(id, cancel) : null;
        if (booked is not null && booked.Day != today)
        {
            throw new Refusal("service.appointment-day", 422, booked.Day, HallHours.Text(booked.Slot));
        }

        long place;
        if (booked is not null)
        {
            place = await db.Set<HallWindow>().Where(row => row.Id == booked.WindowId).Select(row => row.HallId).FirstAsync(cancel);
        }
        else
        {
            Organisation found = await tree.FindAsync(hall, cancel);
            place = db.Actor.Grants.Any(grant => grant.Role == CasesModule.Clerk && grant.OrganisationId == found.Id) ? found.Id : throw Refusal.Role();
        }

        long ticket = await ids.NextAsync(cancel);
        var made = new QueueTicket
        {
            Id = ticket,
            HallId = place,
            Day = today,
            Number = (await db.Set<QueueTicket>().Where(row => row.HallId == place && row.Day == today).MaxAsync(row => (int?)row.Number, cancel) ?? 0) + 1,
            Slot = booked?.Slot,
            TakenAt = now,
            State = TicketState.Waiting,
            Version = ticket,
        };
        db.Add(made);
        if (booked is not null)
        {
            booked.TicketId = ticket;
        }

        db.Audit("hall.take-number", new Subject("hall-ticket", ticket), place, ticket, null, NumberOf(made));
        return made;
    }

    /// <summary>Calls who is next: appointments whose time has come before those who came without, each by number.</summary>
    /// <exception cref="Refusal"><c>access.role</c>, <c>service.window-unknown</c>, <c>service.window-busy</c>, <c>service.queue-empty</c></exception>
    public async Task<QueueTicket> CallAsync(long window, CancellationToken cancel = default)
    {
        HallWindow found = await MannedAsync(window, cancel);
        DateTimeOffset now = clock.Instant();
        DateOnly today = now.LegalDay();
        List<QueueTicket> open = await db.Set<QueueTicket>().Where(row => row.HallId == found.HallId && row.Day == today && (row.State == TicketState.Waiting || (row.State == TicketState.Called && row.WindowId == window)))
            .OrderBy(row => row.Number).ToListAsync(cancel);
        if (open.Find(row => row.State == TicketState.Called) is { } busy)
        {
            throw new Refusal("service.window-busy", 422, NumberOf(busy));
        }

        int slot = HallHours.SlotOf(TimeOnly.FromTimeSpan(now.ToOffset(Clock.LegalOffset).TimeOfDay));
        QueueTicket next = open.Where(row => row.Slot <= slot).OrderBy(row => row.Slot).ThenBy(row => row.Number).FirstOrDefault()
            ?? open.Find(row => row.Slot is null) ?? open.FirstOrDefault() ?? throw new Refusal("service.queue-empty");
        (next.State, next.CalledAt, next.WindowId, next.CalledBy, next.Version) = (TicketState.Called, now, window, db.Actor.UserId, await ids.NextAsync(cancel));
        db.Audit("hall.call", new Subject("hall-ticket", next.Id), found.HallId, next.Version, TicketState.Waiting, TicketState.Called);
        return next;
    }

    /// <summary>The called one was served, or did not come.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>service.ticket-state</c></exception>
    public async Task<QueueTicket> EndAsync(long id, bool served, CancellationToken cancel = default)
    {
        QueueTicket ticket = await db.Set<QueueTicket>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        if (!db.Actor.Grants.Any(grant => grant.Role == CasesModule.Clerk && grant.OrganisationId == ticket.HallId))
        {
            throw Refusal.Role();
        }

        if (ticket.State != TicketState.Called)
        {
            throw new Refusal("service.ticket-state", 422, NumberOf(ticket), $"ticket-{ticket.State}");
        }

        (ticket.State, ticket.EndedAt, ticket.Version) = (served ? TicketState.Served : TicketState.NoShow, clock.Instant(), await ids.NextAsync(cancel));
        db.Audit("hall.end", new Subject("hall-ticket", id), ticket.HallId, ticket.Version, TicketState.Called, ticket.State);
        return ticket;
    }

    /// <summary>A001.</summary>
    public static string NumberOf(QueueTicket ticket) => $"A{ticket.Number:000}";

    private async Task<HallWindow> MannedAsync(long window, CancellationToken cancel)
    {
        HallWindow found = await db.Set<HallWindow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == window && row.ClosedOn == null, cancel) ?? throw new Refusal("service.window-unknown", 422, window);
        return db.Actor.Grants.Any(grant => grant.Role == CasesModule.Clerk && grant.OrganisationId == found.HallId) ? found : throw Refusal.Role();
    }

    private async Task<Appointment> OwnAsync(long id, CancellationToken cancel)
    {
        Appointment appointment = await db.Set<Appointment>().FirstOrDefaultAsync(row => row.Id == id && row.CancelledAt == null, cancel) ?? throw Refusal.NotFound();
        bool own = db.Actor.Grants.Any(grant => grant.Role == CasesModule.Applicant && grant.OrganisationId == appointment.OrganisationId);
        if (!own)
        {
            long hall = await db.Set<HallWindow>().Where(row => row.Id == appointment.WindowId).Select(row => row.HallId).FirstAsync(cancel);
            own = db.Actor.Grants.Any(grant => grant.Role == CasesModule.Clerk && grant.OrganisationId == hall);
        }

        return !own ? throw Refusal.NotFound() : appointment.TicketId is not null ? throw new Refusal("service.appointment-used") : appointment;
    }
}

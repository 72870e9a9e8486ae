using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>An appointment as its enterprise and the hall see it.</summary>
internal sealed record AppointmentLine(long Id, string Enterprise, string Hall, string Window, DateOnly Day, int Slot, string? Ticket);

/// <summary>A number on the screen.</summary>
/// <param name="Wait">Minutes from taking the number, or from the slot booked, to the call, or to now.</param>
internal sealed record TicketLine(long Id, string Number, string State, int? Slot, string Window, int Wait);

/// <summary>A hall's queue of a day.</summary>
/// <param name="AverageWait">Minutes of those who were called; null when nobody was.</param>
internal sealed record QueueView(long HallId, string Hall, IReadOnlyList<TicketLine> Called, IReadOnlyList<TicketLine> Waiting, int Served, int NoShow, int? AverageWait, int? LongestWait);

/// <summary>A slot with places left.</summary>
internal sealed record FreeSlot(long WindowId, DateOnly Day, int Slot, int Left);

/// <summary>Reads the hall: windows, free slots, appointments, queues.</summary>
internal sealed class HallReading(PlatformDb db, CalendarBook calendars, TimeProvider clock)
{
    private const int MostAppointments = 100;

    /// <summary>The open windows of the reader's city; all of them for nobody.</summary>
    public async Task<IReadOnlyList<HallWindow>> WindowsAsync(CancellationToken cancel = default)
    {
        long[] above = db.Actor.Ancestors;
        bool bound = db.Actor.UserId != 0 && above.Length > 1;
        return await db.Set<HallWindow>().AsNoTracking().Where(row => row.ClosedOn == null && (!bound || above.Contains(row.CityId))).OrderBy(row => row.HallId).ThenBy(row => row.Code).ToListAsync(cancel);
    }

    /// <summary>The slots of the next days with a place left, in order of time.</summary>
    public async Task<IReadOnlyList<FreeSlot>> FreeAsync(IReadOnlyList<HallWindow> windows, CancellationToken cancel = default)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateTimeOffset now = clock.Instant();
        DateOnly today = now.LegalDay();
        int slot = HallHours.SlotOf(TimeOnly.FromTimeSpan(now.ToOffset(Clock.LegalOffset).TimeOfDay));
        DateOnly last = today.AddDays(HallHours.Ahead);
        long[] these = [.. windows.Select(row => row.Id)];
        Dictionary<(long, DateOnly, int), int> taken = await db.Set<HallSlot>().AsNoTracking().Where(row => these.Contains(row.WindowId) && row.Day >= today && row.Day <= last)
            .ToDictionaryAsync(row => (row.WindowId, row.Day, row.Slot), row => row.Taken, cancel);
        return
        [
            .. from day in Enumerable.Range(0, HallHours.Ahead + 1).Select(ahead => today.AddDays(ahead))
               where calendar.IsWorkday(day)
               from one in HallHours.Slots
               where day > today || one >= slot
               from window in windows
               let left = window.Places - taken.GetValueOrDefault((window.Id, day, one))
               where left > 0
               select new FreeSlot(window.Id, day, one, left),
        ];
    }

    /// <summary>Appointments of the reader's scope from today on; the hall's clerks see their hall's.</summary>
    public async Task<IReadOnlyList<AppointmentLine>> AppointmentsAsync(CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        long[] halls = [.. db.Actor.Grants.Where(grant => grant.Role is CasesModule.Clerk or CasesModule.Head).Select(grant => grant.OrganisationId)];
        long[] own = [.. db.Actor.Grants.Where(grant => grant.Role == CasesModule.Applicant).Select(grant => grant.OrganisationId)];
        var found = await (
            from row in db.Set<Appointment>().AsNoTracking()
            join window in db.Set<HallWindow>() on row.WindowId equals window.Id
            join enterprise in db.Set<Organisation>() on row.OrganisationId equals enterprise.Id
            where row.Day >= today && row.CancelledAt == null && (halls.Contains(window.HallId) || own.Contains(row.OrganisationId))
            orderby row.Day, row.Slot
            select new { row.Id, enterprise.Name, window.HallName, Window = window.Name, row.Day, row.Slot, row.TicketId }).Take(MostAppointments).ToListAsync(cancel);
        long[] tickets = [.. found.Select(row => row.TicketId).OfType<long>()];
        Dictionary<long, QueueTicket> numbers = await db.Set<QueueTicket>().AsNoTracking().Where(row => tickets.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancel);
        return [.. found.Select(row => new AppointmentLine(row.Id, row.Name, row.HallName, row.Window, row.Day, row.Slot, row.TicketId is { } ticket ? HallDesk.NumberOf(numbers[ticket]) : null))];
    }

    /// <summary>Today's queue of each hall that has windows.</summary>
    public async Task<IReadOnlyList<QueueView>> QueuesAsync(IReadOnlyList<HallWindow> windows, CancellationToken cancel = default)
    {
        DateTimeOffset now = clock.Instant();
        DateOnly today = now.LegalDay();
        long[] halls = [.. windows.Select(row => row.HallId).Distinct()];
        Dictionary<long, string> names = windows.ToDictionary(row => row.Id, row => row.Name);
        List<QueueTicket> tickets = await db.Set<QueueTicket>().AsNoTracking().Where(row => halls.Contains(row.HallId) && row.Day == today).OrderBy(row => row.Number).ToListAsync(cancel);
        return
        [
            .. from hall in halls
               let own = tickets.FindAll(row => row.HallId == hall)
               let waits = own.Where(row => row.CalledAt is not null).Select(row => row.Waited(now)).ToArray()
               select new QueueView(hall, windows.First(row => row.HallId == hall).HallName,
                   [.. own.Where(row => row.State == TicketState.Called).Select(row => Line(row, names, now))],
                   [.. own.Where(row => row.State == TicketState.Waiting).Select(row => Line(row, names, now))],
                   own.Count(row => row.State == TicketState.Served), own.Count(row => row.State == TicketState.NoShow),
                   waits.Length == 0 ? null : (int)Math.Round(waits.Average()), waits.Length == 0 ? null : waits.Max()),
        ];
    }

    private static TicketLine Line(QueueTicket row, Dictionary<long, string> names, DateTimeOffset now) =>
        new(row.Id, HallDesk.NumberOf(row), row.State, row.Slot, row.WindowId is { } window ? names.GetValueOrDefault(window, "") : "", row.Waited(now));
}

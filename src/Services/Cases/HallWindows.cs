using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>Opens and closes the windows of a hall. Written by the next save.</summary>
internal sealed class HallWindows(PlatformDb db, OrganisationTree tree, Ids ids, TimeProvider clock)
{
    private const int LongestName = 60;
    private const int MostPlaces = 20;

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>service.window-text</c>, <c>service.window-taken</c></exception>
    public async Task<HallWindow> OpenAsync(string? hall, string? code, string? name, int places, CancellationToken cancel = default)
    {
        Organisation found = await tree.FindAsync(hall, cancel);
        if (db.Actor.May(CasesModule.Head, Seat.Own, found.Path) is null)
        {
            throw Refusal.Role();
        }

        if (string.IsNullOrWhiteSpace(code) || code.Length > LongestName || string.IsNullOrWhiteSpace(name) || name.Length > LongestName || places is < 1 or > MostPlaces)
        {
            throw new Refusal("service.window-text", 422, LongestName, MostPlaces);
        }

        if (await db.Set<HallWindow>().AnyAsync(row => row.HallId == found.Id && row.Code == code.Trim(), cancel))
        {
            throw new Refusal("service.window-taken", 422, code);
        }

        long[] above = [.. Organisation.Chain(found.Path)];
        var window = new HallWindow
        {
            Id = await ids.NextAsync(cancel),
            HallId = found.Id,
            CityId = await db.Set<Organisation>().Where(row => above.Contains(row.Id) && row.Kind == OrganisationKind.City).Select(row => row.Id).FirstAsync(cancel),
            HallName = found.Name,
            Code = code.Trim(),
            Name = name.Trim(),
            Places = places,
        };
        db.Add(window);
        db.Audit("hall.window", new Subject("hall-window", window.Id), found.Id, window.Id, null, window.Code);
        return window;
    }

    /// <summary>From now on it takes no appointments and calls nobody; who has one there is not left standing.</summary>
    /// <exception cref="Refusal"><c>access.role</c>, <c>service.window-unknown</c>, <c>service.window-appointments</c>, <c>service.window-busy</c></exception>
    public async Task CloseAsync(long id, CancellationToken cancel = default)
    {
        HallWindow window = await db.Set<HallWindow>().FirstOrDefaultAsync(row => row.Id == id && row.ClosedOn == null, cancel) ?? throw new Refusal("service.window-unknown", 422, id);
        if (!db.Actor.Grants.Any(grant => grant.Role == CasesModule.Head && grant.OrganisationId == window.HallId))
        {
            throw Refusal.Role();
        }

        DateOnly today = clock.Today();
        if (await db.Set<HallSlot>().Where(row => row.WindowId == id && row.Day > today && row.Taken > 0).SumAsync(row => row.Taken, cancel)
            + await db.Set<Appointment>().CountAsync(row => row.WindowId == id && row.Day == today && row.CancelledAt == null && row.TicketId == null, cancel) is > 0 and var open)
        {
            throw new Refusal("service.window-appointments", 422, open);
        }

        if (await db.Set<QueueTicket>().FirstOrDefaultAsync(row => row.WindowId == id && row.Day == today && row.State == TicketState.Called, cancel) is { } busy)
        {
            throw new Refusal("service.window-busy", 422, HallDesk.NumberOf(busy));
        }

        window.ClosedOn = today;
        db.Audit("hall.close", new Subject("hall-window", id), window.HallId, await ids.NextAsync(cancel), null, window.Code);
    }
}

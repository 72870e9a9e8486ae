using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Calendar;

internal static class CalendarEndpoints
{
    private const int MostChanges = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/calendar", ReadAsync).OpenToAnyone("State Council notices are public");
        routes.MapGet("/api/calendar/changes", ChangesAsync).OpenToAnyone("State Council notices are public");
        routes.MapPut("/api/calendar/{year:int}", ImportAsync).ForRoles(Role.SystemAdmin);
    }

    /// <param name="Days">One day a line: <c>yyyy-MM-dd,off|work,name</c>.</param>
    /// <param name="Source">Address of the notice.</param>
    internal sealed record NoticeBody(string? Days, string? Source);

    /// <param name="Moved">Open due days that it moved.</param>
    /// <param name="Done">No node can still use the calendar before it.</param>
    internal sealed record ChangeView(int Year, string Source, string Before, string After, DateOnly FirstDay, DateTimeOffset At, long Moved, bool Done);

    private static async Task<Ok<CalendarView>> ReadAsync(CalendarBook book, CancellationToken cancel)
    {
        WorkCalendar calendar = await book.CurrentAsync(cancel);
        return TypedResults.Ok(new CalendarView(calendar.Version, calendar.PublishedYears.Order()));
    }

    private static async Task<Ok<CalendarView>> ImportAsync(int year, NoticeBody body, CalendarDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.TakeAsync(year, body.Days, body.Source, cancel));

    private static async Task<Ok<List<ChangeView>>> ChangesAsync(PlatformDb db, CancellationToken cancel) => TypedResults.Ok(await db.Set<CalendarChange>().AsNoTracking()
        .Where(row => row.Year != 0).OrderByDescending(row => row.Id).Take(MostChanges)
        .Select(row => new ChangeView(row.Year, row.Source, row.Before, row.After, row.FirstDay, row.At, row.Moved, row.DoneAt != null)).ToListAsync(cancel));
}

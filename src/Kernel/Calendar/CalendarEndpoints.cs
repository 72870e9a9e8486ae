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
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/calendar", ReadAsync).OpenToAnyone("State Council notices are public");
        routes.MapPut("/api/calendar/{year:int}", ImportAsync).ForRoles(Role.SystemAdmin);
    }

    /// <param name="Days">One day a line: <c>yyyy-MM-dd,off|work,name</c>.</param>
    /// <param name="Source">Address of the notice.</param>
    internal sealed record NoticeBody(string? Days, string? Source);

    internal sealed record CalendarView(string Version, IEnumerable<int> Years);

    private static async Task<Ok<CalendarView>> ReadAsync(CalendarBook book, CancellationToken cancel)
    {
        WorkCalendar calendar = await book.CurrentAsync(cancel);
        return TypedResults.Ok(new CalendarView(calendar.Version, calendar.PublishedYears.Order()));
    }

    private static async Task<Ok<CalendarView>> ImportAsync(
        int year, NoticeBody body, PlatformDb db, Ids ids, CalendarBook book, TimeProvider clock, CancellationToken cancel) =>
        TypedResults.Ok(await TakeAsync(year, body.Days, body.Source, db, ids, book, clock, cancel));

    /// <summary>Takes a year's notice in and saves it; the dates that rest on it follow.</summary>
    internal static async Task<CalendarView> TakeAsync(
        int year, string? text, string? source, PlatformDb db, Ids ids, CalendarBook book, TimeProvider clock, CancellationToken cancel = default)
    {
        if (year is < 2007 or > 2100 || string.IsNullOrWhiteSpace(source))
        {
            throw new Refusal("calendar.notice");
        }

        IReadOnlyList<NoticeDay> days = CalendarBook.Parse(text ?? "");
        if (days.Count == 0)
        {
            throw new Refusal("calendar.notice");
        }

        WorkCalendar before = await book.CurrentAsync(cancel);
        WorkCalendar after;
        try
        {
            after = before.WithNotice(year, days, [source]);
        }
        catch (ArgumentException error)
        {
            throw new Refusal("calendar.notice-days", 422, error.Message);
        }

        CalendarNotice? known = await db.Set<CalendarNotice>().FirstOrDefaultAsync(row => row.Year == year, cancel);
        if (known is null)
        {
            known = new CalendarNotice { Year = year };
            db.Add(known);
        }

        known.Days = text!;
        known.Source = source;
        known.ImportedAt = clock.Instant();
        db.Audit("calendar.import", new Subject("calendar", year), 0, await ids.NextAsync(cancel), before.Version, after.Version);
        CalendarView answer = await db.CommitAsync(new CalendarView(after.Version, after.PublishedYears.Order().ToList()), cancel);
        book.Forget();
        return answer;
    }
}

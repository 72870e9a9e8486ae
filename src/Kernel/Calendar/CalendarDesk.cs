using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Calendar;

/// <summary>Takes a year's holiday notice in; the due days that rest on it follow, each with the notice as its reason.</summary>
internal sealed class CalendarDesk(PlatformDb db, Ids ids, CalendarBook book, Rederivation rederivation, TimeProvider clock)
{
    /// <param name="days">One day a line: <c>yyyy-MM-dd,off|work,name</c>.</param>
    /// <param name="source">Address of the notice.</param>
    /// <exception cref="Refusal"><c>calendar.notice</c>, <c>calendar.notice-line</c>, <c>calendar.notice-days</c></exception>
    public async Task<CalendarView> TakeAsync(int year, string? days, string? source, CancellationToken cancel = default)
    {
        if (year is < 2007 or > 2100 || string.IsNullOrWhiteSpace(source))
        {
            throw new Refusal("calendar.notice");
        }

        IReadOnlyList<NoticeDay> named = CalendarBook.Parse(days ?? "");
        if (named.Count == 0)
        {
            throw new Refusal("calendar.notice");
        }

        book.Forget();
        WorkCalendar before = await book.CurrentAsync(cancel);
        WorkCalendar after;
        try
        {
            after = before.WithNotice(year, named, [source]);
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

        (known.Days, known.Source, known.ImportedAt) = (days!, source, clock.Instant());
        long id = await ids.NextAsync(cancel);
        if (Rederivation.FirstDifference(before, after) is { } first)
        {
            db.Add(new CalendarChange { Id = id, Year = year, Source = source, Before = before.Version, After = after.Version, FirstDay = first, At = clock.Instant() });
        }

        db.Audit("calendar.import", new Subject("calendar", year), 0, id, before.Version, after.Version);
        CalendarView answer = await db.CommitAsync(new CalendarView(after.Version, after.PublishedYears.Order().ToList()), cancel);
        book.Forget();
        await rederivation.RunAsync(cancel);
        return answer;
    }
}

internal sealed record CalendarView(string Version, IEnumerable<int> Years);

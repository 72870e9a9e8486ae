using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Calendar;

/// <summary>The working calendar in force: the product's own table and the notices imported since.</summary>
public sealed class CalendarBook(IDbContextFactory<PlatformDb> contexts, TimeProvider clock)
{
    /// <summary>Another node's import is seen after at most this long.</summary>
    internal static TimeSpan Fresh { get; } = TimeSpan.FromSeconds(10);

    private WorkCalendar _calendar = WorkCalendar.Published;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    public async ValueTask<WorkCalendar> CurrentAsync(CancellationToken cancel = default)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now - _readAt < Fresh && now >= _readAt)
        {
            return _calendar;
        }

        await using PlatformDb db = contexts.Lease(Actor.Nobody);
        WorkCalendar calendar = WorkCalendar.Published;
        foreach (CalendarNotice notice in await db.Set<CalendarNotice>().AsNoTracking().OrderBy(row => row.Year).ToListAsync(cancel))
        {
            calendar = calendar.WithNotice(notice.Year, Parse(notice.Days), [notice.Source]);
        }

        _calendar = calendar;
        _readAt = now;
        return calendar;
    }

    internal void Forget() => _readAt = DateTimeOffset.MinValue;

    /// <summary>One day a line: <c>yyyy-MM-dd,off|work,name</c>.</summary>
    /// <exception cref="Refusal"><c>calendar.notice-line</c> with the line's number.</exception>
    internal static IReadOnlyList<NoticeDay> Parse(string days)
    {
        var named = new List<NoticeDay>();
        string[] lines = days.Split('\n', StringSplitOptions.TrimEntries);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            named.Add(lines[i].Split(',') is [var date, ("off" or "work") and var kind, { Length: > 0 } name]
                && DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
                ? new NoticeDay(day, name, kind == "off" ? DayKind.Off : DayKind.Work)
                : throw new Refusal("calendar.notice-line", 422, i + 1));
        }

        return named;
    }
}

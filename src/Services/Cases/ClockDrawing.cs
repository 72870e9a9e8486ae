using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web.Kit;

namespace Lodestone.Services.Cases;

/// <summary>A clock's ledger as spans to be drawn: run, held, left or over. Pure.</summary>
internal static class ClockDrawing
{
    public static IReadOnlyList<ClockSpan> Of(CaseTime time, WorkCalendar calendar, DateOnly today)
    {
        var spans = new List<ClockSpan>();
        DateOnly? from = null;
        bool running = false;
        DateOnly end = time.Deadline.EndedOn ?? (today > time.Deadline.Ledger[^1].On ? today : time.Deadline.Ledger[^1].On);
        foreach (DeadlineEntry entry in time.Deadline.Ledger.Where(entry => entry.Event is not (DeadlineEvent.Extended or DeadlineEvent.Ended)))
        {
            Add(spans, from, entry.On, running, calendar);
            (from, running) = (entry.On, entry.Event is DeadlineEvent.Started or DeadlineEvent.Resumed);
        }

        Add(spans, from, end, running, calendar);
        int left = time.Remaining(calendar, today);
        if (time.Deadline.EndedOn is null || left < 0)
        {
            spans.Add(new ClockSpan(left < 0 ? ClockSpanKind.Over : ClockSpanKind.Left, Math.Abs(left), Day(end)));
        }

        return spans.Count > 0 ? spans : [new ClockSpan(ClockSpanKind.Run, 0, Day(time.Deadline.StartedOn))];
    }

    /// <summary>The due day in words; the first one beside it where it has moved.</summary>
    public static string Until(CaseTime time) => time.Clock.DueOn is { } due ? Day(due) : "—";

    private static void Add(List<ClockSpan> spans, DateOnly? from, DateOnly to, bool running, WorkCalendar calendar)
    {
        // A span that cost no working day would only crowd the picture.
        if (from is { } start && calendar.WorkdaysBetween(start, to) is > 0 and var days)
        {
            spans.Add(new ClockSpan(running ? ClockSpanKind.Run : ClockSpanKind.Hold, days, Day(start)));
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

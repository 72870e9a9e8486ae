using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Notices;

/// <summary>When a digest goes: on working days from half past eight on, by legal time.</summary>
internal static class DigestSchedule
{
    private const int LongestWaitMinutes = 60;

    private static readonly TimeOnly s_hour = new(8, 30);

    /// <summary>
    /// A notice is sent when it is so old. On PostgreSQL ids do not become visible in their order; a transaction that took a lower id is
    /// committed or gone by then (decisions/0012).
    /// </summary>
    public static TimeSpan Settles { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Longer than any sending takes.</summary>
    public static TimeSpan Claim { get; } = TimeSpan.FromMinutes(10);

    public static DateOnly DayOf(DateTimeOffset now) => now.LegalDay();

    public static bool HourHasCome(DateTimeOffset now) => TimeOnly.FromDateTime(now.ToOffset(Clock.LegalOffset).DateTime) >= s_hour;

    public static bool IsOpen(DateTimeOffset now, WorkCalendar calendar) => HourHasCome(now) && calendar.IsWorkday(DayOf(now));

    /// <summary>2, 4, 8 … minutes, at most an hour.</summary>
    public static TimeSpan WaitAfter(int failures) => TimeSpan.FromMinutes(Math.Min(LongestWaitMinutes, Math.Pow(2, Math.Min(failures, 10))));
}

using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lodestone.Kernel.Data;

/// <summary>Instants are UTC, kept as whole microseconds since 1970 on both engines: ordered, indexable, exact.</summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => ToMicroseconds(instant),
    microseconds => FromMicroseconds(microseconds))
{
    public static long ToMicroseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10);
}

/// <summary>Clock readings cut to what the database keeps, so that a value read back equals the value written.</summary>
public static class Clock
{
    /// <summary>The place where legal days are counted. China has one time zone and no daylight saving.</summary>
    public static TimeSpan LegalOffset { get; } = TimeSpan.FromHours(8);

    public static DateTimeOffset Instant(this TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % 10), TimeSpan.Zero);
    }

    /// <summary>Today by the legal day.</summary>
    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().LegalDay();

    public static DateOnly LegalDay(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(LegalOffset).DateTime);
}

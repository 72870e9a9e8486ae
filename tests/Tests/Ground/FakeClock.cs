namespace Lodestone.Tests.Ground;

/// <summary>A clock that stands until it is moved. Timers run in real time: only legal time is faked.</summary>
public sealed class FakeClock : TimeProvider
{
    private long _now = new DateTimeOffset(2026, 7, 6, 9, 0, 0, TimeSpan.FromHours(8)).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);

    /// <summary>To nine o'clock of a legal day.</summary>
    public void GoTo(DateOnly day) =>
        Interlocked.Exchange(ref _now, new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(8)).UtcTicks);
}

namespace Lodestone.Kernel.Packs;

/// <summary>The clock under which a demonstration's history is played: it stands where it was last set.</summary>
public sealed class PackClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>History only goes on.</summary>
    public void Set(DateTimeOffset instant)
    {
        if (instant.UtcTicks > Interlocked.Read(ref _ticks))
        {
            Interlocked.Exchange(ref _ticks, instant.UtcTicks);
        }
    }

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}

namespace Lodestone.Kernel.Notices;

/// <summary>
/// How far a reader of the notice table has come. Only a sending that succeeded moves it on; what a process that died had in hand is
/// sent again when its claim has run out.
/// </summary>
public abstract class Subscriber
{
    /// <summary>Everything up to this notice has been sent or was nothing for this reader.</summary>
    public long LastNoticeId { get; internal set; }

    /// <summary>The last working day that is dealt with.</summary>
    public DateOnly? LastDay { get; internal set; }

    public DateTimeOffset? SentAt { get; internal set; }

    /// <summary>Attempts in a row that failed.</summary>
    public int Failures { get; internal set; }

    public DateTimeOffset? RetryAt { get; internal set; }

    /// <summary>Code of the last failure with its figure behind a blank, <c>status 503</c>; its sentence is <c>digest.error.{code}</c>.</summary>
    public string? LastError { get; internal set; }

    /// <summary>Until then another node or process has it in hand.</summary>
    public DateTimeOffset? ClaimedUntil { get; internal set; }

    /// <summary>Of two who claim at once the later one is refused.</summary>
    public long Version { get; internal set; }

    /// <summary>Begins at the present end of the table; a day whose hour has passed is dealt with.</summary>
    internal void Begin(long lastNotice, DateTimeOffset now)
    {
        LastNoticeId = lastNotice;
        LastDay = DigestSchedule.HourHasCome(now) ? DigestSchedule.DayOf(now) : null;
        Forgive();
    }

    internal void Done(long upTo, DateTimeOffset now, bool sent)
    {
        LastNoticeId = upTo;
        LastDay = DigestSchedule.DayOf(now);
        SentAt = sent ? now : SentAt;
        ClaimedUntil = null;
        Forgive();
    }

    internal void Failed(string error, DateTimeOffset now)
    {
        Failures++;
        LastError = error;
        RetryAt = now + DigestSchedule.WaitAfter(Failures);
        ClaimedUntil = null;
        Version++;
    }

    private void Forgive()
    {
        Failures = 0;
        LastError = null;
        RetryAt = null;
        Version++;
    }
}

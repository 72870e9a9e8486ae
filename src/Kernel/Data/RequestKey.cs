namespace Lodestone.Kernel.Data;

/// <summary>The first answer to an <c>Idempotency-Key</c>, written in the command's own transaction.</summary>
[SharedAcrossOrganisations("A user's own keys, always asked for by user id.")]
[Unaudited("Written beside the command it repeats.")]
public sealed class RequestKey
{
    public long UserId { get; private set; }

    public string Key { get; private set; } = "";

    /// <summary>SHA-256 over method, path and body.</summary>
    public string RequestHash { get; private set; } = "";

    public int Status { get; private set; }

    public string Answer { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}

/// <summary>The key that came with the request being handled.</summary>
public sealed record PendingRequest(string Key, string Hash);

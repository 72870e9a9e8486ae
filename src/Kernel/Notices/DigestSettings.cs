namespace Lodestone.Kernel.Notices;

/// <summary>How the mail server is spoken to.</summary>
public enum MailTls
{
    /// <summary>TLS after STARTTLS; a server without it is not used.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>In the clear, for a server on the same machine.</summary>
    None,
}

/// <summary>The mail server and who writes.</summary>
/// <param name="User">Null when the server asks for nobody.</param>
/// <param name="From">The sender's address.</param>
public sealed record MailSettings(string Host, int Port, string? User, string? Password, string From, MailTls Tls);

/// <summary>What leaves by itself: digests by mail and by webhook.</summary>
public sealed record DigestSettings
{
    /// <summary>Null when mail is not set up.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>Where people open the platform; links begin with it.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Lets webhooks reach private addresses, and this machine without TLS. Whoever may set a webhook then reaches the inner network.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>How often it is looked whether something is due; infinite for never.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The page of a case.</summary>
    internal string LinkTo(string path) => BaseAddress is null ? path : new Uri(BaseAddress, path).ToString();
}

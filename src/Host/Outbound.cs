using System.Globalization;
using Lodestone.Kernel.Notices;

namespace Lodestone.Host;

/// <summary>Reads from the environment how mail and webhooks go out (docs/operations.md lists the variables).</summary>
internal static class Outbound
{
    /// <exception cref="FormatException">A variable is missing or cannot be read.</exception>
    public static DigestSettings Read(Func<string, string?> environment)
    {
        Uri? address = Given("LODESTONE_BASE_ADDRESS") is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out Uri? read) && (read.Scheme == Uri.UriSchemeHttps || read.Scheme == Uri.UriSchemeHttp) ? read
            : throw new FormatException("LODESTONE_BASE_ADDRESS https://…/");
        MailSettings? mail = Given("LODESTONE_MAIL_HOST") is not { } host ? null : new MailSettings(host,
            Given("LODESTONE_MAIL_PORT") is not { } port ? 587
                : int.TryParse(port, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 65536 ? number
                : throw new FormatException("LODESTONE_MAIL_PORT 1-65535"),
            Given("LODESTONE_MAIL_USER"), environment("LODESTONE_MAIL_PASSWORD"),
            Given("LODESTONE_MAIL_FROM") ?? throw new FormatException("LODESTONE_MAIL_FROM name@example"),
            Given("LODESTONE_MAIL_TLS") switch
            {
                null or "starttls" => MailTls.StartTls,
                "tls" => MailTls.Tls,
                "none" => MailTls.None,
                _ => throw new FormatException("LODESTONE_MAIL_TLS starttls | tls | none"),
            });
        return mail is not null && address is null
            ? throw new FormatException("LODESTONE_BASE_ADDRESS https://…/ (the links in mail begin with it)")
            : new DigestSettings { Mail = mail, BaseAddress = address, AllowPrivate = Given("LODESTONE_WEBHOOK_PRIVATE") == "allow" };

        string? Given(string name) => environment(name)?.Trim() is { Length: > 0 } value ? value : null;
    }
}

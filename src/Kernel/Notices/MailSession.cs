using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Lodestone.Kernel.Notices;

/// <summary>One connection to the mail server for as many letters as there are.</summary>
internal sealed class MailSession(MailSettings settings) : IDisposable
{
    private const int PatienceMilliseconds = 15_000;

    private SmtpClient? _client;

    /// <summary>False when the server itself does not answer, so that further letters are not worth a try now.</summary>
    public bool Lives { get; private set; } = true;

    /// <returns>Null when the server took the letter; else the code of what went wrong.</returns>
    public async Task<string?> SendAsync(MimeMessage letter, CancellationToken cancel)
    {
        try
        {
            SmtpClient client = await ConnectAsync(cancel);
            await client.SendAsync(letter, cancel);
            return null;
        }
        catch (SmtpCommandException error) when (error.ErrorCode is SmtpErrorCode.RecipientNotAccepted)
        {
            return "recipient";
        }
        catch (AuthenticationException)
        {
            return Dead("login");
        }
        catch (SslHandshakeException)
        {
            return Dead("tls");
        }
        catch (NotSupportedException)
        {
            // The server offers no STARTTLS, or no way to sign in.
            return Dead("tls");
        }
        catch (Exception error) when (error is SmtpCommandException or SmtpProtocolException)
        {
            return Dead("mail-refused");
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or TimeoutException or MailKit.ServiceNotConnectedException)
        {
            return Dead("network");
        }
    }

    public void Dispose() => _client?.Dispose();

    private string Dead(string error)
    {
        _client?.Dispose();
        _client = null;
        Lives = false;
        return error;
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken cancel)
    {
        if (_client is { IsConnected: true } open)
        {
            return open;
        }

        _client?.Dispose();
        _client = new SmtpClient { Timeout = PatienceMilliseconds };
        await _client.ConnectAsync(settings.Host, settings.Port, settings.Tls switch
        {
            MailTls.StartTls => SecureSocketOptions.StartTls,
            MailTls.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        }, cancel);
        if (settings.User is { } user)
        {
            await _client.AuthenticateAsync(user, settings.Password ?? "", cancel);
        }

        return _client;
    }
}

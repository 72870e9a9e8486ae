using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Lodestone.Tests.Ground;

/// <summary>A mail server of its own that keeps what it is sent, or refuses it when told to (RFC 5321, the part a sender needs).</summary>
public sealed class MailBox : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<MimeMessage> _letters = new();

    public MailBox()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The answer to a recipient; 250 takes it.</summary>
    public string Recipient { get; set; } = "250 OK";

    /// <summary>The answer to the letter's text; null closes the line instead.</summary>
    public string? Text { get; set; } = "250 OK";

    /// <summary>Letters taken since the last call.</summary>
    public IReadOnlyList<MimeMessage> Take()
    {
        var taken = new List<MimeMessage>();
        while (_letters.TryDequeue(out MimeMessage? letter))
        {
            taken.Add(letter);
        }

        return taken;
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            await using NetworkStream stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 box");
            while (await reader.ReadLineAsync() is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await writer.WriteLineAsync("250-box");
                        await writer.WriteLineAsync("250 8BITMIME");
                        break;
                    case "RCPT":
                        await writer.WriteLineAsync(Recipient);
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 go on");
                        MimeMessage letter = await ReadAsync(reader);
                        if (Text is not { } answer)
                        {
                            return;
                        }

                        if (answer.StartsWith("250", StringComparison.Ordinal))
                        {
                            _letters.Enqueue(letter);
                        }

                        await writer.WriteLineAsync(answer);
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 bye");
                        return;
                    default:
                        await writer.WriteLineAsync("250 OK");
                        break;
                }
            }
        }
    }

    private static async Task<MimeMessage> ReadAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        }

        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        return await MimeMessage.LoadAsync(content);
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Lodestone.Kernel.Notices;

/// <summary>Posts a signed body. The receiver reckons HMAC-SHA-256 over the timestamp, a full stop and the body, and looks at the time.</summary>
internal sealed class WebhookCall : IDisposable
{
    public const string Timestamp = "X-Lodestone-Timestamp";
    public const string Signature = "X-Lodestone-Signature";

    /// <summary>The same when a delivery is repeated, so that a receiver can tell.</summary>
    public const string Delivery = "X-Lodestone-Delivery";

    private readonly HttpClient _client;

    public WebhookCall(DigestSettings settings) =>
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, cancel) => SafeAddress.ConnectAsync(context.DnsEndPoint, settings.AllowPrivate, cancel),
        })
        { Timeout = TimeSpan.FromSeconds(15) };

    /// <returns>Null when it was taken; else the code of what went wrong.</returns>
    public async Task<string?> PostAsync(Uri address, string secret, string delivery, byte[] body, DateTimeOffset now, CancellationToken cancel)
    {
        string timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add(Timestamp, timestamp);
        request.Headers.Add(Signature, $"sha256={Sign(secret, timestamp, body)}");
        request.Headers.Add(Delivery, delivery);
        try
        {
            using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"status {(int)answer.StatusCode}");
        }
        catch (HttpRequestException error)
        {
            return error.InnerException is Refusal ? "private" : "network";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "timeout";
        }
    }

    public static string Sign(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{timestamp}."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    public void Dispose() => _client.Dispose();
}

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lodestone.Kernel.Web;

namespace Lodestone.Tests.Ground;

/// <summary>What the API answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    /// <summary>The body as JSON; null when it is none.</summary>
    public JsonNode? Body
    {
        get
        {
            try
            {
                return JsonNode.Parse(Text);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>The refusal's code; null when it was none.</summary>
    public string? Code => Body is JsonObject body && body.TryGetPropertyValue("code", out JsonNode? code) && !Message.IsSuccessStatusCode
        ? (string?)code
        : null;

    public JsonNode this[string name] => Ok().Body![name] ?? throw new InvalidOperationException($"No '{name}' in {Text}");

    /// <summary>The answer itself, or a failed test that shows what came instead.</summary>
    public Answer Ok()
    {
        Assert.True(Message.IsSuccessStatusCode, $"{Message.RequestMessage?.Method} {Message.RequestMessage?.RequestUri?.PathAndQuery}: {(int)Status} {Text}");
        return this;
    }

    /// <summary>Demands a refusal with this code and status.</summary>
    public void Refused(string code, int status)
    {
        Assert.Equal((code, status), (Code ?? Text, (int)Status));
        Assert.Equal("application/problem+json", Message.Content.Headers.ContentType?.MediaType);
    }
}

/// <summary>Short ways to call the API.</summary>
public static class Calls
{
    public static Task<Answer> ReadAsync(this HttpClient client, string path) => client.CallAsync(HttpMethod.Get, path);

    public static Task<Answer> PostAsync(this HttpClient client, string path, object body, string? key = null) =>
        client.CallAsync(HttpMethod.Post, path, body, key);

    public static Task<Answer> PutAsync(this HttpClient client, string path, object body, string? key = null) =>
        client.CallAsync(HttpMethod.Put, path, body, key);

    public static async Task<Answer> CallAsync(this HttpClient client, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = body as HttpContent ?? JsonContent.Create(body, options: Json.Options);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }
}

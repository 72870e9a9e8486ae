using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Lodestone.Tests.Contract;

/// <summary>Somebody outside the project: knows the contract's routes and JSON, and nothing of the code.</summary>
public sealed class Outsider(HttpClient http)
{
    /// <summary>Signs in and keeps the token.</summary>
    public static async Task<Outsider> SignInAsync(Uri address, string userName, string password)
    {
        var http = new HttpClient { BaseAddress = address };
        var outsider = new Outsider(http);
        JsonNode token = await outsider.PostAsync("/api/tokens", new JsonObject { ["userName"] = userName, ["password"] = password });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token["token"]);
        return outsider;
    }

    public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    public Task<JsonNode> PostAsync(string path, JsonNode body, string? key = null) => SendAsync(HttpMethod.Post, path, body, key);

    public Task<JsonNode> PutAsync(string path, JsonNode body, string? key = null) => SendAsync(HttpMethod.Put, path, body, key);

    public async Task<byte[]> BytesAsync(string path)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative));
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {response.StatusCode} {Encoding.UTF8.GetString(bytes)}");
        return bytes;
    }

    /// <summary>Sends something that must be refused and gives the refusal's code.</summary>
    public async Task<string> RefusedAsync(HttpMethod method, string path, JsonNode? body, HttpStatusCode status)
    {
        (HttpStatusCode answered, string text) = await RawAsync(method, path, body, null);
        Assert.True(answered == status, $"{method} {path}: expected {status}, got {answered} {text}");
        return (string)JsonNode.Parse(text)!["code"]!;
    }

    public async Task<(HttpStatusCode Status, string Text)> RawAsync(HttpMethod method, string path, JsonNode? body, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static decimal Number(JsonNode? node) => decimal.Parse(node!.ToJsonString(), NumberStyles.Number, CultureInfo.InvariantCulture);

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, string? key)
    {
        (HttpStatusCode status, string text) = await RawAsync(method, path, body, key);
        Assert.True((int)status is >= 200 and < 300, $"{method} {path}: {status} {text} for {body?.ToJsonString()}");
        return JsonNode.Parse(text)!;
    }
}

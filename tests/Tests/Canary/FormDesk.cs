using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Lodestone.Tests.Ground;
using Microsoft.AspNetCore.Components;

namespace Lodestone.Tests.Canary;

/// <summary>
/// Posts every form of a page as its reader would, filled with the things of a foreign branch. A page that does not open is drawn for no form, so there
/// one form is enough to see that it stays shut. A form of one row is dispatched only where the page draws that row: it is posted for each foreign row that is
/// drawn, and for one that is not.
/// </summary>
/// <param name="enter">Signs the reader in anew: some forms end the token that they are posted with. Null for nobody.</param>
internal sealed partial class FormDesk(HttpClient client, Func<Task<HttpClient>>? enter, Branch foreign) : IDisposable
{
    private HttpClient _client = client;
    private (string? Token, string? Cookie)? _token;

    /// <summary>How many forms came past the door, the role and the token, as far as what they name.</summary>
    public int Reached { get; private set; }

    public void Dispose() => _client.Dispose();

    /// <returns>What was said and what was heard, for each form and address.</returns>
    public async Task<IReadOnlyList<(string Said, string Heard)>> PostAsync(RouteUnderTest page)
    {
        (string? token, string? cookie) = _token ??= await TokenAsync();
        var heard = new List<(string, string)>();
        foreach (string address in new RouteFilling(foreign).Addresses(page with { Method = "GET" }))
        {
            string? drawn = await DrawnAsync(address);
            foreach (string form in FormsOf(page, drawn ?? "").Take(drawn is null ? 1 : int.MaxValue))
            {
                var fields = new Dictionary<string, string>(Fields(page.Page!)) { ["_handler"] = form };
                HttpResponseMessage response = await SendAsync(address, fields, token, cookie);
                if (enter is not null && IsDoor(response))
                {
                    response.Dispose();
                    _client.Dispose();
                    _client = await enter();
                    (token, cookie) = (_token = await TokenAsync()).Value;
                    response = await SendAsync(address, fields, token, cookie);
                }

                using HttpResponseMessage answered = response;
                Reached += IsDoor(response) || response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest ? 0 : 1;
                string said = $"POST {address} {string.Join('&', fields.Select(field => $"{field.Key}={field.Value}"))}";
                string text = $"{response.Headers}{await response.Content.ReadAsStringAsync()}";
                Assert.True((int)response.StatusCode < 500, $"{said}: {text}");
                heard.Add((said, text));
            }
        }

        return heard;
    }

    /// <summary>The page as the reader sees it; null where it stays shut.</summary>
    private async Task<string?> DrawnAsync(string address)
    {
        using HttpResponseMessage page = await _client.GetAsync(address);
        return page.IsSuccessStatusCode ? await page.Content.ReadAsStringAsync() : null;
    }

    private async Task<HttpResponseMessage> SendAsync(string address, Dictionary<string, string> fields, string? token, string? cookie)
    {
        if (token is not null)
        {
            fields["__RequestVerificationToken"] = token;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await _client.SendAsync(request);
    }

    private static bool IsDoor(HttpResponseMessage response) => response.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) == true;

    /// <summary>The page's own forms and those of the parts that it holds.</summary>
    private IEnumerable<string> FormsOf(RouteUnderTest page, string drawn) =>
        Routes.Forms().Where(form => Routes.Parts(page.Page!.Name).Contains(form.Component))
            .SelectMany(form => form.Form.Contains("{}", StringComparison.Ordinal)
                ? foreign.Ids.Select(id => $"{id}").Append(foreign.Reporter).Select(row => form.Form.Replace("{}", row, StringComparison.Ordinal))
                    .Where((name, at) => at == 0 || drawn.Contains($"value=\"{name}\"", StringComparison.Ordinal))
                : [form.Form]).Distinct();

    private IEnumerable<KeyValuePair<string, string>> Fields(Type page)
    {
        var filling = new RouteFilling(foreign);
        foreach (PropertyInfo property in page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.GetCustomAttribute<SupplyParameterFromFormAttribute>() is not null))
        {
            if (property.PropertyType.Namespace?.StartsWith("Lodestone.", StringComparison.Ordinal) == true)
            {
                foreach (PropertyInfo inner in property.PropertyType.GetProperties())
                {
                    yield return new($"{property.Name}.{inner.Name}", filling.Field(inner.Name));
                }
            }
            else
            {
                yield return new(property.Name, filling.Field(property.Name));
            }
        }
    }

    /// <summary>A token with its cookie from the page that everybody has who has signed in; it is good for every form.</summary>
    private async Task<(string? Token, string? Cookie)> TokenAsync()
    {
        using HttpResponseMessage response = await _client.GetAsync("/");
        Match found = TokenField().Match(await response.Content.ReadAsStringAsync());
        return response.IsSuccessStatusCode && found.Success
            ? (WebUtility.HtmlDecode(found.Groups[1].Value), string.Join("; ", response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])))
            : (null, null);
    }

    [GeneratedRegex(@"name=""__RequestVerificationToken""[^>]*value=""([^""]*)""")]
    private static partial Regex TokenField();
}

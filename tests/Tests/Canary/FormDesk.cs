using System.Reflection;
using System.Text.RegularExpressions;
using Lodestone.Tests.Ground;
using Microsoft.AspNetCore.Components;

namespace Lodestone.Tests.Canary;

/// <summary>Posts every form of a page as its reader would, filled with the things of a foreign branch.</summary>
internal sealed partial class FormDesk(HttpClient client, Branch own, Branch foreign)
{
    /// <returns>What was said and what was heard, for each form and address.</returns>
    public async Task<IReadOnlyList<(string Said, string Heard)>> PostAsync(RouteUnderTest page)
    {
        (string? token, string? cookie) = await TokenAsync(page);
        var heard = new List<(string, string)>();
        foreach (string address in new RouteFilling(foreign).Addresses(page with { Method = "GET" }))
        {
            foreach (string form in FormsOf(page))
            {
                var fields = new Dictionary<string, string>(Fields(page.Page!)) { ["_handler"] = form };
                if (token is not null)
                {
                    fields["__RequestVerificationToken"] = token;
                }

                using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
                if (cookie is not null)
                {
                    request.Headers.Add("Cookie", cookie);
                }

                using HttpResponseMessage response = await client.SendAsync(request);
                string said = $"POST {address} {string.Join('&', fields.Select(field => $"{field.Key}={field.Value}"))}";
                string text = $"{response.Headers}{await response.Content.ReadAsStringAsync()}";
                Assert.True((int)response.StatusCode < 500, $"{said}: {text}");
                heard.Add((said, text));
            }
        }

        return heard;
    }

    /// <summary>The page's own forms and those of parts that any page may hold.</summary>
    private IEnumerable<string> FormsOf(RouteUnderTest page) =>
        Routes.Forms().Where(form => form.Component == page.Page!.Name || !s_pages.Contains(form.Component))
            .SelectMany(form => form.Form.Contains("{}", StringComparison.Ordinal)
                ? foreign.Ids.Select(id => form.Form.Replace("{}", $"{id}", StringComparison.Ordinal)).Append(form.Form.Replace("{}", foreign.Reporter, StringComparison.Ordinal))
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

    /// <summary>The token and its cookie from the first of the reader's own addresses that shows a form.</summary>
    private async Task<(string? Token, string? Cookie)> TokenAsync(RouteUnderTest page)
    {
        foreach (string address in new RouteFilling(own).Addresses(page with { Method = "GET" }).Append("/"))
        {
            using HttpResponseMessage response = await client.GetAsync(address);
            string text = await response.Content.ReadAsStringAsync();
            if (TokenField().Match(text) is { Success: true } found)
            {
                return (System.Net.WebUtility.HtmlDecode(found.Groups[1].Value),
                    response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies)
                        ? string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0]))
                        : null);
            }
        }

        return (null, null);
    }

    private static readonly HashSet<string> s_pages =
        [.. House.Sources(".razor").Where(file => File.ReadLines(file).Any(line => line.StartsWith("@page", StringComparison.Ordinal))).Select(file => Path.GetFileNameWithoutExtension(file))];

    [GeneratedRegex(@"name=""__RequestVerificationToken""[^>]*value=""([^""]*)""")]
    private static partial Regex TokenField();
}

using System.Net;
using System.Text.RegularExpressions;

namespace Lodestone.Tests.Ground;

/// <summary>Posts a form of a page as a browser without script does.</summary>
internal static partial class Forms
{
    /// <param name="form">The form's name.</param>
    /// <returns>What the page answered to the form, or, where the page itself is refused, that refusal.</returns>
    public static Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string address, string form, IReadOnlyDictionary<string, string> fields) =>
        SubmitAsync(client, address, token => new FormUrlEncodedContent(
            new Dictionary<string, string>(fields) { ["_handler"] = form, ["__RequestVerificationToken"] = token }));

    /// <summary>Sends a file with a form of a page.</summary>
    /// <param name="field">The name of the form's only input.</param>
    public static Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string address, string form, string field, byte[] file) =>
        SubmitAsync(client, address, token => new MultipartFormDataContent
        {
            { new StringContent(form), "_handler" },
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(file), field, "sent.xlsx" },
        });

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient client, string address, Func<string, HttpContent> fill)
    {
        HttpResponseMessage page = await client.GetAsync(new Uri(address, UriKind.Relative));
        if (!page.IsSuccessStatusCode)
        {
            return page;
        }

        using (page)
        {
            string token = WebUtility.HtmlDecode(Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = fill(token) };
            request.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
            return await client.SendAsync(request);
        }
    }

    [GeneratedRegex(@"name=""__RequestVerificationToken""[^>]*value=""([^""]*)""")]
    private static partial Regex Token();
}

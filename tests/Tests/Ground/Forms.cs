using System.Net;
using System.Text.RegularExpressions;

namespace Lodestone.Tests.Ground;

/// <summary>Posts a form of a page as a browser without script does.</summary>
internal static partial class Forms
{
    /// <param name="form">The form's name.</param>
    /// <returns>What the page answered to the form, or, where the page itself is refused, that refusal.</returns>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string address, string form, IReadOnlyDictionary<string, string> fields)
    {
        HttpResponseMessage page = await client.GetAsync(new Uri(address, UriKind.Relative));
        if (!page.IsSuccessStatusCode)
        {
            return page;
        }

        using (page)
        {
            string token = WebUtility.HtmlDecode(Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value);
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["_handler"] = form, ["__RequestVerificationToken"] = token }),
            };
            request.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
            return await client.SendAsync(request);
        }
    }

    [GeneratedRegex(@"name=""__RequestVerificationToken""[^>]*value=""([^""]*)""")]
    private static partial Regex Token();
}

using System.Net;
using System.Text.RegularExpressions;
using Lodestone.Kernel.Identity;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Web;

/// <summary>Every page says what may not be written into it, and whose screen it is.</summary>
public sealed class SecrecyTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    private const string Sentence = "本系统为非涉密系统，严禁录入、存储、传输国家秘密";

    [Fact]
    public async Task Every_page_says_once_that_it_is_not_for_secrets()
    {
        int pages = 0;
        foreach (RouteUnderTest route in Routes.Of(platform.Services).Where(route => route.Method == "GET" && route.Page is not null && !route.Pattern.Contains('{', StringComparison.Ordinal)))
        {
            string[] readers = ["reporter1", "system", "security", "audit"];
            foreach (string reader in readers)
            {
                Answer answer = await (await platform.ClientAsync(reader)).ReadAsync(route.Pattern);
                pages++;
                // A refusal is a page too.
                Assert.True(Regex.Count(answer.Text, Sentence) == 1, $"{reader} {route}: {(int)answer.Status}");
            }
        }

        Assert.True(pages > 40, $"Only {pages} pages were read.");
        Assert.Contains(Sentence, (await platform.Anonymous.ReadAsync("/sign-in")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_screen_carries_its_readers_name_and_day()
    {
        string page = WebUtility.HtmlDecode((await (await platform.ClientAsync("reporter1")).ReadAsync("/account")).Ok().Text);
        Match mark = Regex.Match(page, @"class=""ls-watermark"" aria-hidden=""true"" style=""background-image:url\(data:image/svg\+xml,([^)""]+)\)""");
        Assert.True(mark.Success);
        Assert.Contains(">reporter1 2026-07-06<", Uri.UnescapeDataString(mark.Groups[1].Value), StringComparison.Ordinal);
        Assert.DoesNotContain("ls-watermark", (await platform.Anonymous.ReadAsync("/sign-in")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_cannot_write_into_the_picture()
    {
        (await (await platform.ClientAsync("security")).PostAsync("/api/users", new
        {
            userName = "sharp",
            displayName = "a\"><script>'b')&",
            password = Platform.Password,
            memberships = new[] { new { organisation = "e1", role = Role.Reporter } },
        })).Ok();
        string page = (await (await platform.ClientAsync("sharp")).ReadAsync("/account")).Ok().Text;
        string style = WebUtility.HtmlDecode(Regex.Match(page, @"class=""ls-watermark""[^>]*style=""([^""]*)""").Groups[1].Value);
        Assert.Matches(@"^background-image:url\(data:image/svg\+xml,[A-Za-z0-9._~%-]+\)$", style);
        Assert.Contains("&lt;script&gt;", Uri.UnescapeDataString(style), StringComparison.Ordinal);
    }
}

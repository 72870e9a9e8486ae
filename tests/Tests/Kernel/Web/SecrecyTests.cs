using System.Globalization;
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
    public async Task Text_keeps_its_contrast_under_the_mark()
    {
        string page = Uri.UnescapeDataString(WebUtility.HtmlDecode((await (await platform.ClientAsync("reporter1")).ReadAsync("/account")).Ok().Text));
        Match mark = Regex.Match(page, "fill='(#[0-9a-f]{6})' fill-opacity='([0-9.]+)'");
        (double[] ink, double share) = (Colour(mark.Groups[1].Value), double.Parse(mark.Groups[2].Value, CultureInfo.InvariantCulture));
        string tokens = await File.ReadAllTextAsync(Path.Combine(House.Root, "src", "Kernel", "Web", "assets", "styles", "tokens.css"));
        MatchCollection themes = Regex.Matches(tokens, @"\[data-bs-theme=""(?:light|dark)""\] \{\s*color-scheme[^}]*\}");
        Assert.Equal(2, themes.Count);
        foreach (string theme in themes.Select(one => one.Value))
        {
            double[] Token(string name) => Colour(Regex.Match(theme, $"--ls-{name}: (#[0-9a-f]{{6}});").Groups[1].Value);
            foreach (string text in new[] { "ink", "ink-2", "ink-3", "accent", "red", "amber", "green" })
            {
                foreach (string below in new[] { "bg", "surface", "sunken" })
                {
                    double[] marked = [.. Token(below).Zip(ink, (plain, drawn) => (plain * (1 - share)) + (drawn * share))];
                    double contrast = Contrast(Token(text), marked);
                    Assert.True(contrast >= 4.5, $"{text} on {below}: {contrast}");
                }
            }
        }
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

    /// <summary>As WCAG 2 reckons it.</summary>
    private static double Contrast(double[] one, double[] other)
    {
        (double light, double dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(double[] colour)
    {
        double[] linear = [.. colour.Select(part => part / 255).Select(part => part <= 0.03928 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static double[] Colour(string hex) => [.. Enumerable.Range(0, 3).Select(part => (double)Convert.ToByte(hex.Substring(1 + (2 * part), 2), 16))];
}

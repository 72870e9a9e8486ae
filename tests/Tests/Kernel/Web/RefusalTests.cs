using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Lodestone.Kernel.Web;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Web;

/// <summary>A refusal has a stable code and a sentence in the reader's language; an error shows nothing of the inside.</summary>
public sealed partial class RefusalTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Fact]
    public async Task A_refusal_speaks_the_readers_language()
    {
        Answer chinese = await AskAsync(null);
        Answer english = await AskAsync("c=en|uic=en");
        Assert.Equal("access.sign-in", chinese.Code);
        Assert.Equal("access.sign-in", english.Code);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string)chinese.Body!["title"]!);
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", (string)english.Body!["title"]!);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_code_of_the_sources_has_its_sentence(string language)
    {
        Words words = platform.Services.GetRequiredService<Words>();
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        try
        {
            string[] codes = [.. House.Sources(".cs", ".razor").SelectMany(file => CodeOfRefusal().Matches(File.ReadAllText(file)).Select(found => found.Groups[1].Value)).Distinct()];
            Assert.NotEmpty(codes);
            Assert.Empty(codes.Where(code => !words.Knows(code)).Order());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/refused")]
    [InlineData("/returns/nowhere/nobody/2026Q1")]
    public async Task A_page_that_is_not_there_is_drawn_as_a_refusal_in_the_frame(string address)
    {
        Answer answer = await (await platform.ClientAsync("reporter1")).ReadAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("<main", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"code\":5}")]
    public async Task A_malformed_body_is_the_callers_fault(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await (await platform.ClientAsync("system")).CallAsync(HttpMethod.Post, "/api/organisations", content)).Refused("request.malformed", 400);
    }

    [Fact]
    public async Task An_address_that_is_not_there_is_refused_like_one_that_is_not_seen()
    {
        (await (await platform.ClientAsync("system")).ReadAsync("/api/nowhere")).Refused("request.not-found", 404);
        (await (await platform.ClientAsync("system")).ReadAsync("/api/organisations/nowhere")).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task Another_method_or_media_type_is_refused_in_words()
    {
        (await (await platform.ClientAsync("system")).CallAsync(HttpMethod.Delete, "/api/organisations")).Refused("request.not-found", 404);
        using var text = new StringContent("a", Encoding.UTF8, "text/plain");
        (await (await platform.ClientAsync("system")).CallAsync(HttpMethod.Post, "/api/organisations", text)).Refused("request.malformed", 415);
    }

    private async Task<Answer> AskAsync(string? culture)
    {
        using HttpClient client = platform.NewClient();
        if (culture is not null)
        {
            client.DefaultRequestHeaders.Add("Cookie", $".AspNetCore.Culture={Uri.EscapeDataString(culture)}");
        }

        return await client.ReadAsync("/api/me");
    }

    [GeneratedRegex(@"new Refusal\(\s*""([a-z][a-z0-9.-]*)""")]
    private static partial Regex CodeOfRefusal();
}

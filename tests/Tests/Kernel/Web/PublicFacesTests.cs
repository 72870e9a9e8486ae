using System.Text.RegularExpressions;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Web;

/// <summary>What machines ask for without signing in: the contract, health, figures.</summary>
public sealed class PublicFacesTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Fact]
    public async Task The_contract_lists_every_route_of_the_API()
    {
        Answer document = (await platform.Anonymous.ReadAsync("/openapi/v1.json")).Ok();
        var paths = document.Body!["paths"]!.AsObject();
        Assert.Empty(Routes.Of(platform.Services).Where(route => route.Pattern.StartsWith("/api/", StringComparison.Ordinal))
            .Where(route => paths[Regex.Replace(route.Pattern, @":[^}]*\}", "}")]?[route.Method.ToLowerInvariant()] is null)
            .Select(route => route.ToString()));
    }

    [Fact]
    public async Task A_page_to_read_the_contract_is_served() => (await platform.Anonymous.ReadAsync("/scalar/")).Ok();

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task The_platform_says_that_it_is_well(string address) =>
        Assert.Equal("Healthy", (await platform.Anonymous.ReadAsync(address)).Ok().Text);

    [Fact]
    public async Task Figures_are_there_for_the_collector()
    {
        await platform.Anonymous.ReadAsync("/api/calendar");
        Assert.Contains("http_request_duration_seconds", (await platform.Anonymous.ReadAsync("/metrics")).Ok().Text, StringComparison.Ordinal);
    }
}

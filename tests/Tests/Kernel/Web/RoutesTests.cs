using Lodestone.Kernel;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Web;

/// <summary>Every route of the running host says who may call it.</summary>
public sealed class RoutesTests(Platform platform) : IClassFixture<Platform>
{
    [Fact]
    public void Every_route_is_declared()
    {
        Assert.NotEmpty(Routes.Of(platform.Services));
        Assert.Empty(Routes.Undeclared(platform.Services).Select(route => route.ToString()));
    }

    [Fact]
    public void A_route_open_to_anyone_says_why() =>
        Assert.Empty(Routes.Of(platform.Services).Where(route => route.Access is { Anyone: true } access && string.IsNullOrWhiteSpace(access.Because))
            .Select(route => route.ToString()));

    [Fact]
    public void A_route_names_only_roles_that_exist()
    {
        var catalogue = platform.Services.GetRequiredService<Lodestone.Kernel.Data.Catalogue>();
        Assert.Empty(Routes.Of(platform.Services).Where(route => route.Access is { } access && access.Roles.Any(role => catalogue.FindRole(role) is null))
            .Select(route => route.ToString()));
    }

    [Fact]
    public async Task Every_closed_route_of_the_API_asks_for_sign_in()
    {
        foreach (RouteUnderTest route in Routes.Of(platform.Services)
            .Where(route => route.Access is { Anyone: false } && route.Pattern.StartsWith("/api/", StringComparison.Ordinal)))
        {
            string address = System.Text.RegularExpressions.Regex.Replace(route.Pattern, @"\{[^}]*\}", "1");
            Answer answer = await platform.Anonymous.CallAsync(new HttpMethod(route.Method), address, route.EmptyBody);
            Assert.True(answer.Code == "access.sign-in" && (int)answer.Status == 401, $"{route}: {(int)answer.Status} {answer.Text}");
        }
    }
}

/// <summary>A host with a route that somebody forgot to declare.</summary>
public sealed class ForgetfulPlatform(EngineUnderTest engine) : Platform(engine)
{
    protected override IReadOnlyList<IModule> Modules => [.. base.Modules, new Forgetful()];

    private sealed class Forgetful : IModule
    {
        public void Model(ModelBuilder model)
        {
        }

        public void Services(IServiceCollection services)
        {
        }

        public void Routes(IEndpointRouteBuilder routes) => routes.MapGet("/api/forgotten", () => "a secret");
    }
}

/// <summary>Forgetting to declare a route closes it and turns the discovering test red.</summary>
public sealed class UndeclaredRouteTests(ForgetfulPlatform platform) : IClassFixture<ForgetfulPlatform>
{
    [Fact]
    public void An_undeclared_route_is_found() =>
        Assert.Equal(["GET /api/forgotten"], Routes.Undeclared(platform.Services).Select(route => route.ToString()));

    [Theory]
    [InlineData(null)]
    [InlineData("system")]
    public async Task An_undeclared_route_is_closed_to_everybody(string? userName)
    {
        HttpClient client = userName is null ? platform.Anonymous : await platform.ClientAsync(userName);
        (await client.ReadAsync("/api/forgotten")).Refused("access.undeclared", 403);
    }
}

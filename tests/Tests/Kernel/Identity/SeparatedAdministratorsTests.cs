using System.Text.RegularExpressions;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Identity;

/// <summary>Three administrators (三员分立): none does another's work, none does the city's.</summary>
public sealed class SeparatedAdministratorsTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    public static TheoryData<string, string> Offices => new(Founding.Administrators.Select(one => (one.UserName, one.Role)));

    [Theory]
    [MemberData(nameof(Offices))]
    public async Task An_administrator_is_refused_at_every_route_that_is_not_of_the_office(string userName, string role)
    {
        HttpClient client = await platform.ClientAsync(userName);
        RouteUnderTest[] closed = [.. Routes.Of(platform.Services).Where(route => route.Pattern.StartsWith("/api/", StringComparison.Ordinal)
            && (route.Access is { Business: true } || (route.Access is { Roles.Count: > 0 } access && !access.Roles.Contains(role))))];
        Assert.NotEmpty(closed);
        foreach (RouteUnderTest route in closed)
        {
            Answer answer = await client.CallAsync(new HttpMethod(route.Method), Regex.Replace(route.Pattern, @"\{[^}]*\}", "1"), route.EmptyBody);
            Assert.True(answer.Code == "access.role", $"{userName} {route}: {(int)answer.Status} {answer.Text}");
        }
    }

    [Theory]
    [InlineData(Role.SystemAdmin, Role.SecurityAdmin)]
    [InlineData(Role.SecurityAdmin, Role.AuditAdmin)]
    [InlineData(Role.AuditAdmin, Role.SystemAdmin)]
    public async Task Two_offices_in_one_hand_are_refused(string first, string second) =>
        (await CreateAsync($"both-{first}", ("platform", first), ("platform", second))).Refused("identity.separated-roles", 422);

    [Fact]
    public async Task An_administrator_does_not_do_the_citys_work()
    {
        (await CreateAsync("admin-reporter", ("platform", Role.SystemAdmin), ("e1", Role.Reporter))).Refused("identity.separated-roles", 422);
        HttpClient security = await platform.ClientAsync("security");
        (await security.PostAsync("/api/users/system/memberships", new { organisation = "e1", role = Role.Reporter })).Refused("identity.separated-roles", 422);
        (await security.PostAsync("/api/users/reporter1/memberships", new { organisation = "platform", role = Role.AuditAdmin }))
            .Refused("identity.separated-roles", 422);
        (await security.PostAsync("/api/users/security/memberships", new { organisation = "platform", role = Role.AuditAdmin }))
            .Refused("identity.separated-roles", 422);
    }

    [Fact]
    public async Task An_office_is_held_at_the_root_and_a_role_below_it()
    {
        (await CreateAsync("local-admin", ("d1", Role.SystemAdmin))).Refused("identity.role-place", 422);
        (await CreateAsync("root-reporter", ("platform", Role.Reporter))).Refused("identity.role-place", 422);
        (await CreateAsync("wizard", ("e1", "wizard"))).Refused("identity.unknown-role", 422);
    }

    private async Task<Answer> CreateAsync(string userName, params (string Organisation, string Role)[] memberships) =>
        await (await platform.ClientAsync("security")).PostAsync("/api/users", new
        {
            userName,
            password = Platform.Password,
            memberships = memberships.Select(one => new { organisation = one.Organisation, role = one.Role }),
        });
}

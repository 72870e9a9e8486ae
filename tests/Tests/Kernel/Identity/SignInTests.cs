using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Identity;

/// <summary>A name and a password open the door; a lock, a closed account or a revoked token shuts it at once.</summary>
public sealed class SignInTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Fact]
    public async Task A_token_opens_for_twelve_hours()
    {
        await platform.AddUserAsync("daily", ("e1", Role.Reporter));
        HttpClient client = Bearer(await TokenAsync("daily"));
        Assert.Equal("daily", (string?)(await client.ReadAsync("/api/me"))["userName"]);
        platform.Clock.Advance(TimeSpan.FromHours(12));
        (await client.ReadAsync("/api/me")).Refused("access.sign-in", 401);
    }

    [Fact]
    public async Task The_database_holds_no_token_and_no_password()
    {
        await platform.AddUserAsync("hidden", ("e1", Role.Reporter));
        string token = await TokenAsync("hidden");
        await using PlatformDb db = platform.Db();
        Assert.False(await db.Set<ApiToken>().AnyAsync(row => row.Hash.Contains(token)));
        Assert.DoesNotContain(Platform.Password, (await db.Set<User>().SingleAsync(row => row.UserName == "hidden")).PasswordHash!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_failures_lock_the_account_even_for_the_right_password()
    {
        await platform.AddUserAsync("careless", ("e1", Role.Reporter));
        for (int attempt = 1; attempt < SignInDoor.MostFailures; attempt++)
        {
            (await SignInAsync("careless", "wrong")).Refused("sign-in.failed", 401);
        }

        (await SignInAsync("careless", "wrong")).Refused("sign-in.locked", 401);
        (await SignInAsync("careless", Platform.Password)).Refused("sign-in.locked", 401);
        (await (await platform.ClientAsync("security")).PostAsync("/api/users/careless/password", new { password = "another-horse" })).Ok();
        (await SignInAsync("careless", "another-horse")).Ok();
    }

    [Fact]
    public async Task An_unknown_name_is_refused_like_a_wrong_password()
    {
        Answer unknown = await SignInAsync("never-met", "wrong");
        unknown.Refused("sign-in.failed", 401);
        await platform.AddUserAsync("met", ("e1", Role.Reporter));
        Assert.Equal(unknown.Text, (await SignInAsync("met", "wrong")).Text);
    }

    [Fact]
    public async Task A_closed_account_opens_nothing_any_more()
    {
        await platform.AddUserAsync("leaver", ("e1", Role.Reporter));
        HttpClient client = Bearer(await TokenAsync("leaver"));
        (await client.ReadAsync("/api/me")).Ok();
        (await (await platform.ClientAsync("security")).PostAsync("/api/users/leaver/close", new { })).Ok();
        (await client.ReadAsync("/api/me")).Refused("access.sign-in", 401);
        (await SignInAsync("leaver", Platform.Password)).Refused("sign-in.failed", 401);
    }

    [Fact]
    public async Task A_revoked_token_and_a_new_password_end_old_tokens()
    {
        await platform.AddUserAsync("tidy", ("e1", Role.Reporter));
        HttpClient first = Bearer(await TokenAsync("tidy"));
        HttpClient second = Bearer(await TokenAsync("tidy"));
        (await first.PostAsync("/api/tokens/revoke", new { })).Ok();
        (await first.ReadAsync("/api/me")).Refused("access.sign-in", 401);
        (await second.ReadAsync("/api/me")).Ok();
        (await (await platform.ClientAsync("security")).PostAsync("/api/users/tidy/password", new { password = "another-horse" })).Ok();
        (await second.ReadAsync("/api/me")).Refused("access.sign-in", 401);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer 00")]
    [InlineData("Basic c3lzdGVtOmNvcnJlY3QtaG9yc2U=")]
    public async Task A_false_token_is_nobody(string header)
    {
        using HttpClient client = platform.NewClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        (await client.ReadAsync("/api/me")).Refused("access.sign-in", 401);
    }

    private async Task<string> TokenAsync(string userName) => (string)(await SignInAsync(userName, Platform.Password))["token"]!;

    private Task<Answer> SignInAsync(string userName, string password) => platform.Anonymous.PostAsync("/api/tokens", new { userName, password });

    private HttpClient Bearer(string token)
    {
        HttpClient client = platform.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}

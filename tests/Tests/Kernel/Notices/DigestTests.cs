using System.Text;
using System.Text.Json.Nodes;
using Lodestone.Host;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Lodestone.Tests.Kernel.Notices;

/// <summary>A digest goes at its hour to whom it belongs, once, and comes again only when it did not arrive.</summary>
public sealed class DigestTests(DigestPlatform platform) : IClassFixture<DigestPlatform>
{
    [Theory]
    [InlineData("2026-07-06 08:29", false)]
    [InlineData("2026-07-06 08:30", true)]
    [InlineData("2026-07-06 23:59", true)]
    [InlineData("2026-07-04 09:00", false)]
    [InlineData("2026-10-01 09:00", false)]
    [InlineData("2026-10-10 09:00", true)]
    public void The_hour_is_half_past_eight_of_a_working_day(string legal, bool open) => Assert.Equal(open, DigestSchedule.IsOpen(
        new DateTimeOffset(DateTime.Parse(legal, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8)), WorkCalendar.Published));

    [Fact]
    public async Task It_goes_on_the_next_working_day_and_not_before()
    {
        DateOnly friday = await platform.FridayAsync();
        await platform.SubscribeAsync("reviewer1");
        long id = await platform.TrialAsync("e1", "first of e1");
        await RunAsync(friday, 15, 0, expected: 0);
        await RunAsync(friday.AddDays(1), 9, 0, expected: 0);
        await RunAsync(friday.AddDays(3), 8, 29, expected: 0);
        MimeMessage letter = (await RunAsync(friday.AddDays(3), 8, 30, expected: 1))[0];
        Assert.Equal(("磁石：1 条新通知", "reviewer1@city.test"), (letter.Subject, letter.To.Mailboxes.Single().Address));
        Assert.Contains("first of e1", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains($"https://plan.city.test/cases/{id}", letter.TextBody, StringComparison.Ordinal);
        await RunAsync(friday.AddDays(3), 10, 0, expected: 0);
        // Nothing new, no letter.
        await RunAsync(friday.AddDays(4), 8, 30, expected: 0);
    }

    [Fact]
    public async Task It_holds_what_the_inbox_shows_and_nothing_foreign()
    {
        DateOnly friday = await platform.FridayAsync();
        foreach (string user in new[] { "reviewer1", "reviewer2", "city-reviewer" })
        {
            await platform.SubscribeAsync(user);
        }

        await platform.TrialAsync("e1", "near one");
        await platform.TrialAsync("e1", "near\r\nread");
        await platform.TrialAsync("e2", "far one");
        HttpClient reader = await platform.ClientAsync("reviewer1");
        long read = (long)(await reader.ReadAsync("/api/notices")).Ok().Body!.AsArray().First(line => ((string)line!["title"]!).Contains("read", StringComparison.Ordinal))!["id"]!;
        (await reader.PostAsync("/api/notices/read", new { ids = new[] { read } })).Ok();
        Dictionary<string, string> letters = (await RunAsync(friday.AddDays(3), 8, 30, expected: 3)).ToDictionary(one => one.To.Mailboxes.Single().Address.Split('@')[0], one => one.TextBody!);
        Assert.Equal((true, false, false), Holds(letters["reviewer1"]));
        Assert.Equal((false, false, true), Holds(letters["reviewer2"]));
        Assert.Equal((true, true, true), Holds(letters["city-reviewer"]));

        static (bool Near, bool Read, bool Far) Holds(string text) => (text.Contains("near one", StringComparison.Ordinal),
            text.Contains("near  read", StringComparison.Ordinal), text.Contains("far one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_did_not_arrive_is_tried_again_after_a_while_and_shown_meanwhile()
    {
        DateOnly friday = await platform.FridayAsync();
        await platform.AddUserAsync("unlucky", ("b2", TrialModule.Reviewer));
        await platform.SubscribeAsync("unlucky");
        await platform.TrialAsync("e2", "again and again");
        platform.Mail.Recipient = "550 no such box";
        await RunAsync(friday.AddDays(3), 8, 30, expected: 0);
        platform.Mail.Recipient = "250 OK";
        JsonNode failing = Assert.Single((await (await platform.ClientAsync("system")).ReadAsync("/api/digests/failures")).Ok().Body!.AsArray())!;
        Assert.Equal(("unlucky", 1, "recipient"), ((string?)failing["user"], (int)failing["failures"]!, (string?)failing["lastError"]));
        Assert.DoesNotContain("@", failing.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("发信服务器不接受这个收件地址", (await (await platform.ClientAsync("unlucky")).ReadAsync("/account")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("发信服务器不接受这个收件地址", (await (await platform.ClientAsync("system")).ReadAsync("/admin/webhooks")).Ok().Text, StringComparison.Ordinal);

        await RunAsync(friday.AddDays(3), 8, 31, expected: 0);
        platform.Mail.Text = null;
        await RunAsync(friday.AddDays(3), 8, 33, expected: 0);
        platform.Mail.Text = "250 OK";
        await RunAsync(friday.AddDays(3), 8, 35, expected: 0);
        Assert.Contains("again and again", (await RunAsync(friday.AddDays(3), 8, 40, expected: 1))[0].TextBody, StringComparison.Ordinal);
        Assert.Empty((await (await platform.ClientAsync("system")).ReadAsync("/api/digests/failures")).Ok().Body!.AsArray());
    }

    [Fact]
    public async Task A_restart_and_a_second_node_send_nothing_twice()
    {
        DateOnly friday = await platform.FridayAsync();
        await platform.SubscribeAsync("reviewer1");
        await platform.TrialAsync("e1", "only once");
        platform.GoTo(friday.AddDays(3), 8, 30);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(platform.RunAsync)));
        Assert.Single(platform.Mail.Take());

        // A process that starts anew over the same database.
        await using WebApplication again = Another(TimeSpan.FromHours(1));
        await again.Services.GetRequiredService<DigestRunner>().RunAsync();
        Assert.Empty(platform.Mail.Take());
    }

    [Fact]
    public async Task The_host_looks_by_itself_whether_something_is_due()
    {
        DateOnly friday = await platform.FridayAsync();
        await platform.SubscribeAsync("reviewer2");
        await platform.TrialAsync("e2", "by itself");
        platform.GoTo(friday.AddDays(3), 8, 30);
        await using WebApplication again = Another(TimeSpan.FromMilliseconds(50));
        await again.StartAsync();
        IReadOnlyList<MimeMessage> letters = [];
        for (int i = 0; i < 200 && letters.Count == 0; i++)
        {
            await Task.Delay(50);
            letters = platform.Mail.Take();
        }

        await again.StopAsync();
        Assert.Contains("by itself", Assert.Single(letters).TextBody, StringComparison.Ordinal);
        Assert.Empty(platform.Mail.Take());
    }

    [Fact]
    public async Task What_a_dead_process_had_in_hand_goes_when_its_claim_has_run_out()
    {
        DateOnly friday = await platform.FridayAsync();
        await platform.SubscribeAsync("reviewer1");
        await platform.TrialAsync("e1", "in flight");
        platform.GoTo(friday.AddDays(3), 8, 30);
        await using (PlatformDb db = platform.Db())
        {
            NoticeDigest row = await db.Set<NoticeDigest>().SingleAsync(one => one.Daily);
            (row.ClaimedUntil, row.Version) = (platform.Clock.Instant() + DigestSchedule.Claim, row.Version + 1);
            await db.SaveChangesAsync();
        }

        await RunAsync(friday.AddDays(3), 8, 35, expected: 0);
        await RunAsync(friday.AddDays(3), 8, 40, expected: 1);
    }

    [Fact]
    public async Task What_has_just_come_waits_for_the_next_digest_and_is_not_lost()
    {
        DateOnly friday = await platform.FridayAsync();
        await platform.SubscribeAsync("reviewer1");
        await platform.TrialAsync("e1", "early");
        platform.GoTo(friday.AddDays(3), 8, 28);
        await platform.TrialAsync("e1", "late");
        string monday = (await RunAsync(friday.AddDays(3), 8, 30, expected: 1))[0].TextBody!;
        Assert.Equal((true, false), (monday.Contains("early", StringComparison.Ordinal), monday.Contains("late", StringComparison.Ordinal)));
        string tuesday = (await RunAsync(friday.AddDays(4), 8, 30, expected: 1))[0].TextBody!;
        Assert.Equal((false, true), (tuesday.Contains("early", StringComparison.Ordinal), tuesday.Contains("late", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_webhook_is_signed_tried_again_and_tells_only_its_own_house()
    {
        DateOnly friday = await platform.FridayAsync();
        HttpClient system = await platform.ClientAsync("system");
        const string Secret = "0123456789abcdef-secret";
        Answer made = (await system.PostAsync("/api/webhooks", new { organisation = "b1", url = platform.Hook, secret = Secret })).Ok();
        Assert.DoesNotContain(Secret, made.Text, StringComparison.Ordinal);
        (await system.PostAsync("/api/webhooks", new { organisation = "b1", url = platform.Hook, secret = Secret })).Refused("webhook.twice", 422);
        await platform.TrialAsync("e1", "near hook");
        await platform.TrialAsync("e2", "far hook");
        platform.Answer = 503;
        platform.GoTo(friday.AddDays(3), 8, 30);
        await platform.RunAsync();
        Delivery failed = Assert.Single(platform.Deliveries());
        JsonNode row = Assert.Single((await system.ReadAsync("/api/webhooks")).Ok().Body!.AsArray())!;
        Assert.Equal((1, "status 503"), ((int)row["failures"]!, (string?)row["lastError"]));
        Assert.Contains("对方服务器答复 503，没有收下", (await system.ReadAsync("/admin/webhooks")).Ok().Text, StringComparison.Ordinal);
        platform.Answer = 200;
        await platform.RunAsync();
        Assert.Empty(platform.Deliveries());
        platform.GoTo(friday.AddDays(3), 8, 33);
        await platform.RunAsync();
        Delivery taken = Assert.Single(platform.Deliveries());
        await platform.RunAsync();
        Assert.Empty(platform.Deliveries());

        Assert.Equal(failed.Number, taken.Number);
        Assert.Equal($"sha256={WebhookCall.Sign(Secret, taken.Timestamp, taken.Body)}", taken.Signature);
        Assert.Equal(platform.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), taken.Timestamp);
        string body = Encoding.UTF8.GetString(taken.Body);
        Assert.Equal((true, false), (body.Contains("near hook", StringComparison.Ordinal), body.Contains("far hook", StringComparison.Ordinal)));
        Assert.Equal("b1", (string?)JsonNode.Parse(body)!["organisation"]);
        await using (PlatformDb db = platform.Db())
        {
            Assert.DoesNotContain(Secret, (await db.Set<NoticeWebhook>().SingleAsync()).Secret, StringComparison.Ordinal);
        }

        (await system.PostAsync($"/api/webhooks/{(long)made["id"]}/end", new { })).Ok();
        (await system.PostAsync($"/api/webhooks/{(long)made["id"]}/end", new { })).Refused("request.not-found", 404);
        await platform.TrialAsync("e1", "after the end");
        platform.GoTo(friday.AddDays(4), 8, 30);
        await platform.RunAsync();
        Assert.Empty(platform.Deliveries());
    }

    [Fact]
    public async Task Settings_that_cannot_work_are_refused()
    {
        HttpClient reviewer = await platform.ClientAsync("reviewer2");
        foreach (string address in new[] { "", "nobody", "a b@city.test", "a@city.test\r\nBcc: x@y.z", "Name <a@city.test>", "@city.test" })
        {
            (await reviewer.PutAsync("/api/account/digest", new { address, daily = true })).Refused("digest.address", 422);
        }

        HttpClient system = await platform.ClientAsync("system");
        (await system.PutAsync("/api/account/digest", new { address = "a@b.c", daily = true })).Refused("access.role", 403);
        (await system.PostAsync("/api/webhooks", new { organisation = "b1", url = platform.Hook, secret = "short" })).Refused("webhook.secret", 422);
        (await system.PostAsync("/api/webhooks", new { organisation = "platform", url = platform.Hook, secret = "0123456789abcdef" })).Refused("webhook.organisation", 422);
        (await system.PostAsync("/api/webhooks", new { organisation = "nowhere", url = platform.Hook, secret = "0123456789abcdef" })).Refused("request.not-found", 404);
        (await system.PostAsync("/api/webhooks", new { organisation = "b1", url = "http://example.com/", secret = "0123456789abcdef" })).Refused("webhook.url", 422);
    }

    /// <summary>Another process over the same database.</summary>
    private WebApplication Another(TimeSpan every)
    {
        Settings settings = Settings.Read([.. platform.Place.Options, "--urls", "http://127.0.0.1:0", "--empty"], _ => null);
        return Site.Build(settings, [.. Program.Modules, new TrialModule()], services =>
        {
            services.AddSingleton<TimeProvider>(platform.Clock);
            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton(platform.Settings with { Every = every });
        });
    }

    private async Task<IReadOnlyList<MimeMessage>> RunAsync(DateOnly day, int hour, int minute, int expected)
    {
        platform.GoTo(day, hour, minute);
        await platform.RunAsync();
        IReadOnlyList<MimeMessage> letters = platform.Mail.Take();
        Assert.True(letters.Count == expected, $"{day} {hour}:{minute}: {string.Join(", ", letters.Select(one => $"{one.To} {one.TextBody}"))}");
        return letters;
    }
}

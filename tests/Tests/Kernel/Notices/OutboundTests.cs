using System.Net;
using Lodestone.Host;
using Lodestone.Kernel;
using Lodestone.Kernel.Notices;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Notices;

/// <summary>What leaves by itself leaves only where it may.</summary>
public sealed class OutboundTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Theory]
    [InlineData("https://hooks.example.com/a?b=c", null)]
    [InlineData("https://8.8.8.8/", null)]
    [InlineData("http://hooks.example.com/", "webhook.url")]
    [InlineData("ftp://hooks.example.com/", "webhook.url")]
    [InlineData("hooks.example.com", "webhook.url")]
    [InlineData("https://user:word@hooks.example.com/", "webhook.url")]
    [InlineData("https://hooks.example.com/#part", "webhook.url")]
    [InlineData("http://localhost/", "webhook.url")]
    [InlineData("", "webhook.url")]
    [InlineData("https://localhost/", "webhook.private")]
    [InlineData("https://127.0.0.1/", "webhook.private")]
    [InlineData("https://2130706433/", "webhook.private")]
    [InlineData("https://0x7f.1/", "webhook.private")]
    [InlineData("https://10.1.2.3/", "webhook.private")]
    [InlineData("https://169.254.169.254/latest", "webhook.private")]
    [InlineData("https://[::1]/", "webhook.private")]
    [InlineData("https://[fd00::1]/", "webhook.private")]
    [InlineData("https://[::ffff:10.0.0.1]/", "webhook.private")]
    public void A_webhook_names_a_place_in_the_public_network(string url, string? code)
    {
        if (code is null)
        {
            Assert.Equal(url, SafeAddress.Require(url, allowPrivate: false).AbsoluteUri);
        }
        else
        {
            Assert.Equal(code, Assert.Throws<Refusal>(() => SafeAddress.Require(url, allowPrivate: false)).Code);
        }
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("::10.0.0.1")]
    public void Private_addresses_are_known(string address) => Assert.True(SafeAddress.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1111")]
    public void Public_addresses_are_let_through(string address) => Assert.False(SafeAddress.IsPrivate(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_stands_for_a_private_address_is_not_called()
    {
        // The name passed when it was set; what it stands for is looked at when it is called.
        using var call = new WebhookCall(new DigestSettings());
        Assert.Equal("private", await call.PostAsync(new Uri("https://localhost:1/"), "0123456789abcdef", "1", [], DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_mail_server_the_account_page_says_so()
    {
        HttpClient reporter = await platform.ClientAsync("reporter1");
        Assert.Contains("系统没有配置发信服务器", (await reporter.ReadAsync("/account")).Ok().Text, StringComparison.Ordinal);
        (await reporter.PutAsync("/api/account/digest", new { address = "a@city.test", daily = true })).Refused("digest.no-mail", 422);
        Assert.False((bool)(await reporter.ReadAsync("/api/account/digest"))["mailIsSetUp"]);
        (await (await platform.ClientAsync("system")).PostAsync("/api/webhooks", new { organisation = "e1", url = "https://10.0.0.1/", secret = "0123456789abcdef" }))
            .Refused("webhook.private", 422);
    }

    [Fact]
    public void The_environment_says_how_mail_goes_out()
    {
        Assert.Null(Outbound.Read(_ => null).Mail);
        var said = new Dictionary<string, string?> { ["LODESTONE_MAIL_HOST"] = "mail.city.test" };
        Assert.Throws<FormatException>(() => Outbound.Read(said.GetValueOrDefault));
        said["LODESTONE_MAIL_FROM"] = "lodestone@city.test";
        Assert.Throws<FormatException>(() => Outbound.Read(said.GetValueOrDefault));
        said["LODESTONE_BASE_ADDRESS"] = "https://plan.city.test/";
        Assert.Equal(new MailSettings("mail.city.test", 587, null, null, "lodestone@city.test", MailTls.StartTls), Outbound.Read(said.GetValueOrDefault).Mail);
        Assert.False(Outbound.Read(said.GetValueOrDefault).AllowPrivate);
        said["LODESTONE_MAIL_TLS"] = "perhaps";
        Assert.Throws<FormatException>(() => Outbound.Read(said.GetValueOrDefault));
    }
}

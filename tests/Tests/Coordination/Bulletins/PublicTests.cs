using System.Xml.Linq;
using Lodestone.Coordination.Bulletins;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Bulletins;

/// <summary>Owns what anybody may read without signing in: all that is public and nothing else.</summary>
public sealed class PublicTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const string Canary = "canary";

    private readonly EditorialCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task NothingInternalUnpublishedOrWithdrawnIsEverHeard()
    {
        long[] hidden =
        [
            await _city.PublishAsync("internal", await _city.ContributeAsync(title: $"{Canary}内部", text: $"{Canary}内部")),
            await _city.EditAsync("public", await _city.ContributeAsync(title: $"{Canary}编辑中", text: $"{Canary}编辑中")),
            await _city.PublishAsync("public", await _city.ContributeAsync(title: $"{Canary}撤下", text: $"{Canary}撤下")),
            await _city.DraftAsync($"{Canary}草案"),
            await _city.InForceAsync("磁办〔2026〕1号", text: $"{Canary}废止"),
            await _city.InForceAsync("磁办〔2026〕2号", "2026-07-31", $"{Canary}到期"),
        ];
        await _city.ContributeAsync(title: $"{Canary}来稿");
        long shown = await _city.PublishAsync("public", await _city.ContributeAsync(title: "公开的"));
        string before = await _city.PublicAsync($"/public/bulletins/{hidden[2]}", $"/public/policies/{hidden[4]}", $"/public/policies/{hidden[5]}");
        Assert.All(new[] { "撤下", "废止", "到期" }, word => Assert.Contains($"{Canary}{word}", before, StringComparison.Ordinal));
        (await _city.MoveAsync("leader", $"/api/bulletins/{hidden[2]}", "withdraw", "bulletin", new { note = "不宜公开" })).Ok();
        (await _city.PolicyAsync("leader", hidden[4], "revoke", new { note = "已有新规定" })).Ok();
        // Nobody has moved the case of the one that ended; it is gone all the same.
        _city.Clock.GoTo(new DateOnly(2026, 8, 3));
        string[] addresses =
        [
            .. hidden.Append(shown).SelectMany(id => new[] { "bulletins", "policies", "drafts" }.SelectMany(room =>
                new[] { "", "?version=1", "?version=2" }.Select(version => $"/public/{room}/{id}{version}"))),
            "/public?before=9999999999999", "/public?before=-1",
        ];
        string heard = await _city.PublicAsync(addresses);
        Assert.DoesNotContain(Canary, heard, StringComparison.Ordinal);
        Assert.Contains("公开的", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheInternalOneIsReadByTheUnitsOfItsCityOnly()
    {
        long bulletin = await _city.PublishAsync("internal", await _city.ContributeAsync(title: $"{Canary}内部"));
        await _city.AddAsync("district", "d1", "c");
        await _city.AddAsync("enterprise", "e1", "d1");
        await _city.AddUserAsync("firm", ("e1", "reporter"));
        await _city.AddUserAsync("adviser", ("office", "expert"));
        await _city.AddUserAsync("counter", ("d1", "reporter"));
        foreach ((string user, bool reads) in new[] { ("firm", false), ("adviser", false), ("counter", true), ("l1", true), ("l2", true), ("leader", true), ("lx", false), ("editor-x", false), ("leader-x", false) })
        {
            HttpClient client = await _city.ClientAsync(user);
            string list = (await client.ReadAsync("/api/bulletins/texts")).Ok().Text;
            using HttpResponseMessage page = await client.GetAsync(new Uri($"/bulletins/texts/{bulletin}", UriKind.Relative));
            string text = System.Net.WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
            Assert.Equal((reads, reads, reads), (list.Contains("工作简报", StringComparison.Ordinal), page.IsSuccessStatusCode, text.Contains($"{Canary}内部", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task TheFeedIsValid_Escaped_WithAbsoluteLinksAndSteadyNames()
    {
        long policy = await _city.InForceAsync();
        long bulletin = await _city.PublishAsync("public", await _city.ContributeAsync(title: "<b>产值</b> & \"利润\"", text: "一段<script>alert(1)</script>\u000b二段\u0001\ud83e\uddf2"));
        using HttpResponseMessage response = await _city.Anonymous.GetAsync(new Uri("/public/rss.xml", UriKind.Relative));
        Assert.Equal("application/rss+xml", response.Content.Headers.ContentType!.MediaType);
        XDocument feed = XDocument.Parse(await response.Content.ReadAsStringAsync());
        XElement channel = feed.Root!.Element("channel")!;
        Assert.Equal(("rss", "2.0"), (feed.Root.Name.LocalName, (string?)feed.Root.Attribute("version")));
        Assert.All(new[] { "title", "link", "description" }, name => Assert.NotEmpty((string?)channel.Element(name) ?? ""));
        XElement[] items = [.. channel.Elements("item")];
        Assert.Equal([$"lodestone:bulletin:{bulletin}", $"lodestone:policy:{policy}"], items.Select(item => (string?)item.Element("guid")));
        Assert.Contains("<script>alert(1)</script> 二段\ud83e\uddf2", (string?)items[0].Element("description"), StringComparison.Ordinal);
        foreach (XElement item in items)
        {
            var link = new Uri((string)item.Element("link")!);
            Assert.True(link.IsAbsoluteUri && link.Authority == _city.Address.Authority);
            Assert.Equal("false", (string?)item.Element("guid")!.Attribute("isPermaLink"));
            Assert.True(DateTimeOffset.TryParseExact((string?)item.Element("pubDate"), "r", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _));
            using HttpResponseMessage page = await _city.Anonymous.GetAsync(link);
            string html = await page.Content.ReadAsStringAsync();
            Assert.True(page.IsSuccessStatusCode);
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>产值", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnybodyCommentsADraft_AndEveryCommentIsAnsweredBeforeItGoesOn()
    {
        long policy = await _city.DraftAsync($"{Canary}征求意见");
        (await _city.PolicyAsync("editor", policy, "consult", new { units = new[] { "u1" }, until = "2026-08-06", asksPublic = true })).Ok();
        string page = await _city.PublicAsync($"/public/drafts/{policy}");
        Assert.Contains($"{Canary}征求意见", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Canary}征求意见", (await _city.Anonymous.ReadAsync("/public/rss.xml")).Text, StringComparison.Ordinal);
        Assert.Equal(302, await SayAsync(policy, "请写明标准"));
        Assert.Equal(422, await SayAsync(policy, ""));
        HttpClient editor = await _city.ClientAsync("editor");
        System.Text.Json.Nodes.JsonNode said = (await editor.ReadAsync($"/api/policies/{policy}"))["ofPublic"]!.AsArray().Single()!;
        Assert.Equal("请写明标准", (string?)said["text"]);
        (await (await _city.ClientAsync("editor-x")).PostAsync($"/api/policies/{policy}/public-answers", new { comment = (long)said["id"]!, outcome = "adopted", version = (long)said["version"]! }))
            .Refused("request.not-found", 404);
        _city.Clock.GoTo(new DateOnly(2026, 8, 7));
        Assert.NotEqual(302, await SayAsync(policy, "迟了"));
        (await _city.PolicyAsync("editor", policy, "conclude")).Refused("policy.comments-open", 422);
        object body = new { comment = (long)said["id"]!, outcome = "refused", version = (long)said["version"]! };
        (await editor.PostAsync($"/api/policies/{policy}/public-answers", body)).Refused("policy.answer-missing", 422);
        (await editor.PostAsync($"/api/policies/{policy}/public-answers", new { comment = (long)said["id"]!, outcome = "refused", answer = "另有规定", version = (long)said["version"]! })).Ok();
        (await _city.PolicyAsync("editor", policy, "conclude")).Ok();
        Assert.DoesNotContain($"{Canary}征求意见", await _city.PublicAsync($"/public/drafts/{policy}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatThePublicSaidAndWhatBecameOfIt_IsPublishedWithoutNames_ManyAnsweredAtOnce()
    {
        long policy = await _city.DraftAsync($"{Canary}征求意见");
        (await _city.PolicyAsync("editor", policy, "consult", new { units = new[] { "u1" }, until = "2026-08-06", asksPublic = true })).Ok();
        foreach (string text in new[] { "请写明标准", "卖车", "卖房，电话13855512345" })
        {
            Assert.Equal(302, await SayAsync(policy, text, "某甲"));
        }

        HttpClient editor = await _city.ClientAsync("editor");
        Dictionary<string, System.Text.Json.Nodes.JsonNode> said = (await editor.ReadAsync($"/api/policies/{policy}"))["ofPublic"]!.AsArray().ToDictionary(one => (string)one!["text"]!, one => one!);
        object Chosen(string text) => new { comment = (long)said[text]["id"]!, version = (long)said[text]["version"]! };
        string place = $"/api/policies/{policy}/public-answers/batch";
        object[] beside = [Chosen("卖车"), Chosen("卖房，电话13855512345")];
        (await editor.PostAsync(place, new { comments = Array.Empty<object>(), outcome = "refused", answer = "与文稿无关" })).Refused("policy.none-chosen", 422);
        (await editor.PostAsync(place, new { comments = beside, outcome = "perhaps", answer = "与文稿无关" })).Refused("policy.outcome", 422);
        (await editor.PostAsync(place, new { comments = beside, outcome = "refused" })).Refused("policy.answer-missing", 422);
        (await (await _city.ClientAsync("editor-x")).PostAsync(place, new { comments = beside, outcome = "refused", answer = "与文稿无关" })).Refused("request.not-found", 404);
        (await editor.PostAsync(place, new { comments = beside, outcome = "refused", answer = "与文稿无关" })).Ok();
        (await editor.PostAsync(place, new { comments = new[] { Chosen("请写明标准"), Chosen("卖车") }, outcome = "adopted" })).Refused("request.stale", 409);
        (await editor.PostAsync(place, new { comments = new[] { Chosen("请写明标准") }, outcome = "adopted", answer = "已写明" })).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 8, 7));
        (await _city.PolicyAsync("editor", policy, "conclude")).Refused("bulletins.personal-numbers", 422);
        (await _city.PolicyAsync("editor", policy, "conclude", new { confirmed = true })).Ok();
        string heard = await _city.PublicAsync($"/public/drafts/{policy}");
        Assert.All(new[] { "请写明标准", "采纳", "已写明", "卖车", "未采纳", "与文稿无关" }, word => Assert.Contains(word, heard, StringComparison.Ordinal));
        Assert.DoesNotContain("某甲", heard, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, heard, StringComparison.Ordinal);
        Assert.DoesNotContain("请写明标准", (await _city.Anonymous.ReadAsync("/public/rss.xml")).Text, StringComparison.Ordinal);
        // What is given up leaves nothing behind.
        (await _city.PolicyAsync("editor", policy, "reopen", new { note = "再改" })).Ok();
        (await _city.PolicyAsync("editor", policy, "drop", new { note = "不办了" })).Ok();
        Assert.DoesNotContain("请写明标准", await _city.PublicAsync($"/public/drafts/{policy}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneAddressCommentsADraftOnlySoOftenAnHour_AndNoWordOfItIsInTheRecord()
    {
        long policy = await _city.DraftAsync();
        long other = await _city.DraftAsync();
        foreach (long draft in new[] { policy, other })
        {
            (await _city.PolicyAsync("editor", draft, "consult", new { units = new[] { "u1" }, until = "2026-08-06", asksPublic = true })).Ok();
        }

        for (int i = 0; i < CommentRate.MostAnHour; i++)
        {
            Assert.Equal(302, await SayAsync(policy, $"{Canary}{i}"));
        }

        Assert.Equal(429, await SayAsync(policy, "又一条"));
        Assert.Equal(302, await SayAsync(other, "另一件"));
        _city.Clock.GoTo(new DateOnly(2026, 7, 7));
        Assert.Equal(302, await SayAsync(policy, "第二天"));
        await using Lodestone.Kernel.Data.PlatformDb db = _city.Db();
        var kept = db.Set<Lodestone.Kernel.Audit.AuditRecord>().Where(row => row.Action == "policy.public-comment").Select(row => row.After).ToList();
        Assert.Equal(CommentRate.MostAnHour + 2, kept.Count);
        Assert.DoesNotContain(kept, text => text!.Contains(Canary, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void AHouseholdIsOneAddress(string address, string expected) => Assert.Equal(expected, CommentRate.Of(System.Net.IPAddress.Parse(address)));

    [Fact]
    public void ARateRefusesByItsCode()
    {
        var rate = new CommentRate(_city.Clock);
        for (int i = 0; i < CommentRate.MostAnHour; i++)
        {
            rate.Take("a", 1);
        }

        Lodestone.Kernel.Refusal refusal = Assert.Throws<Lodestone.Kernel.Refusal>(() => rate.Take("a", 1));
        Assert.Equal(("policy.comment-often", 429), (refusal.Code, refusal.Status));
        rate.Take("b", 1);
    }

    /// <returns>The status of the posted form.</returns>
    private async Task<int> SayAsync(long policy, string text, string name = "")
    {
        using HttpClient client = _city.NewClient();
        using HttpResponseMessage answer = await client.SubmitAsync($"/public/drafts/{policy}", "say", new Dictionary<string, string> { ["Text"] = text, ["Name"] = name });
        return (int)answer.StatusCode;
    }
}

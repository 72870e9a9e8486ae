using System.IO.Compression;
using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Bulletins;

/// <summary>Owns contributions and bulletins: collected, edited, approved, published, corrected, withdrawn, counted.</summary>
public sealed class BulletinTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly EditorialCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AContribution_IsTaken_Published_Credited_AndCounted()
    {
        long first = await _city.ContributeAsync();
        long second = await _city.ContributeAsync("l2", "u2", "签约");
        await _city.ContributeAsync("l2", "u2", "未用");
        long bulletin = await _city.PublishAsync("public", first, second);
        HttpClient editor = await _city.ClientAsync("editor");
        JsonNode seen = (await editor.ReadAsync($"/api/bulletins/{bulletin}")).Ok().Body!;
        Assert.Equal(("2026年第1期", "published"), ((string?)seen["bulletin"]!["number"], (string?)seen["bulletin"]!["stage"]));
        Assert.Equal(["u1", "u2"], seen["items"]!.AsArray().Select(item => (string?)item!["credit"]));
        Assert.Equal("adopted", (string?)(await (await _city.ClientAsync("l1")).ReadAsync($"/api/contributions/{first}"))["contribution"]["stage"]);
        JsonArray lines = (await editor.ReadAsync("/api/contributions/league?year=2026")).Ok().Body!.AsArray();
        // u2 sent in two, u1 one; each was published once in the third quarter.
        Assert.Equal([("u2", 1, 2, 1), ("u1", 2, 1, 1)], lines.Take(2).Select(line =>
            ((string)line!["unit"]!, (int)line["place"]!, (int)line["submitted"]![2]!, (int)line["adopted"]![2]!)));
        Assert.Equal(["u1"], (await (await _city.ClientAsync("l1")).ReadAsync("/api/contributions/league?year=2026")).Ok().Body!.AsArray().Select(line => (string?)line!["unit"]));
        using HttpResponseMessage book = await editor.GetAsync(new Uri("/api/contributions/league/workbook?year=2026", UriKind.Relative));
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString((await book.Content.ReadAsByteArrayAsync())[..2]));
    }

    [Fact]
    public async Task NumbersHaveNoGaps_WhateverIsDroppedOrWithdrawn()
    {
        long dropped = await _city.EditAsync("public", await _city.ContributeAsync());
        (await _city.MoveAsync("editor", $"/api/bulletins/{dropped}", "drop", "bulletin", new { note = "并入下期" })).Ok();
        long first = await _city.PublishAsync("internal", await _city.ContributeAsync());
        (await _city.MoveAsync("leader", $"/api/bulletins/{first}", "withdraw", "bulletin", new { note = "数字有误" })).Ok();
        long second = await _city.PublishAsync("public", await _city.ContributeAsync());
        HttpClient editor = await _city.ClientAsync("editor");
        Assert.Equal(["2026年第2期", "2026年第1期", ""], (await editor.ReadAsync("/api/bulletins")).Ok().Body!.AsArray().Select(row => (string?)row!["number"]));
        Assert.True(second > first);
        // What was taken into the dropped one waits again.
        Assert.Single((await editor.ReadAsync("/api/contributions?stage=submitted")).Ok().Body!.AsArray());
    }

    [Fact]
    public async Task OneContributionStandsInOneBulletin_AndAUnitSeesOnlyItsOwn()
    {
        long one = await _city.ContributeAsync();
        await _city.EditAsync("public", one);
        HttpClient editor = await _city.ClientAsync("editor");
        Answer other = await editor.PostAsync("/api/bulletins", new { title = "另一期", sensitivity = "public", version = 0 });
        (await editor.PostAsync($"/api/bulletins/{(long)other["id"]}/contributions", new { contributions = new[] { one }, version = (long)other["version"] })).Refused("case.wrong-stage", 422);
        (await (await _city.ClientAsync("l2")).ReadAsync($"/api/contributions/{one}")).Refused("request.not-found", 404);
        (await (await _city.ClientAsync("editor-x")).PostAsync("/api/bulletins", new { title = "x", sensitivity = "secret", version = 0 })).Refused("bulletins.audience", 422);
        (await (await _city.ClientAsync("l1")).PostAsync("/api/contributions", new { unit = "u2", title = "冒名", text = "x", version = 0 })).Refused("request.not-found", 404);
        (await (await _city.ClientAsync("l1")).PostAsync("/api/contributions", new { unit = "u1", title = " ", text = "x", version = 0 })).Refused("bulletins.text", 422);
    }

    [Fact]
    public async Task WhatItsUnitMarkedInternal_DoesNotBecomePublic()
    {
        long bulletin = await _city.EditAsync("public", await _city.ContributeAsync(sensitivity: "internal"));
        (await _city.MoveAsync("editor", $"/api/bulletins/{bulletin}", "submit", "bulletin")).Refused("bulletins.contribution-internal", 422);
        long empty = (long)(await (await _city.ClientAsync("editor")).PostAsync("/api/bulletins", new { title = "空", sensitivity = "public", version = 0 }))["id"];
        (await _city.MoveAsync("editor", $"/api/bulletins/{empty}", "submit", "bulletin")).Refused("bulletins.empty", 422);
    }

    [Theory]
    [InlineData("联系人手机13855512345。", true)]
    [InlineData("联系人手机 138 5551 2345。", true)]
    [InlineData("身份证号34050419800101123X。", true)]
    [InlineData("统一社会信用代码913405040000000514。", false)]
    [InlineData("产值123456789012万元，电话0555-2345678。", false)]
    public async Task PersonalNumbers_AreLookedAtBeforeTheyBecomePublic(string text, bool stopped)
    {
        long bulletin = await _city.EditAsync("public", await _city.ContributeAsync(text: text));
        (await _city.MoveAsync("editor", $"/api/bulletins/{bulletin}", "submit", "bulletin")).Ok();
        if (stopped)
        {
            (await _city.MoveAsync("leader", $"/api/bulletins/{bulletin}", "publish", "bulletin")).Refused("bulletins.personal-numbers", 422);
        }

        (await _city.MoveAsync("leader", $"/api/bulletins/{bulletin}", "publish", "bulletin", new { confirmed = stopped })).Ok();
    }

    [Fact]
    public async Task ACorrectionIsANewEdition_AndTheOldStaysReadable_UntilItIsWithdrawn()
    {
        long bulletin = await _city.PublishAsync("public", await _city.ContributeAsync(text: "开工三个项目。"));
        (await _city.MoveAsync("editor", $"/api/bulletins/{bulletin}", "correct", "bulletin", new { note = "项目数写错" })).Ok();
        HttpClient editor = await _city.ClientAsync("editor");
        JsonNode seen = (await editor.ReadAsync($"/api/bulletins/{bulletin}")).Ok().Body!;
        JsonNode item = seen["items"]![0]!;
        (await editor.PostAsync($"/api/bulletins/{bulletin}/items", new
        {
            item = (long)item["id"]!,
            heading = "开工",
            text = "开工四个项目。",
            credit = "冒名",
            version = (long)seen["bulletin"]!["version"]!,
        })).Ok();
        (await editor.PostAsync($"/api/bulletins/{bulletin}/items", new { item = (long)item["id"]!, heading = "开工", text = "五", version = (long)seen["bulletin"]!["version"]! })).Refused("request.stale", 409);
        // Until the correction is approved its readers see what was published.
        Assert.Contains("开工三个项目", await _city.PublicAsync($"/public/bulletins/{bulletin}"), StringComparison.Ordinal);
        (await _city.MoveAsync("editor", $"/api/bulletins/{bulletin}", "submit", "bulletin")).Ok();
        (await _city.MoveAsync("leader", $"/api/bulletins/{bulletin}", "publish", "bulletin")).Ok();
        string present = await _city.PublicAsync($"/public/bulletins/{bulletin}");
        Assert.Contains("开工四个项目", present, StringComparison.Ordinal);
        Assert.Contains("项目数写错", present, StringComparison.Ordinal);
        Assert.DoesNotContain("开工三个项目", present, StringComparison.Ordinal);
        Assert.DoesNotContain("冒名", present, StringComparison.Ordinal);
        Assert.Contains("开工三个项目", await _city.PublicAsync($"/public/bulletins/{bulletin}?version=1"), StringComparison.Ordinal);
        Assert.Equal("2026年第1期", (string?)(await editor.ReadAsync($"/api/bulletins/{bulletin}"))["bulletin"]["number"]);
        (await _city.MoveAsync("leader", $"/api/bulletins/{bulletin}", "withdraw", "bulletin", new { note = "依规撤下" })).Ok();
        string gone = await _city.PublicAsync($"/public/bulletins/{bulletin}?version=1", $"/public/bulletins/{bulletin}");
        Assert.DoesNotContain("开工", gone, StringComparison.Ordinal);
        Assert.Contains("404", gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatItsUnitMarkedSensitive_StandsInNoBulletin()
    {
        long bulletin = await _city.EditAsync("internal", await _city.ContributeAsync(sensitivity: "sensitive"));
        (await _city.MoveAsync("editor", $"/api/bulletins/{bulletin}", "submit", "bulletin")).Refused("bulletins.contribution-sensitive", 422);
        await _city.PublishAsync("internal", await _city.ContributeAsync(sensitivity: "internal"));
    }

    [Fact]
    public async Task WhatHasNotBeenSentIn_IsReadByItsUnitOnly()
    {
        HttpClient unit = await _city.ClientAsync("l1");
        long id = (long)(await unit.PostAsync("/api/contributions", new { unit = "u1", title = "未报送", text = "还没写完", sensitivity = "public", version = 0 }))["id"];
        foreach (string user in new[] { "editor", "leader" })
        {
            HttpClient client = await _city.ClientAsync(user);
            Assert.Empty((await client.ReadAsync("/api/contributions")).Ok().Body!.AsArray());
            (await client.ReadAsync($"/api/contributions/{id}")).Refused("request.not-found", 404);
        }

        Assert.Single((await unit.ReadAsync("/api/contributions")).Ok().Body!.AsArray());
        (await _city.MoveAsync("l1", $"/api/contributions/{id}", "submit", "contribution")).Ok();
        (await (await _city.ClientAsync("editor")).ReadAsync($"/api/contributions/{id}")).Ok();
        (await _city.MoveAsync("l1", $"/api/contributions/{id}", "recall", "contribution")).Ok();
        (await _city.MoveAsync("l1", $"/api/contributions/{id}", "drop", "contribution")).Ok();
        (await (await _city.ClientAsync("editor")).ReadAsync($"/api/contributions/{id}")).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task AnAbandonedCorrection_LeavesNothingOfItsHead()
    {
        foreach (string sensitivity in new[] { "public", "internal" })
        {
            long bulletin = await _city.PublishAsync(sensitivity, await _city.ContributeAsync());
            (await _city.MoveAsync("editor", $"/api/bulletins/{bulletin}", "correct", "bulletin", new { note = "改标题" })).Ok();
            HttpClient editor = await _city.ClientAsync("editor");
            (await editor.PutAsync($"/api/bulletins/{bulletin}", new { title = "未审的标题", sensitivity, version = await _city.VersionAsync($"/api/bulletins/{bulletin}", "bulletin") })).Ok();
            Assert.Contains("送审稿", await PaperAsync(bulletin), StringComparison.Ordinal);
            (await _city.MoveAsync("editor", $"/api/bulletins/{bulletin}", "abandon", "bulletin", new { note = "不改了" })).Ok();
            string paper = await PaperAsync(bulletin);
            Assert.Contains("工作简报", paper, StringComparison.Ordinal);
            Assert.DoesNotContain("未审的标题", paper, StringComparison.Ordinal);
            Assert.DoesNotContain("送审稿", paper, StringComparison.Ordinal);
            await using Lodestone.Kernel.Data.PlatformDb db = _city.Db();
            Assert.Equal("", db.Set<Lodestone.Coordination.Bulletins.Bulletin>().Single(row => row.Id == bulletin).Correction);
        }
    }

    [Fact]
    public async Task ThePaperHoldsThePiecesAndTheirCredits()
    {
        long bulletin = await _city.PublishAsync("public", await _city.ContributeAsync());
        string text = await PaperAsync(bulletin);
        // The name of the city's industry is nothing that the house knows.
        Assert.All(new[] { "工作简报", "2026年第1期", "一、开工", "三个项目开工。", "供稿：u1", "c产业集群建设领导小组办公室" }, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private async Task<string> PaperAsync(long bulletin)
    {
        byte[] paper = await (await _city.ClientAsync("leader")).GetByteArrayAsync(new Uri($"/api/bulletins/{bulletin}/document", UriKind.Relative));
        using var archive = new ZipArchive(new MemoryStream(paper));
        using var reader = new StreamReader(archive.GetEntry("word/document.xml")!.Open());
        return await reader.ReadToEndAsync();
    }
}

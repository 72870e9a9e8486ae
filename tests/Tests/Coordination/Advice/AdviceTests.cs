using System.IO.Compression;
using System.Text.Json.Nodes;
using Lodestone.Coordination.Advice;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Notices;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Advice;

/// <summary>Owns the committee: who must keep away, opinions that are the expert's own, answers with reasons, studies and what followed.</summary>
public sealed class AdviceTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly AdvisedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task WhoIsTiedToTheUnitOrToAnEnterpriseConcerned_IsNeitherAskedNorHeard()
    {
        HttpClient office = await _city.ClientAsync("office");
        long inquiry = await _city.AskAsync();
        (await _city.AssignAsync(inquiry, "late")).Refused("advice.term", 422);
        (await office.PostAsync($"/api/advice/inquiries/{inquiry}/parties", new { organisation = "e1" })).Ok();
        // The own employer is concerned; a tie to the unit that asks counts as well, a tie that has ended does not.
        (await _city.AssignAsync(inquiry, "t")).Refused("advice.recused", 422);
        (await office.PostAsync($"/api/advice/experts/{_city.Experts["a"]}/conflicts", new { with = "u1", kind = "friends" })).Refused("advice.conflict", 422);
        (await office.PostAsync($"/api/advice/experts/{_city.Experts["a"]}/conflicts", new { with = "u1", kind = "works-with", startsOn = "2026-01-01", endsOn = "2026-07-05" })).Ok();
        (await office.PostAsync($"/api/advice/experts/{_city.Experts["b"]}/conflicts", new { with = "u1", kind = "works-with", startsOn = "2026-01-01" })).Ok();
        (await _city.AssignAsync(inquiry, "a", "b")).Refused("advice.recused", 422);
        (await _city.AssignAsync(inquiry, "a")).Ok();
        (await _city.AssignAsync(inquiry, "a")).Refused("advice.experts", 422);
        // A conflict that is recorded after the assignment keeps the expert away too.
        (await office.PostAsync($"/api/advice/experts/{_city.Experts["a"]}/conflicts", new { with = "e1", kind = "shares" })).Ok();
        (await _city.GiveAsync("a", "合适", "十万")).Refused("advice.recused", 422);
        (await (await _city.ClientAsync("a")).PostAsync($"/api/advice/experts/{_city.Experts["a"]}/conflicts", new { with = "e2", kind = "shares" })).Refused("access.role", 403);
    }

    [Fact]
    public async Task AnOpinionIsGivenOnce_AndThoseOfOthersStayHiddenUntilOnesOwnIsIn()
    {
        long inquiry = await _city.AskAsync();
        (await _city.AssignAsync(inquiry, "a", "b")).Ok();
        IReadOnlyList<WorkItem> waiting = await _city.AsAsync(await _city.ActorOfAsync("a"), services => services.GetRequiredService<Workbench>().MineAsync());
        Assert.Equal(("work.advice.opinion", new DateOnly(2026, 7, 13)), waiting.Select(item => (item.Kind, item.DueOn!.Value)).Single());
        (await _city.GiveAsync("a", "只答一个")).Refused("advice.each-question", 422);
        (await _city.GiveAsync("a", "甲的秘密意见", "甲的上限")).Ok();
        (await _city.GiveAsync("a", "改口", "改口")).Refused("advice.given", 422);
        long b = (long)(await _city.MineAsync("b"))["id"]!;
        HttpClient other = await _city.ClientAsync("b");
        foreach (string address in new[] { $"/api/advice/questions/{b}", $"/advice/questions/{b}", $"/advice/questions/{b - 1}", "/api/advice/questions", $"/api/advice/inquiries/{inquiry}" })
        {
            Assert.DoesNotContain("甲的秘密", System.Net.WebUtility.HtmlDecode((await other.ReadAsync(address)).Text), StringComparison.Ordinal);
        }

        long a = (long)(await _city.MineAsync("a"))["id"]!;
        (await other.ReadAsync($"/api/advice/questions/{a}")).Refused("request.not-found", 404);
        (await other.PostAsync($"/api/advice/questions/{a}/opinion", new { opinions = new[] { "x", "y" }, version = 1 })).Refused("access.role", 403);
        (await (await _city.ClientAsync("stranger")).ReadAsync($"/api/advice/questions/{a}")).Refused("request.not-found", 404);
        // The unit reads nothing before the office hands the opinions over.
        Assert.Empty((await _city.ReadAsync(inquiry, "l1"))["opinions"].AsArray());
        Assert.Empty((await _city.ReadAsync(inquiry, "l1"))["assignments"].AsArray());
        (await _city.MoveAsync("office", inquiry, "hand-over")).Refused("advice.opinions-open", 422);
        (await _city.GiveAsync("b", "乙的意见", "乙的上限")).Ok();
        Assert.Contains("甲的秘密", (await other.ReadAsync($"/api/advice/questions/{b}")).Text, StringComparison.Ordinal);
        (await _city.MoveAsync("office", inquiry, "hand-over")).Ok();
        Assert.Equal(4, (await _city.ReadAsync(inquiry, "l1"))["opinions"].AsArray().Count);
        (await _city.ReadAsync(inquiry, "l2")).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task AfterTheDayNobodyIsHeard_AndTheOfficeHandsOverWhatIsIn()
    {
        long inquiry = await _city.AskAsync();
        (await _city.AssignAsync(inquiry, "a", "b")).Ok();
        (await _city.GiveAsync("a", "合适", "十万")).Ok();
        // Five working days from Monday the 6th.
        _city.Clock.GoTo(new DateOnly(2026, 7, 14));
        (await _city.GiveAsync("b", "迟", "了")).Refused("advice.late", 422);
        (await _city.MoveAsync("office", inquiry, "hand-over")).Ok();
        Assert.Equal("2026-07-28", (string?)(await _city.ReadAsync(inquiry))["inquiry"]["answerDueOn"]);
    }

    [Fact]
    public async Task EveryOpinionIsAnswered_AndARefusalSaysWhy()
    {
        long inquiry = await _city.AskAsync();
        (await _city.AssignAsync(inquiry, "a")).Ok();
        (await _city.GiveAsync("a", "比例偏高", "十万")).Ok();
        (await _city.MoveAsync("office", inquiry, "hand-over")).Ok();
        JsonArray opinions = (await _city.ReadAsync(inquiry, "l1"))["opinions"].AsArray();
        (await AnswerAsync(inquiry, opinions[0]!, "refused", " ")).Refused("advice.reason-missing", 422);
        (await AnswerAsync(inquiry, opinions[0]!, "partly", null)).Refused("advice.reason-missing", 422);
        (await AnswerAsync(inquiry, opinions[0]!, "maybe", "x")).Refused("advice.outcome", 422);
        (await AnswerAsync(inquiry, opinions[0]!, "refused", "与省级政策一致")).Ok();
        (await AnswerAsync(inquiry, opinions[0]!, "adopted", null)).Refused("request.stale", 409);
        (await _city.MoveAsync("l1", inquiry, "close")).Refused("advice.unanswered", 422);
        (await AnswerAsync(inquiry, opinions[1]!, "adopted", null)).Ok();
        (await _city.MoveAsync("office", inquiry, "close")).Refused("access.role", 403);
        (await _city.MoveAsync("l1", inquiry, "close")).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 8, 20));
        byte[] paper = await (await _city.ClientAsync("l1")).GetByteArrayAsync(new Uri($"/api/advice/inquiries/{inquiry}/document", UriKind.Relative));
        using var archive = new ZipArchive(new MemoryStream(paper));
        using var reader = new StreamReader(archive.GetEntry("word/document.xml")!.Open());
        string text = await reader.ReadToEndAsync();
        Assert.All(new[] { "比例偏高", "与省级政策一致", "不采纳", "a（某大学）", "2026年7月6日", "c产业集群建设领导小组办公室" }, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AStudyReports_AndEachProposalIsCarriedOutByAMeasureOrRefusedWithAReason()
    {
        HttpClient expert = await _city.ClientAsync("a");
        HttpClient office = await _city.ClientAsync("office");
        long study = (long)(await expert.PostAsync("/api/advice/studies", new { committee = "k", title = "检测能力", text = "外送周期长" }))["id"];
        (await (await _city.ClientAsync("stranger")).ReadAsync($"/api/advice/studies/{study}")).Refused("request.not-found", 404);
        (await MoveStudyAsync("a", study, "approve")).Refused("access.role", 403);
        (await MoveStudyAsync("leader", study, "approve")).Ok();
        (await MoveStudyAsync("a", study, "begin")).Ok();
        (await MoveStudyAsync("a", study, "report", null, ["建平台"])).Refused("advice.report", 422);
        long file = await _city.FileAsync("a", "k");
        (await MoveStudyAsync("a", study, "report", file, [])).Refused("advice.report", 422);
        (await MoveStudyAsync("a", study, "report", file, ["建平台", "全额补贴"])).Ok();
        (await MoveStudyAsync("office", study, "close")).Refused("advice.undecided", 422);
        JsonArray proposals = (await office.ReadAsync($"/api/advice/studies/{study}"))["proposals"].AsArray();
        (await DecideAsync(study, proposals[0]!, "adopted", null)).Refused("advice.measure", 422);
        (await DecideAsync(study, proposals[1]!, "refused", null)).Refused("advice.reason-missing", 422);
        (await DecideAsync(study, proposals[1]!, "refused", "不符合资金管理办法")).Ok();
        (await DecideAsync(study, proposals[0]!, "refused", "另行研究")).Ok();
        (await MoveStudyAsync("office", study, "close")).Ok();
    }

    [Fact]
    public async Task TheCharterHasVersions_AndASessionIsHeldAndRecorded()
    {
        HttpClient office = await _city.ClientAsync("office");
        foreach (string text in new[] { "第一版", "第二版" })
        {
            (await office.PostAsync("/api/advice/charters", new { committee = "k", text, termFrom = "2026-07-01", termUntil = "2029-06-30" })).Ok();
        }

        Assert.Equal([(2, "第二版"), (1, "第一版")], (await (await _city.ClientAsync("a")).ReadAsync("/api/advice/charters")).Ok().Body!.AsArray().Select(row => ((int)row!["ordinal"]!, (string)row["text"]!)));
        (await office.PostAsync("/api/advice/charters", new { committee = "u1", text = "x", termUntil = "2029-06-30" })).Refused("advice.committee", 422);
        (await office.PostAsync("/api/advice/charters", new { committee = "kx", text = "x", termUntil = "2029-06-30" })).Refused("request.not-found", 404);
        (await office.PostAsync("/api/advice/experts", new { committee = "k", userName = "l1", employer = "某", fields = "某", termUntil = "2029-06-30" })).Refused("advice.account", 422);
        long session = (long)(await office.PostAsync("/api/advice/sessions", new { committee = "k", title = "第一次会议", day = "2026-07-10", place = "三楼" }))["id"];
        foreach ((string action, string? note) in new (string, string?)[] { ("hold", null), ("record", "通过章程") })
        {
            long version = (long)(await office.ReadAsync("/api/advice/sessions")).Ok().Body!.AsArray()[0]!["caseVersion"]!;
            (await office.PostAsync($"/api/advice/sessions/{session}/actions", new { action, note, version })).Ok();
        }

        Assert.Equal("通过章程", (string?)(await (await _city.ClientAsync("b")).ReadAsync("/api/advice/sessions")).Ok().Body!.AsArray()[0]!["minutes"]);
    }

    [Fact]
    public void TheEffectIsOfTheSameReportersBeforeAndAfter()
    {
        var indicator = new Indicator { Name = "产值", Unit = "万元", Decimals = 0 };
        ApprovedValue Of(string period, long organisation, long value) =>
            new(new Observation { Period = Period.Parse(period), OrganisationId = organisation, Value = value }, DateTimeOffset.UnixEpoch);
        ApprovedValue[] values = [Of("2026Q1", 1, 100), Of("2026Q1", 2, 50), Of("2026Q2", 1, 110), Of("2026Q2", 2, 60), Of("2026Q3", 1, 130), Of("2026Q3", 2, 70), Of("2026Q3", 3, 900)];
        IndicatorEffect effect = EffectReading.Of(indicator, values, new DateOnly(2026, 6, 20))!;
        Assert.Equal((150m, 200m, 2, 3), (effect.Before, effect.After, effect.Reporters, effect.Points.Count));
        // The quarter in which it was adopted is half before and half after.
        effect = EffectReading.Of(indicator, values, new DateOnly(2026, 7, 10))!;
        Assert.Equal((170m, null), (effect.Before, effect.After));
        Assert.Null(EffectReading.Of(indicator, values, new DateOnly(2026, 10, 1))!.After);
        Assert.Null(EffectReading.Of(indicator, [], new DateOnly(2026, 10, 1)));
    }

    private async Task<Answer> AnswerAsync(long inquiry, JsonNode opinion, string outcome, string? answer) => await (await _city.ClientAsync("l1")).PostAsync(
        $"/api/advice/inquiries/{inquiry}/answers", new { opinion = (long)opinion["id"]!, outcome, answer, version = (long)opinion["version"]! });

    private async Task<Answer> MoveStudyAsync(string user, long study, string action, long? evidence = null, string[]? proposals = null) => await (await _city.ClientAsync(user)).PostAsync(
        $"/api/advice/studies/{study}/actions", new
        {
            action,
            evidence,
            proposals,
            version = (long)(await (await _city.ClientAsync("office")).ReadAsync($"/api/advice/studies/{study}"))["study"]["caseVersion"]!,
        });

    private async Task<Answer> DecideAsync(long study, JsonNode proposal, string outcome, string? reason) => await (await _city.ClientAsync("office")).PostAsync(
        $"/api/advice/studies/{study}/decisions", new { proposal = (long)proposal["id"]!, outcome, reason, version = (long)proposal["version"]! });
}

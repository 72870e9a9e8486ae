using Lodestone.Coordination.Meetings;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Meetings;

/// <summary>Owns the way of a matter to the leading group.</summary>
public sealed class MatterTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly MeetingCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task EachUnitGivesItsOpinionOnceAndInTime_AndTheProposerForNoOtherUnit()
    {
        long matter = await _city.MatterAsync();
        (await (await _city.ClientAsync("l2")).ReadAsync($"/api/matters/{matter}")).Refused("request.not-found", 404);
        (await _city.MatterMoveAsync("office", matter, "ask-opinions", new { units = new[] { "u1" } })).Refused("matter.opinion-own", 422);
        (await _city.MatterMoveAsync("office", matter, "ask-opinions", new { units = Array.Empty<string>() })).Refused("matter.units", 422);
        (await _city.MatterMoveAsync("office", matter, "ask-opinions", new { units = new[] { "u2" }, workdays = 0 })).Refused("matter.window", 422);
        (await _city.MatterMoveAsync("l1", matter, "ask-opinions", new { units = new[] { "u2" } })).Refused("access.role", 403);
        (await _city.MatterMoveAsync("office", matter, "ask-opinions", new { units = new[] { "u2", "u3" }, workdays = 3 })).Ok();
        Assert.Contains(("work.matter-opinion.asked", "首台套风险补偿", (DateOnly?)new DateOnly(2026, 7, 9)), await _city.WorkAsync("l2"));

        (await _city.GiveAsync("l2", "u3", matter, "agree")).Refused("request.not-found", 404);
        (await _city.GiveAsync("dl", "d1", matter, "agree")).Refused("request.not-found", 404);
        (await _city.GiveAsync("l1", "u1", matter, "agree")).Refused("request.not-found", 404);
        (await _city.GiveAsync("twice", "u2", matter, "agree")).Refused("matter.proposer", 422);
        (await _city.GiveAsync("l2", "u2", matter, "perhaps")).Refused("matter.opinion-position", 422);
        (await _city.GiveAsync("l2", "u2", matter, "object")).Refused("matter.opinion-reason", 422);
        (await _city.GiveAsync("l2", "u2", matter, "object", "资金渠道没有落实")).Ok();
        (await _city.GiveAsync("l2", "u2", matter, "agree")).Refused("matter.opinion-given", 422);
        // A unit that is asked reads its own opinion; the proposer and the office read all.
        Assert.Equal((1, 1, 2, 2), (await CountAsync("l2", matter), await CountAsync("l3", matter), await CountAsync("l1", matter), await CountAsync("office", matter)));

        (await _city.MatterMoveAsync("office", matter, "close-opinions")).Refused("matter.opinions-open", 422);
        _city.Clock.GoTo(new DateOnly(2026, 7, 10));
        (await _city.GiveAsync("l3", "u3", matter, "agree")).Refused("matter.opinion-late", 422);
        (await _city.MatterMoveAsync("office", matter, "close-opinions")).Ok();
        Assert.Equal("ready", await _city.StageOfAsync(matter));
        Assert.DoesNotContain(await _city.WorkAsync("l3"), item => item.Kind == "work.matter-opinion.asked");
        (await _city.GiveAsync("l3", "u3", matter, "agree")).Refused("matter.opinion-late", 422);
    }

    [Fact]
    public async Task AReturnedMatterIsReworked_AndOnlyADraftIsChanged()
    {
        long matter = await _city.MatterAsync();
        HttpClient unit = await _city.ClientAsync("l1");
        long version = (long)(await unit.ReadAsync($"/api/matters/{matter}"))["matter"]["textVersion"]!;
        object text = new { title = "首台套风险补偿办法", text = "已补测算", proposal = "安排补偿资金四百万元", version };
        (await unit.PutAsync($"/api/matters/{matter}", text)).Refused("matter.not-draft", 422);
        (await _city.MatterMoveAsync("office", matter, "return-matter")).Refused("case.reason-missing", 422);
        (await _city.MatterMoveAsync("office", matter, "return-matter", new { note = "请补测算" })).Ok();
        (await _city.MatterMoveAsync("l1", matter, "rework")).Ok();
        (await unit.PutAsync($"/api/matters/{matter}", text)).Refused("request.stale", 409);
        version = (long)(await unit.ReadAsync($"/api/matters/{matter}"))["matter"]["textVersion"]!;
        object fresh = new { title = "首台套风险补偿办法", text = "已补测算", proposal = "安排补偿资金四百万元", version };
        (await unit.PutAsync($"/api/matters/{matter}", fresh)).Ok();
        // Of two who had read the same text the second hears of the first.
        (await unit.PutAsync($"/api/matters/{matter}", fresh)).Refused("request.stale", 409);
        (await (await _city.ClientAsync("l2")).PutAsync($"/api/matters/{matter}", text)).Refused("request.not-found", 404);
        (await _city.MatterMoveAsync("l1", matter, "submit-matter")).Ok();
        (await unit.PostAsync("/api/matters", new { unit = "u2", title = "x", text = "x", proposal = "x" })).Refused("request.not-found", 404);
        Answer untitled = await unit.PostAsync("/api/matters", new { unit = "u1", title = "", text = "x", proposal = "x" });
        untitled.Refused("meeting.text", 422);
        Assert.Equal("title", (string?)untitled.Body!["field"]);
        Assert.Contains("标题", (string?)untitled.Body["title"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMatterIsResolvedOrDeferredAfterItsMeeting_AndADeferredOneStandsOnTheNextAgenda()
    {
        (long resolved, long deferred) = (await _city.MatterAsync("甲"), await _city.MatterAsync("乙"));
        foreach (long matter in new[] { resolved, deferred })
        {
            (await _city.MatterMoveAsync("office", matter, "without-opinions", new { note = "内容单一" })).Ok();
            (await _city.MatterMoveAsync("office", matter, "put-on-agenda")).Refused("matter.by-call", 422);
        }

        long meeting = await _city.MeetingAsync("2026Q2");
        (await _city.CallAsync(meeting, "2026-07-08")).Ok();
        (await _city.MatterMoveAsync("office", resolved, "resolve")).Refused("matter.not-discussed", 422);
        _city.Clock.GoTo(new DateOnly(2026, 7, 8));
        (await _city.MoveAsync("office", meeting, "hold-meeting", new { present = new[] { "u1" } })).Ok();
        long settles = (long)(await _city.ResolveAsync(meeting, matter: resolved)).Ok()["id"];
        (await _city.MatterMoveAsync("office", resolved, "resolve")).Ok();
        (await (await _city.ClientAsync("office")).CallAsync(HttpMethod.Delete, $"/api/resolutions/{settles}")).Refused("meeting.resolution-needed", 422);
        (await _city.MoveAsync("office", meeting, "draft-minutes", new { text = "会议审议了两个议题。" })).Ok();
        (await _city.MoveAsync("leader", meeting, "issue-minutes")).Refused("meeting.matters-open", 422);
        (await _city.MatterMoveAsync("office", deferred, "resolve")).Refused("matter.no-resolution", 422);
        (await _city.MatterMoveAsync("office", deferred, "defer", new { note = "请补测算" })).Ok();
        (await _city.MoveAsync("leader", meeting, "issue-minutes")).Ok();
        Assert.Equal(("resolved", "deferred"), (await _city.StageOfAsync(resolved), await _city.StageOfAsync(deferred)));
        Assert.Contains((await _city.ReadAsync(await _city.MeetingAsync("2026Q3")))["agenda"].AsArray(), line => (string?)line!["text"] == "审议：乙（u1提出）");
    }

    [Fact]
    public async Task ADraftIsItsUnitsOwn()
    {
        HttpClient unit = await _city.ClientAsync("l1");
        long matter = (long)(await unit.PostAsync("/api/matters", new { unit = "u1", title = "甲", text = "未定", proposal = "未定" })).Ok()["id"];
        foreach (string reader in new[] { "office", "leader", "assessor" })
        {
            (await (await _city.ClientAsync(reader)).ReadAsync($"/api/matters/{matter}")).Refused("request.not-found", 404);
            Assert.Empty((await (await _city.ClientAsync(reader)).ReadAsync("/api/matters")).Ok().Body!.AsArray());
        }

        Assert.Single((await unit.ReadAsync("/api/matters")).Ok().Body!.AsArray());
        (await _city.MatterMoveAsync("l1", matter, "submit-matter")).Ok();
        Assert.Single((await (await _city.ClientAsync("leader")).ReadAsync("/api/matters")).Ok().Body!.AsArray());
    }

    [Fact]
    public async Task WhoIsStillAskedReadsNoOtherOpinion_InWhateverRole()
    {
        await _city.AddUserAsync("two-seats", ("u3", "liaison"), ("office", "approver"));
        long matter = await _city.MatterAsync();
        (await _city.MatterMoveAsync("office", matter, "ask-opinions", new { units = new[] { "u2", "u3" } })).Ok();
        (await _city.GiveAsync("l2", "u2", matter, "object", "资金渠道没有落实")).Ok();
        Assert.Equal((1, 2), (await CountAsync("two-seats", matter), await CountAsync("leader", matter)));
        Assert.DoesNotContain("资金渠道", System.Net.WebUtility.HtmlDecode((await (await _city.ClientAsync("two-seats")).ReadAsync($"/meetings/matters/{matter}")).Text), StringComparison.Ordinal);
        (await _city.GiveAsync("two-seats", "u3", matter, "agree")).Ok();
        Assert.Equal(2, await CountAsync("two-seats", matter));
    }

    [Fact]
    public async Task AReworkedMatterIsPutToTheSameUnitAgain_AndTheOldOpinionStaysWithTheOldText()
    {
        long matter = await _city.MatterAsync();
        (await _city.MatterMoveAsync("office", matter, "ask-opinions", new { units = new[] { "u2", "u3" } })).Ok();
        (await _city.GiveAsync("l2", "u2", matter, "object", "资金渠道没有落实")).Ok();
        (await _city.MatterMoveAsync("office", matter, "return-matter", new { note = "请补资金渠道" })).Ok();
        (await _city.MatterMoveAsync("l1", matter, "rework")).Ok();
        (await (await _city.ClientAsync("l2")).ReadAsync($"/api/matters/{matter}")).Refused("request.not-found", 404);
        (await (await _city.ClientAsync("office")).ReadAsync($"/api/matters/{matter}")).Refused("request.not-found", 404);
        (await _city.MatterMoveAsync("l1", matter, "submit-matter")).Ok();
        (await _city.MatterMoveAsync("office", matter, "ask-opinions", new { units = new[] { "u2" } })).Ok();
        (await _city.MatterMoveAsync("office", matter, "close-opinions")).Refused("matter.opinions-open", 422);
        (await _city.GiveAsync("l2", "u2", matter, "agree")).Ok();
        (await _city.MatterMoveAsync("office", matter, "close-opinions")).Ok();
        Assert.Equal([(2, "u2", "agree"), (1, "u2", "object"), (1, "u3", "")], (await (await _city.ClientAsync("office")).ReadAsync($"/api/matters/{matter}"))["opinions"].AsArray()
            .Select(one => ((int)one!["round"]!, (string)one["unit"]!, (string)one["position"]!)));
        Assert.Contains("第 1 轮", (await (await _city.ClientAsync("office")).ReadAsync($"/meetings/matters/{matter}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfARevisionAndASubmissionAtOnce_OnlyOneSucceeds()
    {
        long matter = (long)(await (await _city.ClientAsync("l1")).PostAsync("/api/matters", new { unit = "u1", title = "甲", text = "未定", proposal = "未定" })).Ok()["id"];
        long version = (long)(await (await _city.ClientAsync("l1")).ReadAsync($"/api/matters/{matter}"))["matter"]["textVersion"]!;
        await _city.StaleAsync("l1", services => services.GetRequiredService<MatterDesk>().ReviseAsync(matter, version, new MatterText(null, "乙", "改了", "改了")),
            async () => (await _city.MatterMoveAsync("l1", matter, "submit-matter")).Ok());
        Assert.Equal("甲", (string?)(await (await _city.ClientAsync("office")).ReadAsync($"/api/matters/{matter}"))["matter"]["title"]);
    }

    private async Task<int> CountAsync(string user, long matter) => (await (await _city.ClientAsync(user)).ReadAsync($"/api/matters/{matter}"))["opinions"].AsArray().Count;
}

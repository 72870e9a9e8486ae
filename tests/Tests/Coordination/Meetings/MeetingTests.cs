using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Meetings;

/// <summary>Owns a meeting from its call to its minutes, its agenda and its resolutions. Each test moves the clock, so each has a city of its own.</summary>
public sealed class MeetingTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly MeetingCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AMeetingIsCalledHeldWrittenDownAndIssued_AndEachReaderSeesHisPart()
    {
        long meeting = await _city.MeetingAsync("2026Q2");
        (await _city.ReadAsync(meeting, "l1")).Refused("request.not-found", 404);
        (await _city.CallAsync(meeting, "2026-07-08")).Refused("meeting.agenda-empty", 422);
        (await _city.EditAsync(meeting, new { action = "add", text = "听取汇报" })).Ok();
        (await _city.CallAsync(meeting, "2026-07-05")).Refused("meeting.past", 422);
        (await _city.CallAsync(meeting, "2026-07-08", "u1", "u1")).Refused("meeting.bad-units", 422);
        (await _city.CallAsync(meeting, "2026-07-08", "u1", "ux")).Refused("request.not-found", 404);
        (await _city.MoveAsync("office", meeting, "draft-minutes", new { text = "x" })).Refused("meeting.not-held", 422);
        (await _city.ResolveAsync(meeting)).Refused("meeting.not-held", 422);
        (await _city.MoveAsync("leader", meeting, "call")).Refused("access.role", 403);
        (await _city.CallAsync(meeting, "2026-07-08", "u1", "u2")).Ok();

        Assert.Contains(("work.meeting-attendance.invited", "2026 年二季度例会", (DateOnly?)new DateOnly(2026, 7, 8)), await _city.WorkAsync("l1"));
        Answer seen = (await _city.ReadAsync(meeting, "l1")).Ok();
        Assert.Equal(("called", "听取汇报", 1), ((string?)seen["stage"], (string?)seen["agenda"].AsArray().Single()!["text"], seen["units"].AsArray().Count));
        (await _city.ReadAsync(meeting, "l3")).Refused("request.not-found", 404);
        HttpClient unit = await _city.ClientAsync("l1");
        (await unit.PostAsync($"/api/meetings/{meeting}/attendance", new { unit = "u2", action = "confirm-attendance", answer = "王局长", version = 1 })).Refused("request.not-found", 404);
        long version = (long)seen["units"][0]!["version"]!;
        (await unit.PostAsync($"/api/meetings/{meeting}/attendance", new { unit = "u1", action = "confirm-attendance", answer = "王局长", version })).Ok();

        (await _city.MoveAsync("office", meeting, "hold-meeting", new { present = new[] { "u1" } })).Refused("meeting.held-day", 422);
        _city.Clock.GoTo(new DateOnly(2026, 7, 8));
        (await _city.MoveAsync("office", meeting, "hold-meeting", new { present = new[] { "u3" } })).Refused("meeting.not-called", 422);
        (await _city.MoveAsync("office", meeting, "hold-meeting", new { present = new[] { "u1" } })).Ok();
        Assert.Equal(["confirmed true", "unanswered false"],
            (await _city.ReadAsync(meeting))["units"].AsArray().Select(one => $"{one!["stage"]} {((bool)one["present"]! ? "true" : "false")}"));
        (await _city.ResolveAsync(meeting)).Ok();
        Assert.Empty((await _city.ReadAsync(meeting, "l1"))["resolutions"].AsArray());
        (await _city.MoveAsync("office", meeting, "draft-minutes", new { text = "" })).Refused("meeting.text", 422);
        (await _city.MoveAsync("office", meeting, "draft-minutes", new { text = "会议听取了汇报。" })).Ok();
        (await _city.ResolveAsync(meeting)).Refused("meeting.minutes-stand", 422);
        (await _city.MoveAsync("office", meeting, "issue-minutes")).Refused("access.role", 403);
        (await _city.MoveAsync("leader", meeting, "send-back-minutes")).Refused("case.reason-missing", 422);
        (await _city.MoveAsync("leader", meeting, "send-back-minutes", new { note = "补上责任单位" })).Ok();
        await _city.IssueAsync(meeting);
        Answer issued = await _city.ReadAsync(meeting, "l1");
        Assert.Equal(("minutes-issued", "〔2026〕1号", 1), ((string?)issued["stage"], (string?)issued["number"], issued["resolutions"].AsArray().Count));
    }

    [Fact]
    public async Task TheAgendaWritesItselfFromFacts_IsPutInOrderAndDropped_AndStandsOnceTheMeetingIsCalled()
    {
        await IssueOrderAsync("污水提标", 5);
        _city.Clock.GoTo(new DateOnly(2026, 7, 14));
        long meeting = await _city.MeetingAsync("2026Q2");
        JsonNode late = Assert.Single((await AgendaAsync(meeting)))!;
        Assert.Equal(("order", "督〔2026〕1号 污水提标（u1）"), ((string?)late["kind"], (string?)late["text"]));
        Assert.StartsWith("/supervision/", (string)late["href"]!, StringComparison.Ordinal);
        long matter = await _city.MatterAsync();
        (await _city.MatterMoveAsync("office", matter, "without-opinions", new { note = "内容单一" })).Ok();
        (await _city.EditAsync(meeting, new { action = "add", text = "其他事项" })).Ok();
        Assert.Equal(["matter", "order", "hand"], await KindsAsync(meeting));
        string[] facts = [.. (await AgendaAsync(meeting)).Select(line => (string)line!["fact"]!)];
        (await _city.EditAsync(meeting, new { action = "reorder", order = new[] { facts[2], "order:1" } })).Refused("meeting.line-unknown", 422);
        (await _city.EditAsync(meeting, new { action = "reorder", order = new[] { facts[2], facts[1] } })).Ok();
        Assert.Equal(["hand", "order", "matter"], await KindsAsync(meeting));
        (await _city.EditAsync(meeting, new { action = "drop", fact = facts[1] })).Refused("meeting.text", 422);
        (await _city.EditAsync(meeting, new { action = "drop", fact = facts[1], reason = "另行督办" })).Ok();
        (await _city.EditAsync(meeting, new { action = "add", text = "x" }, "leader")).Refused("access.role", 403);

        (await _city.CallAsync(meeting, "2026-07-16")).Ok();
        Assert.Equal("on-agenda", await _city.StageOfAsync(matter));
        Assert.Equal(["hand", "matter", "order"], await KindsAsync(meeting));
        Assert.Equal(["hand", "matter"], (await _city.ReadAsync(meeting, "l2"))["agenda"].AsArray().Select(line => (string)line!["kind"]!));
        (await _city.EditAsync(meeting, new { action = "add", text = "x" })).Refused("meeting.agenda-frozen", 422);
        // A fact that comes later does not change it.
        await IssueOrderAsync("专项资金拨付", 5);
        _city.Clock.GoTo(new DateOnly(2026, 7, 30));
        Assert.Equal(3, (await AgendaAsync(meeting)).Count);
        Assert.Contains(await AgendaAsync(await _city.MeetingAsync("2026Q3")), line => (string?)line!["text"] == "督〔2026〕2号 专项资金拨付（u1）");
    }

    [Fact]
    public async Task AResolutionBecomesAnOrderInOneAct_AndTheNextMeetingOpensWithItsFate()
    {
        long meeting = await _city.HeldAsync();
        (await _city.ResolveAsync(meeting, lead: null)).Refused("meeting.resolution-lead", 422);
        (await _city.ResolveAsync(meeting, supports: ["u1"])).Refused("meeting.resolution-units", 422);
        (await _city.ResolveAsync(meeting, workdays: 0)).Refused("meeting.resolution-workdays", 422);
        (await _city.ResolveAsync(meeting, matter: 1)).Refused("meeting.resolution-matter", 422);
        long struck = (long)(await _city.ResolveAsync(meeting))["id"];
        long first = (long)(await _city.ResolveAsync(meeting, "u2"))["id"];
        (await _city.ResolveAsync(meeting, "u1", ["u2"], 5)).Ok();
        (await (await _city.ClientAsync("office")).CallAsync(HttpMethod.Delete, $"/api/resolutions/{struck}")).Ok();
        Assert.Equal([(1, "u2"), (2, "u1")], (await _city.ReadAsync(meeting))["resolutions"].AsArray().Select(one => ((int)one!["number"]!, (string)one["lead"]!)));
        long second = (long)(await _city.ReadAsync(meeting))["resolutions"][1]!["id"]!;
        (await OrderAsync(second)).Refused("meeting.minutes-open", 422);
        await _city.IssueAsync(meeting);
        (await OrderAsync(second, "leader")).Refused("access.role", 403);

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OrderAsync(second))));
        Answer made = answers.Single(one => one.Message.IsSuccessStatusCode);
        Assert.All(answers.Where(one => one != made), one => Assert.Contains(one.Code, new[] { "request.stale", "meeting.ordered" }));
        (await OrderAsync(second)).Refused("meeting.ordered", 422);
        JsonArray orders = (await (await _city.ClientAsync("office")).ReadAsync("/api/supervision/orders?open=true")).Ok().Body!.AsArray();
        Assert.Equal([("督〔2026〕1-1号", "u2"), ("督〔2026〕1号", "u1")], orders.Select(order => ((string)order!["number"]!, (string)order["organisation"]!)));
        Answer order = await (await _city.ClientAsync("l1")).ReadAsync($"/api/supervision/orders/{(long)made["order"]}");
        Assert.Equal(("resolution", "2026年二季度例会纪要〔2026〕1号第 2 项", "2026-07-15"), ((string?)order["source"], (string?)order["basis"], (string?)order["order"]["dueOn"]));
        Assert.NotEqual(first, second);

        _city.Clock.GoTo(new DateOnly(2026, 7, 20));
        JsonNode[] fate = [.. (await AgendaAsync(await _city.MeetingAsync("2026Q3"))).Where(line => (string?)line!["kind"] == "resolution").Select(line => line!)];
        Assert.Equal(["还没有转督办件", "督〔2026〕1号 红灯 超期，超 3 个工作日，进度 0%"], fate.Select(line => (string?)line["standing"]));
        Assert.Equal($"/supervision/{(long)made["order"]}", (string?)fate[1]["href"]);
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString((await _city.FileAsync("office", "/api/resolutions/workbook?year=2026"))[..2]));
    }

    [Fact]
    public async Task AnotherTimeIsToldAnew_AndAStaleCallIsRefused()
    {
        long meeting = await _city.MeetingAsync("2026Q2");
        (await _city.EditAsync(meeting, new { action = "add", text = "听取汇报" })).Ok();
        long stale = (long)(await _city.ReadAsync(meeting))["version"];
        (await _city.CallAsync(meeting, "2026-07-08")).Ok();
        (await (await _city.ClientAsync("office")).PostAsync($"/api/meetings/{meeting}/actions", new { action = "reschedule", note = "x", version = stale })).Refused("request.stale", 409);
        HttpClient unit = await _city.ClientAsync("l1");
        long version = (long)(await _city.ReadAsync(meeting, "l1"))["units"][0]!["version"]!;
        (await unit.PostAsync($"/api/meetings/{meeting}/attendance", new { unit = "u1", action = "excuse", answer = "外出招商", version })).Ok();
        (await _city.MoveAsync("office", meeting, "reschedule", new { note = "与市里会议冲突", startsAt = "2026-07-10T14:30:00+08:00", place = "一楼会议室" })).Ok();
        Answer seen = await _city.ReadAsync(meeting, "l1");
        Assert.Equal(("invited", "", "2026-07-10T06:30:00.000000Z"), ((string?)seen["units"][0]!["stage"], (string?)seen["units"][0]!["answer"], (string?)seen["startsAt"]));
    }

    private async Task<JsonArray> AgendaAsync(long meeting) => (await _city.ReadAsync(meeting)).Ok()["agenda"].AsArray();

    private async Task<IEnumerable<string>> KindsAsync(long meeting) => (await AgendaAsync(meeting)).Select(line => (string)line!["kind"]!);

    private async Task<Answer> OrderAsync(long resolution, string user = "office") => await (await _city.ClientAsync(user)).PostAsync($"/api/resolutions/{resolution}/order", new { });

    private async Task IssueOrderAsync(string title, int workdays) => (await (await _city.ClientAsync("office")).PostAsync("/api/supervision/orders",
        new { title, demand = "完工并验收", source = "instruction", basis = "批示", lead = "u1", finishWorkdays = workdays })).Ok();
}

using Lodestone.Coordination.Meetings;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Meetings;

/// <summary>Owns what two persons do to a meeting at once: the second is stale; and that a save costs no more reads for a longer agenda or more units.</summary>
public sealed class MeetingRaceTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly MeetingCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AnEditOfTheAgendaAndItsCall()
    {
        long meeting = await _city.MeetingAsync("2026Q2");
        (await _city.EditAsync(meeting, new { action = "add", text = "听取汇报" })).Ok();
        await _city.StaleAsync("office", services => EditAsync(services, meeting, (agenda, view) => agenda.AddAsync(view, "迟到的一项")),
            async () => (await _city.CallAsync(meeting, "2026-07-08")).Ok());
        Assert.Single((await _city.ReadAsync(meeting))["agenda"].AsArray());

        long next = await _city.MeetingAsync("2026Q3");
        (await _city.EditAsync(next, new { action = "add", text = "听取汇报" })).Ok();
        await _city.StaleAsync("office", services => MoveAsync(services, next, new MeetingMove(MeetingProcedure.Call, null, new DateTimeOffset(2026, 10, 9, 9, 0, 0, TimeSpan.FromHours(8)), "三楼", null, ["u1"], null, null, null)),
            async () => (await _city.EditAsync(next, new { action = "add", text = "早一步的一项" })).Ok());
        Assert.Equal("planned", (string?)(await _city.ReadAsync(next))["stage"]);
    }

    [Fact]
    public async Task AResolutionAndTheDraftOfTheMinutes()
    {
        long meeting = await _city.HeldAsync();
        long kept = (long)(await _city.ResolveAsync(meeting)).Ok()["id"];
        var text = new ResolutionText("另一项", "u1", null, 5, null);
        await _city.StaleAsync("office", services => MoveAsync(services, meeting, new MeetingMove(MeetingProcedure.Draft, null, null, null, null, null, null, null, "会议听取了汇报。")),
            async () => (await _city.ResolveAsync(meeting)).Ok());
        foreach (Func<IServiceProvider, Task> begun in new Func<IServiceProvider, Task>[]
        {
            services => services.GetRequiredService<ResolutionDesk>().AddAsync(meeting, text), services => services.GetRequiredService<ResolutionDesk>().StrikeAsync(kept),
        })
        {
            await _city.StaleAsync("office", begun, async () => (await _city.MoveAsync("office", meeting, "draft-minutes", new { text = "会议听取了汇报。" })).Ok());
            (await _city.MoveAsync("leader", meeting, "send-back-minutes", new { note = "补上责任单位" })).Ok();
        }

        Assert.Equal(2, (await _city.ReadAsync(meeting))["resolutions"].AsArray().Count);
    }

    [Fact]
    public async Task TwoMinutesNeverGetOneNumber()
    {
        (long one, long other) = (await _city.HeldAsync(), await HeldAnewAsync("2026Q3"));
        foreach (long meeting in new[] { one, other })
        {
            (await _city.MoveAsync("office", meeting, "draft-minutes", new { text = "会议听取了汇报。" })).Ok();
        }

        await _city.StaleAsync("leader", services => MoveAsync(services, one, new MeetingMove(MeetingProcedure.Issue, null, null, null, null, null, null, null, null)),
            async () => (await _city.MoveAsync("leader", other, "issue-minutes")).Ok());
        (await _city.MoveAsync("leader", one, "issue-minutes")).Ok();
        Assert.Equal(("〔2026〕2号", "〔2026〕1号"), ((string?)(await _city.ReadAsync(one))["number"], (string?)(await _city.ReadAsync(other))["number"]));
    }

    [Fact]
    public async Task ALongerAgendaAndMoreUnitsCostNoMoreReads()
    {
        long meeting = await _city.MeetingAsync("2026Q2");
        long next = await _city.MeetingAsync("2026Q3");
        foreach ((long one, int lines) in new[] { (meeting, 2), (next, 9) })
        {
            for (int i = 0; i < lines; i++)
            {
                (await _city.EditAsync(one, new { action = "add", text = $"事项{i}" })).Ok();
            }
        }

        Assert.Equal(await ReorderAsync(meeting), await ReorderAsync(next));
        (await _city.CallAsync(meeting, "2026-07-08", "u1")).Ok();
        (await _city.CallAsync(next, "2026-07-08", "u1", "u2", "u3")).Ok();
        Assert.Equal(await RescheduleAsync(meeting), await RescheduleAsync(next));
    }

    private Task<int> ReorderAsync(long meeting) => ReadsAsync("meeting_agenda_line", services => EditAsync(services, meeting, (agenda, view) => agenda.ReorderAsync(view, [])));

    private Task<int> RescheduleAsync(long meeting) => ReadsAsync("case_file", services => MoveAsync(services, meeting,
        new MeetingMove(MeetingProcedure.Reschedule, "改期", new DateTimeOffset(2026, 7, 9, 9, 0, 0, TimeSpan.FromHours(8)), "三楼", null, null, null, null, null)));

    private async Task<int> ReadsAsync(string table, Func<IServiceProvider, Task> act) => await _city.AsAsync(await _city.ActorOfAsync("office"), services => Reads.OfAsync(table, () => act(services)));

    private static async Task EditAsync(IServiceProvider services, long meeting, Func<Agenda, MeetingView, Task> edit) =>
        await edit(services.GetRequiredService<Agenda>(), await services.GetRequiredService<MeetingReading>().FindAsync(meeting));

    private static async Task MoveAsync(IServiceProvider services, long meeting, MeetingMove move) =>
        await services.GetRequiredService<MeetingDesk>().MoveAsync(meeting, (await services.GetRequiredService<MeetingReading>().FindAsync(meeting)).Version, move);

    private async Task<long> HeldAnewAsync(string period)
    {
        long meeting = await _city.MeetingAsync(period);
        (await _city.EditAsync(meeting, new { action = "add", text = "另一次" })).Ok();
        (await _city.CallAsync(meeting, "2026-07-09")).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 9));
        (await _city.MoveAsync("office", meeting, "hold-meeting", new { present = new[] { "u1" } })).Ok();
        return meeting;
    }
}

using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Supervision;

/// <summary>Owns the reminder ladder: each rung once for a due day, whoever climbs it.</summary>
public sealed class RungTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const int Workers = 8;

    private readonly SupervisedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Theory]
    [InlineData("near", "2026-07-14", false)]
    [InlineData("near", "2026-07-15", true)]
    [InlineData("due", "2026-07-17", false)]
    [InlineData("due", "2026-07-20", true)]
    [InlineData("over", "2026-07-20", false)]
    [InlineData("over", "2026-07-21", true)]
    [InlineData("escalate", "2026-07-24", false)]
    [InlineData("escalate", "2026-07-27", true)]
    public void ARungsDay_IsCountedInWorkingDaysFromTheDueDay(string code, string today, bool come)
    {
        Rung rung = SupervisionProcedure.Table.Clocks.Single(clock => clock.Name == OrderClock.Finish).Rungs.Single(one => one.Code == code);
        Assert.Equal(come, rung.DayOf(new DateOnly(2026, 7, 20), WorkCalendar.Published)
            <= DateOnly.ParseExact(today, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task EachRungIsClimbedOnceUnderManyWorkers_AndTheLeaderIsToldAtTheTop()
    {
        long order = await _city.IssueAsync(10);
        Assert.Equal(0, await RunAsync());
        // Not signed for by Wednesday the 8th.
        _city.Clock.GoTo(new DateOnly(2026, 7, 9));
        Assert.Equal(1, await RunAsync());
        (await _city.MoveAsync("l1", order, "sign-for")).Ok();
        foreach (string day in new[] { "2026-07-15", "2026-07-20", "2026-07-21" })
        {
            _city.Clock.GoTo(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(1, await RunAsync());
            Assert.Equal(0, await RunAsync());
        }

        Assert.Equal(4, await _city.NoticesAsync("l1", "supervision.remind-by-clock"));
        _city.Clock.GoTo(new DateOnly(2026, 7, 27));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(1, await _city.NoticesAsync("leader", "supervision.escalate"));
        Assert.Equal("escalated", await _city.StateAsync(order));
    }

    [Fact]
    public async Task WhoWasAwayIsToldOnce_AndAnExtensionBeginsTheLadderAnew()
    {
        long order = await _city.IssueAsync(10);
        (await _city.MoveAsync("l1", order, "sign-for")).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 20));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(1, await _city.NoticesAsync("l1", "supervision.remind-by-clock"));
        (await _city.MoveAsync("l1", order, "ask-extension", until: "2026-08-03")).Ok();
        (await _city.MoveAsync("presser", order, "grant-extension", until: "2026-08-03")).Ok();
        Assert.Equal(0, await RunAsync());
        _city.Clock.GoTo(new DateOnly(2026, 8, 3));
        Assert.Equal(1, await RunAsync());
    }

    /// <returns>How many orders were reminded of by all the workers together.</returns>
    private async Task<int> RunAsync()
    {
        int[] climbed = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => _city.Services.GetRequiredService<RungRunner>().RunAsync())));
        return climbed.Sum();
    }
}

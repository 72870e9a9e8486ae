using Lodestone.Coordination.Meetings;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Web.Kit;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Meetings;

/// <summary>Owns the year's four meetings and two reports: they appear by themselves, once, with their days.</summary>
public sealed class ObligationTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const int Workers = 6;

    private readonly MeetingCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Theory]
    // Ten working days after 30 June 2026 and after 30 September, which the National Day holiday follows; twenty after the half-year.
    [InlineData("2026Q2", "2026-07-14")]
    [InlineData("2026Q3", "2026-10-20")]
    [InlineData("2026H1", "2026-07-28")]
    public void ADueDay_IsCountedInWorkingDaysFromThePeriodsEnd(string period, string due) =>
        Assert.Equal(due, Obligations.DueOf(Period.Parse(period), WorkCalendar.Published).DueOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-06-29", LightKind.Ok)]
    [InlineData("2026-06-30", LightKind.Due)]
    [InlineData("2026-07-14", LightKind.Due)]
    [InlineData("2026-07-15", LightKind.Late)]
    public void ALight_IsGreenThenYellowThenRed(string today, LightKind light) => Assert.Equal(light, Obligations.LightOf(
        false, new DateOnly(2026, 7, 14), WorkCalendar.Published, DateOnly.ParseExact(today, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task TheYearsObligationsAppearOnce_WhateverManyNodesDo_AndNoneThatWasDueBeforeTheCityCame()
    {
        // The city came on 6 July: the first quarter's meeting was due in April and is not asked of it.
        string[] made = [.. (await _city.YearAsync()).Select(one => (string)one!["period"]!)];
        Assert.Equal(["2026Q2", "2026Q3", "2026Q4", "2026H1", "2026H2"], made);
        Assert.Equal(0, await RunManyAsync());
        Assert.Equal(5, (await _city.YearAsync()).Count);
        Assert.Empty(await _city.YearAsync(2027));
        _city.Clock.GoTo(new DateOnly(2026, 11, 2));
        // Six for each of the two cities; the stranger's are counted but not seen.
        Assert.Equal(12, await RunManyAsync());
        Assert.Equal(["2027Q1", "2027Q2", "2027Q3", "2027Q4", "2027H1", "2027H2"], (await _city.YearAsync(2027)).Select(one => (string)one!["period"]!));
        Assert.Equal(0, await RunManyAsync());
    }

    [Fact]
    public async Task TheyStandInTheWorkbenchWithTheirDay_ForTheOfficeAlone()
    {
        var work = await _city.WorkAsync("office");
        Assert.Contains(("work.meeting.planned", "2026 年二季度例会", new DateOnly(2026, 7, 14)), work);
        Assert.Contains(("work.half-report.draft", "2026 年上半年汇报", new DateOnly(2026, 7, 28)), work);
        Assert.DoesNotContain(await _city.WorkAsync("l1"), item => item.Kind.StartsWith("work.meeting", StringComparison.Ordinal));
        Assert.Empty(await _city.YearAsync(user: "l1"));
    }

    [Fact]
    public async Task AnotherCityReadsAndMovesNothing()
    {
        long meeting = await _city.MeetingAsync("2026Q2");
        (await _city.ReadAsync(meeting, "office-x")).Refused("request.not-found", 404);
        (await (await _city.ClientAsync("office-x")).PostAsync($"/api/meetings/{meeting}/actions", new { action = "call", version = 1 })).Refused("request.not-found", 404);
        long report = (long)(await _city.YearAsync()).Single(one => (string?)one!["period"] == "2026H1")!["id"]!;
        (await (await _city.ClientAsync("office-x")).ReadAsync($"/api/reports/{report}")).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task ACityThatComesInJanuary_GetsWhatIsStillDueOfLastYear()
    {
        _city.Clock.GoTo(new DateOnly(2027, 1, 5));
        await _city.AddAsync("city", "y");
        await _city.AddAsync("department", "uy", "y");
        await _city.AddUserAsync("office-y", ("uy", "supervisor"));
        await RunManyAsync();
        Assert.Equal(["2026Q4", "2026H2"], (await _city.YearAsync(2026, "office-y")).Select(one => (string)one!["period"]!));
    }

    [Fact]
    public async Task AProvisionalDayFollowsTheYearsNotice()
    {
        _city.Clock.GoTo(new DateOnly(2026, 11, 2));
        await RunManyAsync();
        var before = (await _city.YearAsync(2027)).ToDictionary(one => (string)one!["period"]!, one => ((string)one!["dueOn"]!, (bool)one["provisional"]!));
        Assert.Equal([("2027-04-14", true), ("2027-07-28", true)], new[] { before["2027Q1"], before["2027H1"] });
        (await (await _city.ClientAsync("system")).PutAsync("/api/calendar/2027", new
        {
            days = "2027-01-01,off,元旦\n2027-04-05,off,清明节\n2027-07-05,off,试验",
            source = "https://www.gov.cn/a-notice",
        })).Ok();
        _city.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = (await _city.YearAsync(2027)).ToDictionary(one => (string)one!["period"]!, one => ((string)one!["dueOn"]!, (bool)one["provisional"]!));
        Assert.Equal([("2027-04-15", false), ("2027-07-29", false)], new[] { after["2027Q1"], after["2027H1"] });
        (string Kind, string Title, DateOnly? DueOn)[] work = [.. await _city.WorkAsync("office")];
        Assert.Contains(("work.meeting.planned", "2027 年一季度例会", new DateOnly(2027, 4, 15)), work);
        Assert.Contains(("work.half-report.draft", "2027 年上半年汇报", new DateOnly(2027, 7, 29)), work);
        long report = (long)(await _city.YearAsync(2027)).Single(one => (string?)one!["period"] == "2027H1")!["id"]!;
        Assert.Equal("2027-07-29", (string?)(await (await _city.ClientAsync("office")).ReadAsync($"/api/reports/{report}"))["dueOn"]);
    }

    private async Task<int> RunManyAsync() => (await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(_city.RunAsync)))).Sum();
}

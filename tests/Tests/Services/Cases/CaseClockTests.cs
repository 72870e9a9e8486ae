using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Cases;
using Lodestone.Services.Catalogue;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Services.Cases;

/// <summary>Owns the clocks of a service case against the vectors of the law: day 0, five days, ten more, special procedures.</summary>
public sealed class CaseClockTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly ServedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    /// <summary>However a test went, its clocks are what their ledgers say, and run where the table says.</summary>
    public async ValueTask DisposeAsync()
    {
        await ClockProof.HoldsAsync(_city.Services);
        await _city.DisposeAsync();
    }

    /// <summary>Working days by the notices of the State Council; a plain count of weekdays gives other days.</summary>
    [Theory]
    [InlineData("2026-02-13", "2026-02-27", "2026-02-28")]
    [InlineData("2026-01-30", "2026-02-06", "2026-02-09")]
    [InlineData("2026-09-28", "2026-10-10", "2026-10-12")]
    public async Task NotToldInFiveDays_ItCountsAsAcceptedFromTheDayOfReceipt(string received, string due, string missed)
    {
        _city.GoTo(received);
        long id = await _city.AppliedAsync();
        Assert.Equal(due, await _city.DueAsync(id, "correction"));
        _city.GoTo(due);
        await _city.RunAsync();
        Assert.Equal("received", await _city.StageAsync(id));
        _city.GoTo(missed);
        await _city.RunAsync();
        var view = (await _city.ReadAsync(id))["case"]!;
        Assert.Equal(("accepted", true, received), ((string)view["stage"]!, (bool)view["deemed"]!, (string)view["acceptedOn"]!));
        WorkCalendar calendar = WorkCalendar.Published;
        DateOnly zero = DateOnly.Parse(received, System.Globalization.CultureInfo.InvariantCulture);
        foreach ((string clock, int days) in new[] { ("promised", 8), ("statutory", 20) })
        {
            Assert.Equal($"{calendar.AddWorkdays(zero, days).DueOn:yyyy-MM-dd}", await _city.DueAsync(id, clock));
            // Day 0 is the receipt: six of the days are gone when it is found.
            Assert.Equal(days - 6, (int)(await _city.ClockAsync(id, clock))["remaining"]!);
        }

        Assert.Equal("ended", (string?)(await _city.ClockAsync(id, "correction"))["state"]);
        Assert.Equal((1, 1), (await _city.NoticesAsync("a1", "service.deem-accepted"), await _city.NoticesAsync("ex1", "service.tell-deemed")));
    }

    [Fact]
    public async Task TwentyDaysFromTheThirtiethOfJanuaryEndOnTheFifthOfMarch()
    {
        _city.GoTo("2026-01-30");
        Assert.Equal("2026-03-05", await _city.DueAsync(await _city.AcceptedAsync(), "statutory"));
    }

    [Fact]
    public async Task CompleteMaterialsToo_AreAcceptedByLawWhenNobodySaysAWord_ButAPublicServiceIsNotBound()
    {
        await _city.PassAsync("add", null, [ServedCity.Text("P-1", ItemKind.PublicService)]);
        long licence = await _city.AppliedAsync("M-FORM", "M-REPORT", "M-STATE");
        long service = (long)(await _city.ApplyAsync("a2", "e2", "P-1"))["id"];
        _city.GoTo("2026-07-14");
        await _city.RunAsync();
        Assert.Equal(("accepted", "received"), (await _city.StageAsync(licence), await _city.StageAsync(service)));
        (await _city.MoveAsync("clerk", service, "accept", null, gaps: ["M-REPORT"])).Refused("service.materials-missing", 422);
    }

    [Fact]
    public async Task OneExtensionOfTenDays_BeforeTheDay_WithAReasonThatTheApplicantHears()
    {
        long id = await _city.AcceptedAsync();
        (await _city.MoveAsync("head1", id, "extend", note: null)).Refused("case.reason-missing", 422);
        (await _city.MoveAsync("ex1", id, "extend")).Refused("access.role", 403);
        (await _city.MoveAsync("head1", id, "extend", "需要补充论证")).Ok();
        Assert.Equal(("2026-08-17", "2026-07-30"), (await _city.DueAsync(id, "statutory"), await _city.DueAsync(id, "promised")));
        Assert.Equal("2026-08-03", (string?)(await _city.ClockAsync(id, "statutory"))["firstDueOn"]);
        (await _city.MoveAsync("head1", id, "extend")).Refused("case.once-only", 422);
        Assert.Equal(1, await _city.NoticesAsync("a1", "service.extend"));
        long late = await _city.AcceptedAsync();
        _city.GoTo("2026-08-04");
        (await _city.MoveAsync("head1", late, "extend")).Refused("service.extension-late", 422);
        await _city.PassAsync("add", null, [ServedCity.Text("P-1", ItemKind.PublicService)], "2026-08-04");
        long service = (long)(await _city.ApplyAsync(item: "P-1", brought: ["M-FORM", "M-REPORT", "M-STATE"]))["id"];
        (await _city.MoveAsync("clerk", service, "accept", null)).Ok();
        (await _city.MoveAsync("head1", service, "extend")).Refused("service.extension-licence", 422);
    }

    [Fact]
    public async Task ASpecialProcedureIsNotCounted_AndTheApplicantIsToldHowLong()
    {
        long id = await _city.AcceptedAsync();
        _city.GoTo("2026-07-08");
        (await _city.MoveAsync("ex1", id, "start-special", special: "expert-review")).Ok();
        Assert.Equal((null, null), (await _city.DueAsync(id, "promised"), await _city.DueAsync(id, "statutory")));
        Assert.Equal(("held", 10), ((string)(await _city.ReadAsync(id, "a1"))["case"]!["state"]!, (int)(await _city.ReadAsync(id, "a1"))["specialDays"]!));
        _city.GoTo("2026-07-29");
        Assert.Equal(0, await _city.RunAsync());
        (await _city.MoveAsync("ex1", id, "end-special")).Ok();
        // Two days were consumed before it; six and eighteen are left from Wednesday the 29th.
        Assert.Equal(("2026-08-06", "2026-08-24"), (await _city.DueAsync(id, "promised"), await _city.DueAsync(id, "statutory")));
        Assert.Equal(1, await _city.NoticesAsync("a1", "service.start-special"));
        await ProjectionsHoldAsync();
    }

    [Fact]
    public async Task TheYellowCardComesBeforeThePromise_TheRedOneAfterIt_TheBreachAfterTheLawsDay()
    {
        long id = await _city.AcceptedAsync();
        foreach ((string day, string kind, string who, string state) in new[]
        {
            ("2026-07-14", "service.yellow-card", "ex1", "near"), ("2026-07-17", "service.red-card", "head1", "late"), ("2026-08-04", "service.breach", "head1", "breach"),
        })
        {
            _city.GoTo(day);
            Assert.Equal(1, await _city.RunAsync());
            Assert.Equal(0, await _city.RunAsync());
            Assert.Equal((1, state), (await _city.NoticesAsync(who, kind), (string)(await _city.ReadAsync(id))["case"]!["state"]!));
        }

        Assert.Equal(0, await _city.NoticesAsync("head2", "service.red-card"));
    }

    [Fact]
    public async Task NotCorrectedInTime_TheCaseGoesBack()
    {
        long id = await _city.AppliedAsync("M-FORM", "M-REPORT");
        (await _city.MoveAsync("clerk", id, "ask-correction", missing: [new { code = "M-STATE", text = "写明工艺" }])).Ok();
        _city.GoTo("2026-07-20");
        Assert.Equal("correction-asked", await _city.StageAsync(id));
        _city.GoTo("2026-07-21");
        await _city.RunAsync();
        Assert.Equal("returned", await _city.StageAsync(id));
        Assert.Equal(("ended", "ended"), ((string?)(await _city.ClockAsync(id, "correct"))["state"], (string?)(await _city.ClockAsync(id, "correction"))["state"]));
    }

    /// <summary>The due day in the table is what the ledger says.</summary>
    private async Task ProjectionsHoldAsync()
    {
        await using PlatformDb db = _city.Db();
        List<CaseClock> clocks = await db.Set<CaseClock>().AsNoTracking().ToListAsync();
        IReadOnlyDictionary<(long, string), CaseTime> times = await _city.AsAsync(Lodestone.Kernel.Identity.Actor.Platform("/1/"),
            services => services.GetRequiredService<ClockDesk>().OfAsync([.. clocks.Select(row => row.CaseId).Distinct()]));
        Assert.Contains(clocks, row => row.Name == CaseProcedure.PromisedClock);
        Assert.All(clocks, row => Assert.Equal(times[(row.CaseId, row.Name)].Deadline.Due(WorkCalendar.Published)?.DueOn, row.DueOn));
    }
}

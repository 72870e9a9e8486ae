using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Services.Cases;

/// <summary>Owns windows, appointments and the queue. Each test has a city of its own.</summary>
public sealed class HallTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const string Place = "/api/service-hall";

    private readonly ServedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task ASlotIsBookedOnAWorkingDay_AndAFullOneIsRefused()
    {
        long window = await OpenAsync();
        (await BookAsync("a1", "e1", window, "2026-07-11", 20)).Refused("service.slot-day", 422);
        (await BookAsync("a1", "e1", window, "2026-07-03", 20)).Refused("service.slot-day", 422);
        (await BookAsync("a1", "e1", window, "2026-07-21", 20)).Refused("service.slot-day", 422);
        (await BookAsync("a1", "e1", window, "2026-07-07", 24)).Refused("service.slot-unknown", 422);
        (await BookAsync("a1", "e1", 1, "2026-07-07", 20)).Refused("service.window-unknown", 422);
        (await BookAsync("a1", "e2", window, "2026-07-07", 20)).Refused("request.not-found", 404);
        long first = (long)(await BookAsync("a1", "e1", window, "2026-07-07", 20))["id"];
        (await BookAsync("a2", "e2", window, "2026-07-07", 20)).Refused("service.slot-taken", 422);
        Assert.DoesNotContain((await _city.Anonymous.ReadAsync($"{Place}/slots")).Ok().Body!.AsArray(), slot => (string)slot!["day"]! == "2026-07-07" && (int)slot["slot"]! == 20);
        (await (await _city.ClientAsync("a2")).PostAsync($"{Place}/appointments/{first}/cancel", new { })).Refused("request.not-found", 404);
        (await (await _city.ClientAsync("a1")).PostAsync($"{Place}/appointments/{first}/cancel", new { })).Ok();
        (await BookAsync("a2", "e2", window, "2026-07-07", 20)).Ok();
        Assert.Empty((await (await _city.ClientAsync("a1")).ReadAsync($"{Place}/appointments")).Ok().Body!.AsArray());
    }

    [Fact]
    public async Task NumbersAreCalledAppointmentsFirst_ServedOrNot_AndWaitsAreMeasured()
    {
        long window = await OpenAsync();
        long booked = (long)(await BookAsync("a1", "e1", window, "2026-07-06", 18))["id"];
        HttpClient clerk = await _city.ClientAsync("clerk");
        (await clerk.PostAsync($"{Place}/windows/{window}/call", new { })).Refused("service.queue-empty", 422);
        long walk = (long)(await clerk.PostAsync($"{Place}/tickets", new { hall = "hall" }))["id"];
        (await clerk.PostAsync($"{Place}/tickets", new { hall = "d1" })).Refused("access.role", 403);
        Assert.Equal("A002", (string?)(await (await _city.ClientAsync("a1")).PostAsync($"{Place}/tickets", new { appointment = booked }))["number"]);
        (await (await _city.ClientAsync("a1")).PostAsync($"{Place}/tickets", new { appointment = booked })).Refused("service.appointment-used", 422);
        _city.Clock.Advance(TimeSpan.FromMinutes(12));
        (await (await _city.ClientAsync("clerk-d2")).PostAsync($"{Place}/windows/{window}/call", new { })).Refused("access.role", 403);
        Answer called = await clerk.PostAsync($"{Place}/windows/{window}/call", new { });
        Assert.Equal("A002", (string?)called["number"]);
        (await clerk.PostAsync($"{Place}/windows/{window}/call", new { })).Refused("service.window-busy", 422);
        (await clerk.PostAsync($"{Place}/tickets/{walk}/end", new { served = true })).Refused("service.ticket-state", 422);
        (await clerk.PostAsync($"{Place}/tickets/{(long)called["id"]}/end", new { served = true })).Ok();
        _city.Clock.Advance(TimeSpan.FromMinutes(8));
        long next = (long)(await clerk.PostAsync($"{Place}/windows/{window}/call", new { }))["id"];
        Assert.Equal(walk, next);
        (await clerk.PostAsync($"{Place}/tickets/{next}/end", new { served = false })).Ok();
        JsonNode queue = (await _city.Anonymous.ReadAsync(Place)).Ok().Body!.AsArray().Single()!;
        Assert.Equal((1, 1, 16, 20), ((int)queue["served"]!, (int)queue["noShow"]!, (int)queue["averageWait"]!, (int)queue["longestWait"]!));
        long later = (long)(await BookAsync("a1", "e1", window, "2026-07-07", 18))["id"];
        (await (await _city.ClientAsync("a1")).PostAsync($"{Place}/tickets", new { appointment = later })).Refused("service.appointment-day", 422);
    }

    [Fact]
    public async Task OnlyTheHeadOfTheHallOpensAWindow()
    {
        (await WindowAsync("head1", "hall", "W1")).Refused("access.role", 403);
        (await WindowAsync("chief", "hall", "")).Refused("service.window-text", 422);
        (await WindowAsync("chief", "hall", "W1")).Ok();
        (await WindowAsync("chief", "hall", "W1")).Refused("service.window-taken", 422);
    }

    [Fact]
    public async Task OneOpenAppointmentADay_AndAWindowClosesWhenNobodyIsLeftStanding()
    {
        long window = await OpenAsync();
        long first = (long)(await BookAsync("a1", "e1", window, "2026-07-07", 20))["id"];
        (await BookAsync("a1", "e1", window, "2026-07-07", 21)).Refused("service.appointment-second", 422);
        (await (await _city.ClientAsync("head1")).PostAsync($"{Place}/windows/{window}/close", new { })).Refused("access.role", 403);
        (await (await _city.ClientAsync("chief")).PostAsync($"{Place}/windows/{window}/close", new { })).Refused("service.window-appointments", 422);
        (await (await _city.ClientAsync("a1")).PostAsync($"{Place}/appointments/{first}/cancel", new { })).Ok();
        Assert.Contains("关闭窗口", (await (await _city.ClientAsync("chief")).ReadAsync("/service-hall")).Ok().Text, StringComparison.Ordinal);
        (await (await _city.ClientAsync("chief")).PostAsync($"{Place}/windows/{window}/close", new { })).Ok();
        (await BookAsync("a1", "e1", window, "2026-07-07", 21)).Refused("service.window-unknown", 422);
    }

    [Fact]
    public async Task WhoComesEarlyWaitsFromTheSlotOn()
    {
        long window = await OpenAsync();
        long booked = (long)(await BookAsync("a1", "e1", window, "2026-07-06", 32))["id"];
        (await (await _city.ClientAsync("a1")).PostAsync($"{Place}/tickets", new { appointment = booked })).Ok();
        TimeOnly now = TimeOnly.FromDateTime(_city.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
        _city.Clock.Advance(new TimeOnly(16, 7) - now);
        (await (await _city.ClientAsync("clerk")).PostAsync($"{Place}/windows/{window}/call", new { })).Ok();
        Assert.Equal(7, (int)(await _city.Anonymous.ReadAsync(Place)).Ok().Body!.AsArray().Single()!["averageWait"]!);
    }

    [Fact]
    public async Task AtOnce_AnAppointmentIsUsedOrCancelled_AndAWindowCallsOneNumber()
    {
        long window = await OpenAsync();
        HttpClient clerk = await _city.ClientAsync("clerk");
        HttpClient applicant = await _city.ClientAsync("a1");
        long booked = (long)(await BookAsync("a1", "e1", window, "2026-07-06", 32))["id"];
        Answer[] answers = await Task.WhenAll(applicant.PostAsync($"{Place}/appointments/{booked}/cancel", new { }), applicant.PostAsync($"{Place}/tickets", new { appointment = booked }),
            clerk.PostAsync($"{Place}/appointments/{booked}/cancel", new { }), clerk.PostAsync($"{Place}/tickets", new { appointment = booked }));
        Assert.Single(answers, answer => answer.Message.IsSuccessStatusCode);
        for (int i = 0; i < 4; i++)
        {
            (await clerk.PostAsync($"{Place}/tickets", new { hall = "hall" })).Ok();
        }

        Answer[] calls = await Task.WhenAll((await Task.WhenAll(_city.ClientAsync("clerk"), _city.ClientAsync("clerk2"), _city.ClientAsync("clerk"))).Select(one => one.PostAsync($"{Place}/windows/{window}/call", new { })));
        Assert.Single(calls, answer => answer.Message.IsSuccessStatusCode);
    }

    [Fact]
    public async Task AtOnce_AnEnterpriseGetsOneAppointmentADay()
    {
        long window = await OpenAsync();
        Answer[] answers = await Task.WhenAll(Enumerable.Range(20, 5).Select(slot => BookAsync("a1", "e1", window, "2026-07-07", slot)));
        Assert.Single(answers, answer => answer.Message.IsSuccessStatusCode);
        Assert.Single((await (await _city.ClientAsync("a1")).ReadAsync($"{Place}/appointments")).Ok().Body!.AsArray());
    }

    private async Task<long> OpenAsync() => (long)(await WindowAsync("chief", "hall", "W1"))["id"];

    private async Task<Answer> WindowAsync(string user, string hall, string code) =>
        await (await _city.ClientAsync(user)).PostAsync($"{Place}/windows", new { hall, code, name = "综合窗口", places = 1 });

    private async Task<Answer> BookAsync(string user, string organisation, long window, string day, int slot) =>
        await (await _city.ClientAsync(user)).PostAsync($"{Place}/appointments", new { organisation, window, day, slot });
}

using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Plans;

/// <summary>A year is closed: what is unfinished goes over with its reason, and nothing of its history is lost.</summary>
public sealed class CarryOverTests(PlanPlatform platform) : IClassFixture<PlanPlatform>
{
    private const string Plan = "p";

    [Fact]
    public async Task Unfinished_milestones_go_into_the_next_year_with_a_reason_and_their_history()
    {
        HttpClient office = await platform.ClientAsync("office");
        HttpClient lead = await platform.ClientAsync("lead-liaison");
        int year = Today.Year;
        JsonNode open = Assert.Single((await office.ReadAsync($"/api/plans/{Plan}/carry-over/{year - 1}")).Ok().Body!.AsArray())!;
        Assert.Equal("M1-1", (string?)open["code"]);
        Task<Answer> Carry(HttpClient who, int from, string quarter, string? reason, long? version = null) =>
            who.PostAsync($"/api/plans/{Plan}/carry-over/{from}", new { quarter, reason, milestones = new[] { new { code = "M1-1", version = version ?? (long)open["version"]! } } });

        (await Carry(lead, year - 1, $"{year}Q2", "No. 6")).Refused("access.role", 403);
        (await Carry(office, year - 1, $"{year}Q2", " ")).Refused("plan.reason", 422);
        (await Carry(office, year - 1, $"{year - 1}Q4", "No. 6")).Refused("plan.carry-quarter", 422);
        (await Carry(office, year - 1, $"{year}Q2", "No. 6", 1)).Refused("request.stale", 409);
        (await Carry(office, year + 1, $"{year + 2}Q1", "No. 6")).Refused("plan.carry-early", 422);
        // Who is not of this city hears nothing of its years.
        await platform.AddAsync("city", "carry-elsewhere");
        await platform.AddUserAsync("carry-stranger", ("carry-elsewhere", "plan-office"));
        (await Carry(await platform.ClientAsync("carry-stranger"), year + 1, $"{year + 2}Q1", "No. 6")).Refused("access.role", 403);
        (await office.PostAsync($"/api/plans/{Plan}/carry-over/{year - 1}", new { quarter = $"{year}Q2", reason = "No. 6", milestones = Array.Empty<object>() }))
            .Refused("plan.carry-none", 422);

        await MoveAsync(lead, "report", "done in part", (long)open["version"]!);
        (await Carry(office, year - 1, $"{year}Q2", "No. 6", await VersionAsync())).Refused("plan.carry-reported", 422);
        await MoveAsync(office, "send-back", "no number", await VersionAsync());
        (await Carry(office, year - 1, $"{year}Q2", "No. 6", await VersionAsync())).Ok();

        Assert.Empty((await office.ReadAsync($"/api/plans/{Plan}/carry-over/{year - 1}")).Body!.AsArray());
        JsonNode carried = (await office.ReadAsync($"/api/plans/{Plan}/carry-over/{year}")).Body!.AsArray().Single(row => (string?)row!["code"] == "M1-1")!;
        Assert.Equal(($"{year}Q2", 1), ((string?)carried["quarter"], (int)carried["times"]!));
        // The report and the send-back stay with it, and it can be reported again.
        Assert.Single((await lead.ReadAsync($"/api/plans/{Plan}/milestones/M1-1/reports")).Ok().Body!.AsArray());
        await MoveAsync(lead, "report", "done", await VersionAsync());
        JsonNode change = Assert.Single((await office.ReadAsync($"/api/plans/{Plan}/diff?since={year - 1}-01-01"))["changes"].AsArray(), row => (string?)row!["code"] == "M1-1")!;
        Assert.Contains("No. 6", change["reasons"]!.AsArray().Select(reason => (string?)reason));
    }

    private DateOnly Today => DateOnly.FromDateTime(platform.Clock.GetUtcNow().AddHours(8).DateTime);

    private static async Task MoveAsync(HttpClient who, string action, string note, long version) =>
        (await who.PostAsync($"/api/plans/{Plan}/milestones/M1-1/actions", new { action, note, version })).Ok();

    private async Task<long> VersionAsync() =>
        (await (await platform.ClientAsync("office")).ReadAsync($"/api/plans/{Plan}")).Ok().Body!["objectives"]![0]!["measures"]!.AsArray()
            .Single(row => (string?)row!["code"] == "M1")!["milestones"]!.AsArray().Where(row => (string?)row!["code"] == "M1-1").Select(row => (long)row!["version"]!).Single();
}

using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Owns the story of a cell: every revision, and when each counted.</summary>
public sealed class VintageTests(DailyCity city) : IClassFixture<DailyCity>
{
    private const string Path = $"closing/e2/{DailyCity.Period}";

    private static readonly (string User, string Action)[] s_levels = [("r2", "submit"), ("district", "first-review"), ("bureau", "review"), ("leader", "approve")];

    [Fact]
    public async Task ARevisionCountsFromItsApprovalToItsWithdrawal_ADraftNever()
    {
        (await city.SaveAsync("r2", Path, "w", 1m)).Ok();
        city.Clock.Advance(TimeSpan.FromMinutes(1));
        (await city.SaveAsync("r2", Path, "w", 2m)).Ok();
        await ApproveAsync();
        Assert.Equal([[], [null]], await EndsAsync());

        city.Clock.Advance(TimeSpan.FromMinutes(5));
        DateTimeOffset withdrawn = city.Clock.GetUtcNow();
        (await city.MoveAsync("leader", Path, "withdraw")).Ok();
        Assert.Equal([[], [withdrawn]], await EndsAsync());

        (await city.MoveAsync("leader", Path, "approve")).Ok();
        Assert.Equal([[], [null]], await EndsAsync());
        city.Clock.Advance(TimeSpan.FromMinutes(5));
        DateTimeOffset again = city.Clock.GetUtcNow();
        (await city.MoveAsync("leader", Path, "withdraw")).Ok();
        (await city.MoveAsync("leader", Path, "send-back", "请核对")).Ok();
        city.Clock.Advance(TimeSpan.FromMinutes(1));
        (await city.SaveAsync("r2", Path, "w", 3m)).Ok();
        await ApproveAsync();

        Assert.Equal([[], [again], [null]], await EndsAsync());
        (await (await city.ClientAsync("r1")).ReadAsync($"/api/returns/{Path}/vintages")).Refused("request.not-found", 404);
    }

    private async Task ApproveAsync()
    {
        foreach ((string user, string action) in s_levels)
        {
            (await city.MoveAsync(user, Path, action)).Ok();
        }
    }

    /// <summary>Of each revision, when the spans end in which it counted.</summary>
    private async Task<List<DateTimeOffset?[]>> EndsAsync() =>
        [.. ((JsonArray)(await (await city.ClientAsync("r2")).ReadAsync($"/api/returns/{Path}/vintages")).Ok().Body!)[0]!["revisions"]!.AsArray()
            .Select(row => row!["counted"]!.AsArray().Select(span => (DateTimeOffset?)span!["until"]).ToArray())];
}

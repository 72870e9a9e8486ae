using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>An officer's seat does not go to somebody whom the data bar from what waits there.</summary>
public sealed class HandOverRecusalTests(AssessedCity city) : IClassFixture<AssessedCity>
{
    [Fact]
    public async Task Whoever_touched_the_value_does_not_take_over_its_appeal()
    {
        long round = await city.ReleasedAsync();
        long appeal = (long)(await city.AppealAsync(round)).Ok()["id"];
        await city.AddUserAsync("clean", ("bureau", "reviewer"));
        await city.AddUserAsync("judge", ("office", "appeal-officer"));

        foreach (string barred in new[] { "reviewer", "u1-liaison", "assessor" })
        {
            Answer refused = await MoveAsync("officer", barred);
            refused.Refused("hand-over.recusal", 422);
            Assert.Contains("1 件在办申诉", (string)refused.Body!["title"]!, StringComparison.Ordinal);
        }

        // A seat in the appealing unit would bar an officer from the appeal too.
        (await MoveAsync("u1-liaison", "judge")).Refused("hand-over.recusal", 422);

        (await MoveAsync("officer", "clean")).Ok();
        (await city.DecideAsync(appeal, "accept")).Refused("access.role", 403);
        (await city.DecideAsync(appeal, "accept", who: "clean")).Ok();
        (await city.DecideAsync(appeal, "reject", "核对无误", "clean")).Ok();
        // Nothing waits any more.
        (await MoveAsync("clean", "reviewer")).Ok();
    }

    private async Task<Answer> MoveAsync(string from, string to) => await (await city.ClientAsync("security"))
        .PostAsync($"/api/users/{from}/hand-over", new { to, from = city.Clock.Today(), reason = "transferred" });
}

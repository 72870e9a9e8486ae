using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Browser;

/// <summary>The clocks of the demonstration city, of all its mechanisms, as the demonstration's own moves and those of the tests before left them.</summary>
[Collection(DemonstrationSite.Collection)]
[Trait("Browser", "demonstration")]
public sealed class DemonstrationClocksTests(DemonstrationSite site)
{
    [Fact]
    public async Task Every_clock_is_what_its_ledger_says_and_runs_where_its_table_says() =>
        Assert.InRange(await ClockProof.HoldsAsync(site.Services), 30, int.MaxValue);
}

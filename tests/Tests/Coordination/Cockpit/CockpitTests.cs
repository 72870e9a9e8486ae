using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Cockpit;

/// <summary>What the leaders' page says equals what the routes of the mechanisms say, and only those who answer for the city read it.</summary>
public sealed class CockpitTests(CockpitTests.City city) : IClassFixture<CockpitTests.City>
{
    /// <summary>Two districts, one of which has reported the last quarter, and a summed indicator.</summary>
    public sealed class City(EngineUnderTest engine) : Platform(engine)
    {
        /// <summary>The last quarter in which both districts are approved.</summary>
        public const string Whole = "2026Q1";

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await AddAsync("city", "town");
            foreach (string district in new[] { "d1", "d2" })
            {
                await AddAsync("district", district, "town");
                await AddAsync("enterprise", $"{district}-e", district);
                await AddUserAsync($"{district}-reporter", ($"{district}-e", "reporter"));
                await AddUserAsync($"{district}-first", (district, "first-reviewer"));
            }

            await AddUserAsync("reviewer", ("town", "reviewer"));
            await AddUserAsync("approver", ("town", "approver"));
            HttpClient system = await ClientAsync("system");
            (await system.PostAsync("/api/indicators", new
            {
                code = "output",
                name = "产值",
                unit = "万元",
                decimals = 1,
                aggregation = "sum",
                direction = "up",
                frequency = "quarter",
                purpose = "statistics",
            })).Ok();
            foreach ((string unit, int target) in new[] { ("d1", 100), ("d2", 60) })
            {
                (await system.PutAsync($"/api/targets/output/{unit}/{Whole}", new { value = target })).Ok();
            }

            (await system.PostAsync("/api/forms", new
            {
                code = "F",
                name = "季报",
                documentNumber = "马统〔2026〕1号",
                authority = "市统计局",
                approvalNumber = "1",
                validUntil = "2090-12-31",
                frequency = "quarter",
                indicators = new[] { "output" },
                reporters = new[] { "d1-e", "d2-e" },
            })).Ok();
            await ReportAsync("d1", "2025Q4", 70m);
            await ReportAsync("d2", "2025Q4", 30m);
            await ReportAsync("d1", Whole, 80.5m);
            await ReportAsync("d2", Whole, 40m);
            await ReportAsync("d1", "2026Q2", 96.6m);
        }

        public async Task ReportAsync(string district, string period, decimal value)
        {
            string place = $"/api/returns/F/{district}-e/{period}";
            long version = (long)(await (await ClientAsync($"{district}-reporter")).PutAsync(place,
                new { cells = new[] { new { indicator = "output", value, explanation = "按台账核对" } }, version = 0 }))["version"];
            foreach ((string who, string action) in ((string, string)[])[($"{district}-reporter", "submit"), ($"{district}-first", "first-review"), ("reviewer", "review"), ("approver", "approve")])
            {
                version = (long)(await (await ClientAsync(who)).PostAsync($"{place}/actions", new { action, version }))["version"];
            }
        }
    }

    [Fact]
    public async Task The_figures_are_the_approved_totals()
    {
        JsonNode headline = (await ReadAsync())["headlines"]!.AsArray().Single()!;

        string[] quarters = [.. headline["quarters"]!.AsArray().Select(one => (string)one!)];
        Assert.Equal(City.Whole, quarters[^1]);
        Assert.Equal(8, quarters.Length);
        decimal?[] town = Values(headline["city"]!);
        Assert.Equal([100m, 120.5m], town[^2..]);
        Assert.All(town[..^2], Assert.Null);
        Assert.Equal([70m, 80.5m], Values(headline["districts"]![0]!)[^2..]);
        Assert.Equal([30m, 40m], Values(headline["districts"]![1]!)[^2..]);
        Assert.Equal(160m, (decimal)headline["target"]!);
        JsonArray told = (await (await city.ClientAsync("approver")).ReadAsync("/api/observations?indicator=output&organisation=town&period=2026Q1&state=approved")).Ok().Body!.AsArray();
        Assert.Equal(town[^1], (decimal)told[0]!["value"]!);
    }

    [Fact]
    public async Task What_is_missing_is_counted_and_named()
    {
        JsonNode view = await ReadAsync();

        Assert.Equal((1, 2), ((int)view["completeness"]!["approved"]!, (int)view["completeness"]!["asked"]!));
        JsonNode one = view["matters"]!.AsArray().Single()!;
        Assert.Contains("d2", (string?)one["text"], StringComparison.Ordinal);
        Assert.Equal("/returns?view=review", (string?)one["href"]);
    }

    [Fact]
    public async Task The_page_draws_and_others_are_refused()
    {
        string page = (await (await city.ClientAsync("approver")).ReadAsync("/cockpit")).Text;
        Assert.Contains("120.5", page, StringComparison.Ordinal);
        (await (await city.ClientAsync("d1-first")).ReadAsync("/api/cockpit")).Refused("access.role", 403);
    }

    private async Task<JsonNode> ReadAsync() => (await (await city.ClientAsync("reviewer")).ReadAsync("/api/cockpit")).Ok().Body!;

    private static decimal?[] Values(JsonNode series) => [.. series["values"]!.AsArray().Select(one => (decimal?)one)];
}

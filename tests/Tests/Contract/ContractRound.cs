using System.Net;
using System.Text.Json.Nodes;

namespace Lodestone.Tests.Contract;

/// <summary>Assesses a random city through the contract and holds every answer against the oracle.</summary>
public sealed class ContractRound(ContractCity city)
{
    private readonly RandomCity _plan = city.Plan;

    private Outsider Assessor => city.Person(_plan.Code("assessor"));

    /// <summary>Known once the round is opened, by <see cref="RunAsync"/> or elsewhere.</summary>
    public long Id { get; set; }

    public async Task RunAsync()
    {
        await Assessor.PostAsync("/api/schemes", _plan.Scheme.DeepClone());
        JsonNode made = await Assessor.PostAsync("/api/rounds", new JsonObject
        {
            ["scheme"] = (string?)_plan.Scheme["code"],
            ["period"] = _plan.Period,
            ["units"] = new JsonArray([.. _plan.Units.Select(unit => (JsonNode)unit)]),
        });
        Id = (long)made["id"]!;
        await ActAsync("freeze", "frozen");
        await CompareAsync();
        string liaison = $"{_plan.Units[0]}-liaison";
        Assert.Equal("request.not-found", await city.Person(liaison).RefusedAsync(
            HttpMethod.Get, $"/api/rounds/{Id}/results", null, HttpStatusCode.NotFound));
        await ActAsync("release", "released");
        await CompareAsync();
        Assert.Equal("released", (string?)(await city.Person(liaison).GetAsync($"/api/rounds/{Id}/results"))["stage"]);
    }

    /// <summary>The product's results equal the oracle's, unit by unit and criterion by criterion.</summary>
    public async Task<IReadOnlyList<ScoreOracle.Outcome>> CompareAsync()
    {
        IReadOnlyList<ScoreOracle.Outcome> expected = Expect();
        JsonNode results = await Assessor.GetAsync($"/api/rounds/{Id}/results");
        JsonArray units = results["units"]!.AsArray();
        Assert.Equal(expected.Count, units.Count);
        foreach (ScoreOracle.Outcome outcome in expected)
        {
            JsonNode unit = units.Single(one => (string?)one!["unit"] == outcome.Unit)!;
            Assert.Equal(outcome.Total, Outsider.Number(unit["total"]));
            Assert.Equal(outcome.Grade, (string?)unit["grade"]);
            Assert.Equal(outcome.Rank, (int)unit["rank"]!);
            foreach (ScoreOracle.Points points in outcome.Criteria)
            {
                JsonNode criterion = unit["criteria"]!.AsArray().Single(one => (string?)one!["criterion"] == points.Criterion)!;
                Assert.Equal(points.Value, Outsider.Number(criterion["points"]));
                Assert.Equal(points.Missing, (bool)criterion["missing"]!);
            }
        }

        return expected;
    }

    /// <summary>What the contract says the results must be, from this side's own figures.</summary>
    public IReadOnlyList<ScoreOracle.Outcome> Expect() => ScoreOracle.Assess(_plan.Scheme.ToJsonString(),
        [.. _plan.Units.Select(unit => new ScoreOracle.Unit(unit, [.. _plan.Scheme["criteria"]!.AsArray().Select(criterion =>
        {
            RandomCity.Indicator indicator = _plan.Indicators.Single(one => one.Code == (string?)criterion!["indicator"]);
            return new ScoreOracle.Cell((string)criterion!["code"]!, indicator.Direction, ValueOf(indicator, unit), city.Targets[(indicator.Code, unit)]);
        })]))]);

    public decimal? ValueOf(RandomCity.Indicator indicator, string unit)
    {
        decimal[] values = [.. city.Approved.Where(cell => cell.Key.Indicator == indicator.Code
            && (cell.Key.Organisation == unit || _plan.Enterprises.Contains((unit, cell.Key.Organisation)))).Select(cell => cell.Value)];
        return ScoreOracle.TotalOf(_plan.Districts ? indicator.Aggregation : "last", indicator.Decimals, values);
    }

    /// <summary>The observations route gives the same computed totals.</summary>
    public async Task CompareTotalsAsync()
    {
        foreach (RandomCity.Indicator indicator in _plan.Indicators)
        {
            foreach (string unit in _plan.Units)
            {
                JsonArray found = (await Assessor.GetAsync(
                    $"/api/observations?indicator={indicator.Code}&organisation={unit}&period={_plan.Period}&state=approved")).AsArray();
                decimal? expected = ValueOf(indicator, unit);
                Assert.Equal(expected is null ? 0 : 1, found.Count);
                if (expected is { } value)
                {
                    Assert.Equal(value, Outsider.Number(found[0]!["value"]));
                }
            }
        }
    }

    private async Task ActAsync(string action, string stage)
    {
        long version = (long)(await Assessor.GetAsync($"/api/rounds/{Id}/results"))["version"]!;
        JsonNode answer = await Assessor.PostAsync($"/api/rounds/{Id}/actions", new JsonObject { ["action"] = action, ["version"] = version });
        Assert.Equal(stage, (string?)(await Assessor.GetAsync($"/api/rounds/{Id}/results"))["stage"]);
        Assert.NotNull(answer);
    }
}

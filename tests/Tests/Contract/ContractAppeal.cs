using System.Text.Json.Nodes;

namespace Lodestone.Tests.Contract;

/// <summary>One appeal from filing to the corrected cell, with the preview held against what really moved.</summary>
public sealed class ContractAppeal(ContractCity city, ContractRound round)
{
    private readonly RandomCity _plan = city.Plan;

    /// <returns>False when the round has no cell to appeal.</returns>
    public async Task<bool> RunAsync(bool uphold)
    {
        if (await PickAsync() is not { } picked)
        {
            return false;
        }

        (string unit, string criterion, RandomCity.Indicator indicator, long observation, string owner) = picked;
        Outsider liaison = city.Person($"{unit}-liaison");
        Outsider officer = city.Person(_plan.Code("officer"));
        JsonNode filed = await liaison.PostAsync("/api/appeals", new JsonObject
        {
            ["round"] = round.Id,
            ["unit"] = unit,
            ["criterion"] = criterion,
            ["observation"] = observation,
            ["ground"] = "facts",
            ["reason"] = "台账与报表不符，附核对表",
        });
        string appeal = $"/api/appeals/{(long)filed["id"]!}";
        await officer.PostAsync($"{appeal}/actions", new JsonObject { ["action"] = "accept" });
        if (!uphold)
        {
            await officer.PostAsync($"{appeal}/actions", new JsonObject { ["action"] = "reject", ["note"] = "台账无误，维持原值" });
            await round.CompareAsync();
            return true;
        }

        decimal corrected = _plan.DrawValue(indicator);
        JsonNode preview = await city.Person(_plan.Code("assessor")).GetAsync(
            $"/api/rounds/{round.Id}/preview?observation={observation}&value={corrected.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        await officer.PostAsync($"{appeal}/actions", new JsonObject { ["action"] = "uphold", ["note"] = "申诉属实，请更正本格" });
        await CorrectAsync(owner, indicator, corrected);
        JsonNode ended = await liaison.GetAsync(appeal);
        IReadOnlyList<ScoreOracle.Outcome> before = round.Expect();
        city.Approved[(indicator.Code, owner)] = corrected;
        IReadOnlyList<ScoreOracle.Outcome> after = await round.CompareAsync();
        AssertMoved(before, after, preview["moved"]!.AsArray());
        AssertMoved(before, after, ended["moved"]!.AsArray());
        await AssertLineageAsync(unit, criterion, indicator, owner, corrected);
        return true;
    }

    /// <summary>A cell that a score of the round rests on, with the organisation that reported it; null when there is none.</summary>
    public async Task<(string Unit, string Criterion, RandomCity.Indicator Indicator, long Observation, string Owner)?> PickAsync()
    {
        foreach (string unit in _plan.Units.OrderBy(_ => _plan.Happens(50)).ThenBy(_ => _plan.Happens(50)))
        {
            foreach (JsonNode? criterion in _plan.Scheme["criteria"]!.AsArray())
            {
                string code = (string)criterion!["code"]!;
                JsonArray inputs = (await LineageAsync(unit, code))["inputs"]!.AsArray();
                if (inputs.Count > 0)
                {
                    long observation = (long)_plan.Pick([.. inputs])!["observation"]!;
                    RandomCity.Indicator indicator = _plan.Indicators.Single(one => one.Code == (string?)criterion["indicator"]);
                    JsonArray cells = (await city.Person(_plan.Code("assessor")).GetAsync(
                        $"/api/observations?indicator={indicator.Code}&period={_plan.Period}&state=any")).AsArray();
                    string owner = (string)cells.Single(cell => cell!["id"] is { } id && (long)id == observation)!["organisation"]!;
                    return (unit, code, indicator, observation, owner);
                }
            }
        }

        return null;
    }

    private async Task CorrectAsync(string owner, RandomCity.Indicator indicator, decimal value)
    {
        string place = city.PlaceOf(owner);
        Outsider reporter = city.Person(city.ReporterOf(owner));
        JsonNode opened = await reporter.GetAsync(place);
        Assert.Equal("draft", (string?)opened["stage"]);
        if (city.IndicatorsOf(owner).FirstOrDefault(one => one.Code != indicator.Code) is { } other)
        {
            string code = await reporter.RefusedAsync(HttpMethod.Put, place, new JsonObject
            {
                ["cells"] = new JsonArray(new JsonObject { ["indicator"] = other.Code, ["value"] = 7 }),
                ["version"] = (long)opened["version"]!,
            }, System.Net.HttpStatusCode.UnprocessableEntity);
            Assert.Equal("return.cell-locked", code);
        }

        long version = await city.SaveAsync(place, reporter, new() { [indicator.Code] = value }, (long)opened["version"]!);
        version = await ContractCity.ActAsync(place, reporter, "submit", null, version, "submitted");
        // Until the last approval nothing has changed.
        await round.CompareAsync();
        await city.ClimbAsync(owner, version);
    }

    private async Task AssertLineageAsync(string unit, string criterion, RandomCity.Indicator indicator, string owner, decimal value)
    {
        JsonNode lineage = await LineageAsync(unit, criterion);
        JsonArray cells = (await city.Person(_plan.Code("assessor")).GetAsync(
            $"/api/observations?indicator={indicator.Code}&period={_plan.Period}&state=approved")).AsArray();
        JsonNode cell = cells.Single(one => (string?)one!["organisation"] == owner)!;
        Assert.Equal(value, Outsider.Number(cell["value"]));
        JsonNode input = lineage["inputs"]!.AsArray().Single(one => (long)one!["observation"]! == (long)cell["id"]!)!;
        Assert.Equal((string?)cell["hash"], (string?)input["hash"]);
        Assert.Equal((int)cell["revision"]!, (int)input["revision"]!);
        JsonArray dependents = (await city.Person(_plan.Code("assessor")).GetAsync($"/api/observations/{(long)cell["id"]!}/dependents")).AsArray();
        Assert.Contains(dependents, one => (long)one!["round"]! == round.Id && (string?)one["unit"] == unit && (string?)one["criterion"] == criterion);
    }

    private Task<JsonNode> LineageAsync(string unit, string criterion) =>
        city.Person(_plan.Code("assessor")).GetAsync($"/api/rounds/{round.Id}/lineage?unit={unit}&criterion={criterion}");

    private static void AssertMoved(
        IReadOnlyList<ScoreOracle.Outcome> before, IReadOnlyList<ScoreOracle.Outcome> after, JsonArray moved)
    {
        var expected = before.Zip(after).Where(pair => pair.First.Total != pair.Second.Total || pair.First.Grade != pair.Second.Grade)
            .Select(pair => (pair.First.Unit, pair.First.Total, pair.First.Grade, After: pair.Second.Total, AfterGrade: pair.Second.Grade)).ToHashSet();
        var told = moved.Select(one => ((string)one!["unit"]!, Outsider.Number(one["before"]!["total"]), (string?)one["before"]!["grade"],
            Outsider.Number(one["after"]!["total"]), (string?)one["after"]!["grade"])).ToHashSet();
        Assert.Equal(expected, told);
    }
}

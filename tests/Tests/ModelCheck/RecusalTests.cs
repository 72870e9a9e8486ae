using Lodestone.Tests.Ground;

namespace Lodestone.Tests.ModelCheck;

/// <summary>
/// Whoever wrote, reviewed, asked about or scored a value cannot decide its appeal, whatever other office the same person holds,
/// nor can a deputy in such a person's stead. Nor does an upheld appeal open more than its one cell.
/// </summary>
public sealed class RecusalTests(LevelsCity city) : IClassFixture<LevelsCity>
{
    private const string Period = "2026Q1";

    [Fact]
    public async Task Nobody_who_touched_a_value_decides_its_appeal()
    {
        long appeal = await AppealAsync();
        string[] touched = ["reporter-officer", "first-officer", "reviewer-officer", "approver-officer", "assessor-officer", "liaison-officer"];
        foreach (string userName in touched)
        {
            foreach (string action in new[] { "accept", "uphold", "reject" })
            {
                Answer answer = await DecideAsync(userName, appeal, action);
                Assert.True(answer.Code == "appeal.recused" && (int)answer.Status == 403, $"{userName} {action}: {answer.Text}");
            }
        }

        // A deputy who acts for a recused officer is recused with that officer.
        (await (await city.ClientAsync("assessor-officer")).PostAsync("/api/delegations", new
        {
            deputy = "approver",
            organisation = "c",
            role = "appeal-officer",
            from = "2026-07-01",
            until = "2026-12-31",
            reason = "leave",
        })).Ok();
        (await DecideAsync("approver", appeal, "accept")).Refused("appeal.recused", 403);

        (await DecideAsync("clean-officer", appeal, "accept")).Ok();
        foreach (string userName in touched)
        {
            (await DecideAsync(userName, appeal, "uphold")).Refused("appeal.recused", 403);
        }

        (await DecideAsync("clean-officer", appeal, "uphold")).Ok();
        await OneCellIsOpenAsync();
    }

    /// <summary>Only the disputed cell takes a value, only from its owner.</summary>
    private async Task OneCellIsOpenAsync()
    {
        string place = LevelsCity.PlaceOf("e", Period);
        HttpClient owner = await city.ClientAsync("reporter");
        Answer opened = (await owner.ReadAsync(place)).Ok();
        Assert.Equal("draft", (string?)opened["stage"]);
        long version = (long)opened["version"];
        object Cell(string indicator) => new { cells = new[] { new { indicator, value = 50m, explanation = "x" } }, version };
        (await owner.PutAsync(place, Cell(LevelsCity.Jobs))).Refused("return.cell-locked", 422);
        foreach ((string userName, _, _) in LevelsCity.Persons.Where(person => person.Name != "reporter"))
        {
            Answer tried = await (await city.ClientAsync(userName)).PutAsync(place, Cell(LevelsCity.Output));
            Assert.True(tried.Code is "access.role" or "request.not-found", $"{userName}: {tried.Text}");
        }

        (await owner.PutAsync(place, Cell(LevelsCity.Output))).Ok();
    }

    private async Task<long> AppealAsync()
    {
        // All that happens to the value is done by people who are officers too.
        long version = await city.CarryAsync("e", Period, "approved", "-officer");
        HttpClient assessor = await city.ClientAsync("assessor-officer");
        (await (await city.ClientAsync("system")).PutAsync($"/api/targets/{LevelsCity.Output}/d/{Period}", new { value = 200 })).Ok();
        (await assessor.PostAsync("/api/schemes", new
        {
            code = "s",
            criteria = new[] { new { code = "k", name = "产值", measure = "organisation", weight = 100, indicator = LevelsCity.Output, rule = new { kind = "ratio", cap = 1 } } },
            grades = new[] { new { name = "good", from = 60 }, new { name = "fair", from = 0 } },
            quotas = Array.Empty<object>(),
        })).Ok();
        long round = (long)(await assessor.PostAsync("/api/rounds", new { scheme = "s", period = Period, units = new[] { "d" } }))["id"];
        foreach (string action in new[] { "freeze", "release" })
        {
            long seen = (long)(await assessor.ReadAsync($"/api/rounds/{round}/results"))["version"];
            (await assessor.PostAsync($"/api/rounds/{round}/actions", new { action, version = seen })).Ok();
        }

        Assert.True(version > 0);
        Answer lineage = (await assessor.ReadAsync($"/api/rounds/{round}/lineage?unit=d&criterion=k")).Ok();
        return (long)(await (await city.ClientAsync("liaison-officer")).PostAsync("/api/appeals", new
        {
            round,
            unit = "d",
            criterion = "k",
            observation = (long)lineage["inputs"][0]!["observation"]!,
            ground = "facts",
            reason = "the ledger says otherwise",
        }))["id"];
    }

    private async Task<Answer> DecideAsync(string userName, long appeal, string action) =>
        await (await city.ClientAsync(userName)).PostAsync($"/api/appeals/{appeal}/actions", new { action, note = "a fact" });
}

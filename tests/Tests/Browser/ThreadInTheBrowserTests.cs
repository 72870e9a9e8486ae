using System.Globalization;
using System.Text.Json.Nodes;
using Lodestone.Tests.Contract;
using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

/// <summary>The main thread by clicking: a return through its levels, an upheld appeal, the corrected cell, and what it moved.</summary>
[Trait("Browser", "thread")]
[Collection("Browser")]
public sealed class ThreadInTheBrowserTests(DemonstrationSite site) : IClassFixture<DemonstrationSite>
{
    [Fact]
    public async Task AReturnIsFilledAndAnAppealedCellIsCorrected()
    {
        await FillAsync();
        await DecideAsync("yushan-stat", "/returns?view=review&stage=submitted", "340504-e4");
        await DecideAsync("statistics", "/returns?view=review&stage=first-reviewed", "340504-e4");
        await DecideAsync("leader", "/returns?view=review&stage=reviewed", "340504-e4");

        Outsider assessor = await Outsider.SignInAsync(site.Address, "assessor", DemonstrationSite.CityPassword);
        JsonNode appeal = (await assessor.GetAsync("/api/appeals")).AsArray().Single(one => (string?)one!["stage"] == "accepted")!;
        long round = (long)appeal["round"]!;
        IReadOnlyList<ScoreOracle.Outcome> before = await ExpectAsync(assessor, round);
        await UpholdAsync();
        await CorrectAsync();
        await DecideAsync("statistics", "/returns?view=review", "340500-labour");
        await DecideAsync("leader", "/returns?view=review", "340500-labour");

        IReadOnlyList<ScoreOracle.Outcome> after = await ExpectAsync(assessor, round);
        ScoreOracle.Outcome moved = after.Single(unit => unit.Unit == "340500-labour");
        string total = moved.Total.ToString("0.00", CultureInfo.InvariantCulture);
        string old = before.Single(unit => unit.Unit == "340500-labour").Total.ToString("0.00", CultureInfo.InvariantCulture);
        Assert.NotEqual(old, total);
        IPage page = await site.PageAsAsync("assessor");
        await page.GotoAsync($"/assessment/{round}");
        foreach (ScoreOracle.Outcome outcome in after)
        {
            ILocator row = page.Locator($"tr:has(a[href='/assessment/{round}?unit={outcome.Unit}'])");
            await Assertions.Expect(row).ToContainTextAsync(outcome.Total.ToString("0.00", CultureInfo.InvariantCulture));
            await Assertions.Expect(row.Locator("td").First).ToHaveTextAsync(outcome.Rank.ToString(CultureInfo.InvariantCulture));
        }

        await page.GotoAsync($"/appeals/{(long)appeal["id"]!}");
        await Assertions.Expect(page.Locator("del.ls-diff").GetByText(old, new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("ins.ls-diff").GetByText(total, new() { Exact = true })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private async Task FillAsync()
    {
        IPage page = await site.PageAsAsync("yushan-firm4");
        await page.GotoAsync("/returns?stage=draft");
        await page.Locator("main a[href*='340504-e4']").First.ClickAsync();
        await Assertions.Expect(page.Locator("#cells")).ToBeVisibleAsync();
        foreach (ILocator cell in await page.Locator("#cells input[name^='v.']").AllAsync())
        {
            if ((await cell.InputValueAsync()).Length == 0)
            {
                await cell.FillAsync("12");
            }
        }

        await page.Locator("button[form=cells][value=save]").ClickAsync();
        await Assertions.Expect(page.GetByText("草稿已存。")).ToBeVisibleAsync();
        await ExplainAsync(page);
        await SubmitAsync(page);
    }

    private async Task UpholdAsync()
    {
        IPage page = await site.PageAsAsync("appeals");
        await page.GotoAsync("/appeals");
        await page.Locator("main table a[href^='/appeals/']").First.ClickAsync();
        await page.Locator("textarea[name=note]").FillAsync("台账与社保清单相符，请更正本格。");
        await page.Locator("button[value=uphold]").ClickAsync();
        await page.WaitForURLAsync("**done=uphold");
        await Assertions.Expect(page.Locator("button[value=uphold]")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private async Task CorrectAsync()
    {
        IPage page = await site.PageAsAsync("labour-report");
        await page.GotoAsync("/returns");
        await page.Locator("main a[href*='340500-labour']").First.ClickAsync();
        ILocator cell = page.Locator("#cells input[name^='v.']");
        await Assertions.Expect(cell).ToHaveCountAsync(1);
        decimal stated = decimal.Parse(await cell.InputValueAsync(), CultureInfo.InvariantCulture);
        await cell.FillAsync((stated + 2).ToString(CultureInfo.InvariantCulture));
        await page.Locator("button[form=cells][value=save]").ClickAsync();
        await Assertions.Expect(page.GetByText("草稿已存。")).ToBeVisibleAsync();
        await ExplainAsync(page);
        await SubmitAsync(page);
    }

    private static async Task ExplainAsync(IPage page)
    {
        foreach (ILocator text in await page.Locator("#cells textarea[name^='e.']").AllAsync())
        {
            if ((await text.InputValueAsync()).Length == 0)
            {
                await text.FillAsync("新增订单集中交付，见台账。");
            }
        }
    }

    private static async Task SubmitAsync(IPage page)
    {
        await page.Locator("button[form=cells][value=submit]").ClickAsync();
        await page.WaitForURLAsync("**done=return-submitted**");
        await Assertions.Expect(page.Locator("button[form=cells]")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private async Task DecideAsync(string userName, string list, string organisation)
    {
        IPage page = await site.PageAsAsync(userName);
        await page.GotoAsync(list);
        await page.Locator($"main table a[href*='{organisation}']").First.ClickAsync();
        await page.Locator("#decide button.btn-primary").ClickAsync();
        await page.WaitForURLAsync("**done=return-moved**");
        await page.Context.CloseAsync();
    }

    /// <summary>What the results must be, from what the routes give and the second reading of the rules.</summary>
    private static async Task<IReadOnlyList<ScoreOracle.Outcome>> ExpectAsync(Outsider assessor, long round)
    {
        JsonNode results = await assessor.GetAsync($"/api/rounds/{round}/results");
        string period = (string)results["period"]!;
        JsonNode scheme = await assessor.GetAsync($"/api/schemes/{(string)results["scheme"]!}");
        Dictionary<string, JsonNode> indicators = (await assessor.GetAsync("/api/indicators")).AsArray().ToDictionary(one => (string)one!["code"]!, one => one!);
        var units = new List<ScoreOracle.Unit>();
        foreach (string unit in results["units"]!.AsArray().Select(one => (string)one!["unit"]!))
        {
            var cells = new List<ScoreOracle.Cell>();
            foreach (JsonNode criterion in scheme["criteria"]!.AsArray().Select(one => one!))
            {
                string indicator = (string)criterion["indicator"]!;
                JsonNode? value = (await assessor.GetAsync($"/api/observations?indicator={indicator}&organisation={unit}&period={period}&state=approved")).AsArray().FirstOrDefault();
                JsonNode? target = (await assessor.GetAsync($"/api/targets/{indicator}/{unit}/{period}")).AsArray().FirstOrDefault();
                cells.Add(new ScoreOracle.Cell((string)criterion["code"]!, (string)indicators[indicator]["direction"]!,
                    value is null ? null : Outsider.Number(value["value"]), target is null ? null : Outsider.Number(target["value"])));
            }

            units.Add(new ScoreOracle.Unit(unit, cells));
        }

        return ScoreOracle.Assess(scheme.ToJsonString(), units);
    }
}

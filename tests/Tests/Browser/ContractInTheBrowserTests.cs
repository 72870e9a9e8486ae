using System.Globalization;
using Lodestone.Tests.Contract;
using Lodestone.Tests.Ground;
using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

/// <summary>
/// The contract's thread by clicking, for one random city: every return through its levels, a round that is opened, frozen and
/// released, an upheld appeal and the corrected cell. What the pages show equals what the oracle says.
/// </summary>
[Trait("Browser", "thread")]
public sealed class ContractInTheBrowserTests(Platform platform) : IClassFixture<Platform>, IAsyncLifetime
{
    private const int MostEnterprises = 5;

    private readonly Dictionary<string, IPage> _pages = [];
    private Desk _desk = null!;
    private ContractCity _city = null!;
    private ContractRound _round = null!;

    private RandomCity Plan => _city.Plan;

    public async ValueTask InitializeAsync()
    {
        _desk = await Desk.OpenAsync(platform.Address);
        RandomCity plan = Enumerable.Range(101, 100).Select(seed => new RandomCity(seed)).First(one => one.Districts && one.Enterprises.Count <= MostEnterprises
            && one.Indicators.Any(indicator => indicator.FromBelow) && one.Indicators.Any(indicator => !indicator.FromBelow));
        _city = new ContractCity(
            platform.Address, plan,
            await Outsider.SignInAsync(platform.Address, "system", Platform.Password),
            await Outsider.SignInAsync(platform.Address, "security", Platform.Password));
        _round = new ContractRound(_city);
        await _city.BuildAsync();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_random_city_scores_as_the_oracle_says_and_a_corrected_cell_recomputes_everyone()
    {
        foreach (string organisation in Plan.Enterprises.Select(enterprise => enterprise.Code).Concat(Plan.Units))
        {
            var values = _city.IndicatorsOf(organisation).ToDictionary(indicator => indicator.Code, Plan.DrawValue);
            await ReportAsync(organisation, values);
            foreach ((string indicator, decimal value) in values)
            {
                _city.Approved[(indicator, organisation)] = value;
            }
        }

        await AssessAsync();
        IReadOnlyList<ScoreOracle.Outcome> before = await CompareAsync();

        var (unit, criterion, indicatorOfCell, observation, owner) = (await new ContractAppeal(_city, _round).PickAsync())!.Value;
        IPage appeal = await AppealAsync(unit, criterion, observation);
        decimal corrected = _city.Approved[(indicatorOfCell.Code, owner)] + 10;
        await ReportAsync(owner, new() { [indicatorOfCell.Code] = corrected });
        _city.Approved[(indicatorOfCell.Code, owner)] = corrected;

        IReadOnlyList<ScoreOracle.Outcome> after = await CompareAsync();
        await appeal.ReloadAsync();
        foreach ((ScoreOracle.Outcome old, ScoreOracle.Outcome now) in before.Zip(after).Where(pair => pair.First.Total != pair.Second.Total))
        {
            await Assertions.Expect(appeal.Locator("del.ls-diff").GetByText(Points(old.Total), new() { Exact = true }).First).ToBeVisibleAsync();
            await Assertions.Expect(appeal.Locator("ins.ls-diff").GetByText(Points(now.Total), new() { Exact = true }).First).ToBeVisibleAsync();
        }
    }

    private static string Points(decimal points) => points.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Each person keeps a page; what the database says is asked anew by each address.</summary>
    private async Task<IPage> PageOfAsync(string userName) =>
        _pages.TryGetValue(userName, out IPage? page) ? page : _pages[userName] = await _desk.PageAsAsync(userName, ContractCity.Password);

    /// <summary>Filled in by its owner, then up through the levels.</summary>
    private async Task ReportAsync(string organisation, Dictionary<string, decimal> values)
    {
        string place = _city.PlaceOf(organisation)["/api".Length..];
        IPage page = await PageOfAsync(_city.ReporterOf(organisation));
        await page.GotoAsync(place);
        await Assertions.Expect(page.Locator("#cells input[name^='v.']")).ToHaveCountAsync(values.Count);
        foreach ((string indicator, decimal value) in values)
        {
            await page.Locator($"#cells input[name='v.{indicator}']").FillAsync(value.ToString(CultureInfo.InvariantCulture));
        }

        await page.Locator("button[form=cells][value=save]").ClickAsync();
        await page.ArriveAsync("**done=return-saved**");
        foreach (ILocator text in await page.Locator("#cells textarea[name^='e.']").AllAsync())
        {
            await text.FillAsync("按台账逐笔核对");
        }

        await page.Locator("button[form=cells][value=submit]").ClickAsync();
        await page.ArriveAsync("**done=return-submitted**");
        await Assertions.Expect(page.Locator("button[form=cells]")).ToHaveCountAsync(0);
        if (Plan.Enterprises.FirstOrDefault(enterprise => enterprise.Code == organisation).Unit is { } district)
        {
            await DecideAsync($"{district}-first", place);
        }

        await DecideAsync(Plan.Code("reviewer"), place);
        await DecideAsync(Plan.Code("approver"), place);
    }

    private async Task DecideAsync(string userName, string place)
    {
        IPage page = await PageOfAsync(userName);
        await page.GotoAsync($"{place}/review");
        await page.Locator("#decide button.btn-primary").ClickAsync();
        await page.ArriveAsync("**done=return-moved**");
    }

    private async Task AssessAsync()
    {
        await _city.Person(Plan.Code("assessor")).PostAsync("/api/schemes", Plan.Scheme.DeepClone());
        IPage page = await PageOfAsync(Plan.Code("assessor"));
        await page.GotoAsync("/assessment");
        await page.Locator("input[name=period]").FillAsync(Plan.Period);
        foreach (ILocator box in await page.Locator("input[name=units]").AllAsync())
        {
            await box.SetCheckedAsync(Plan.Units.Contains(await box.GetAttributeAsync("value")));
        }

        await page.Locator("form:has(input[name=period]) button.btn-primary").ClickAsync();
        await page.ArriveAsync("**/assessment/*done=open");
        _round.Id = long.Parse(new Uri(page.Url).Segments[^1], CultureInfo.InvariantCulture);
        foreach (string action in new[] { "freeze", "release" })
        {
            await page.Locator($"a[data-ls-open={action}]").ClickAsync();
            await page.Locator($"dialog#{action} button.btn-primary").ClickAsync();
            await page.ArriveAsync($"**done={action}");
        }
    }

    /// <summary>Filed by the unit, accepted and upheld by the officer; gives the officer's page.</summary>
    private async Task<IPage> AppealAsync(string unit, string criterion, long observation)
    {
        IPage liaison = await PageOfAsync($"{unit}-liaison");
        await liaison.GotoAsync($"/assessment/{_round.Id}/appeal?unit={unit}&criterion={criterion}&observation={observation}");
        await liaison.Locator("textarea[name=reason]").FillAsync("台账与报表不符，附核对表");
        await liaison.Locator("form:has(textarea[name=reason]) button.btn-primary").ClickAsync();
        await liaison.ArriveAsync("**/appeals/*done=file");
        IPage officer = await PageOfAsync(Plan.Code("officer"));
        await officer.GotoAsync("/appeals");
        await officer.Locator("main table a[href^='/appeals/']").First.ClickAsync();
        await officer.Locator("button[value=accept]").ClickAsync();
        await officer.ArriveAsync("**done=accept");
        await officer.Locator("textarea[name=note]").FillAsync("申诉属实，请更正本格");
        await officer.Locator("button[value=uphold]").ClickAsync();
        await officer.ArriveAsync("**done=uphold");
        await Assertions.Expect(officer.Locator("button[value=uphold]")).ToHaveCountAsync(0);
        return officer;
    }

    /// <summary>The ranking that the unit and the assessor see, row by row; and the route's answer.</summary>
    private async Task<IReadOnlyList<ScoreOracle.Outcome>> CompareAsync()
    {
        IReadOnlyList<ScoreOracle.Outcome> expected = await _round.CompareAsync();
        foreach (string person in new[] { Plan.Code("assessor"), $"{Plan.Units[0]}-liaison" })
        {
            IPage page = await PageOfAsync(person);
            await page.GotoAsync($"/assessment/{_round.Id}");
            foreach (ScoreOracle.Outcome outcome in expected)
            {
                ILocator row = page.Locator($"tr:has(a[href='/assessment/{_round.Id}?unit={outcome.Unit}'])");
                await Assertions.Expect(row.Locator("td").First).ToHaveTextAsync(outcome.Rank.ToString(CultureInfo.InvariantCulture));
                await Assertions.Expect(row.Locator("td.ls-end")).ToHaveTextAsync(Points(outcome.Total));
                if (outcome.Grade is { } grade)
                {
                    await Assertions.Expect(row.GetByText(grade, new() { Exact = true })).ToBeVisibleAsync();
                }
            }
        }

        return expected;
    }
}

using System.Text.RegularExpressions;
using Lodestone.Tests.Ground;
using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

/// <summary>The tour of the README, step by step, by clicking. What a step says must be there to be clicked.</summary>
[Collection(DemonstrationSite.Collection)]
[Trait("Browser", "tour")]
public sealed partial class FirstQuarterTests(DemonstrationSite site)
{
    private readonly List<string> _walked = [];
    private readonly Dictionary<string, IPage> _pages = [];

    [Fact]
    public async Task The_first_quarter_of_the_readme_can_be_walked()
    {
        IPage reporter = await StepAsync("market-report");
        await Assertions.Expect(reporter.Locator(".ls-next")).ToBeVisibleAsync();
        await reporter.Locator("main table a", new() { HasText = "部门季报" }).First.ClickAsync();
        await Assertions.Expect(reporter.Locator("#cells input[name^='v.']").First).ToBeVisibleAsync();
        string[] blank = [.. (await reporter.EvaluateAsync<string[]>("() => [...document.querySelectorAll(\"#cells input[name^='v.']\")].filter(cell => !cell.value).map(cell => cell.name)"))];
        Assert.Equal(3, blank.Length);
        string entry = new Uri(reporter.Url).AbsolutePath;

        await StepAsync("market-report");
        foreach (string name in blank)
        {
            await reporter.Locator($"#cells input[name='{name}']").FillAsync("12");
        }

        await reporter.Locator("button[form=cells][value=save]").ClickAsync();
        await reporter.ArriveAsync("**done=return-saved**");

        await StepAsync("market-report");
        foreach (ILocator text in await reporter.Locator("#cells textarea[name^='e.']").AllAsync())
        {
            await text.FillAsync("新增两家检测机构，见台账第 7 行");
        }

        await reporter.Locator("button[form=cells][value=submit]").ClickAsync();
        await reporter.ArriveAsync("**done=return-submitted**");

        IPage statistics = await StepAsync("statistics");
        await statistics.GotoAsync("/returns?view=review&stage=submitted");
        await statistics.Locator($"main table a[href='{entry}/review']").First.ClickAsync();
        await statistics.Locator("textarea[name=Question]").FillAsync("与资质名录差一家，请核实是哪一家");
        await statistics.Locator("form:has(textarea[name=Question]) button").ClickAsync();
        await statistics.ArriveAsync("**done=query-asked**");

        await StepAsync("market-report");
        await reporter.GotoAsync("/");
        await reporter.Locator($"main a[href^='{entry}']").First.ClickAsync();
        await reporter.Locator("#queries textarea").FillAsync("是 9 月 20 日新获证的一家，名录尚未更新");
        await reporter.Locator("#queries button").ClickAsync();
        await reporter.ArriveAsync("**done=query-answered**");

        await StepAsync("statistics");
        await statistics.ReloadAsync();
        await Assertions.Expect(statistics.GetByText("名录尚未更新").First).ToBeVisibleAsync();
        await Assertions.Expect(statistics.Locator("input[name^='v.']")).ToHaveCountAsync(0);
        await statistics.Locator("#decide button.btn-primary").ClickAsync();
        await statistics.ArriveAsync("**done=return-moved**");

        IPage leader = await StepAsync("leader");
        await leader.GotoAsync($"{entry}/review");
        await leader.Locator("#decide button.btn-primary").ClickAsync();
        await leader.ArriveAsync("**done=return-moved**");
        await reporter.ReloadAsync();
        await Assertions.Expect(reporter.GetByText("已审定").First).ToBeVisibleAsync();

        await StepAsync("leader");
        await leader.Locator("nav a[href='/cockpit']").First.ClickAsync();
        await Assertions.Expect(leader.Locator("h1")).ToHaveTextAsync("驾驶舱");

        IPage liaison = await StepAsync("labour-liaison");
        await liaison.Locator("nav a[href='/assessment']").First.ClickAsync();
        await liaison.Locator("main tr", new() { HasText = "departments" }).Locator("a[href^='/assessment/']").First.ClickAsync();
        await liaison.Locator("main a[href*='unit=340500-labour']").First.ClickAsync();
        await liaison.Locator("main a[href*='/lineage?']").First.ClickAsync();
        await Assertions.Expect(liaison.Locator("main")).ToContainTextAsync("人力资源");

        await StepAsync("labour-liaison");
        await liaison.GotoAsync("/appeals");
        await liaison.Locator("main a[href^='/appeals/']").First.ClickAsync();
        await Assertions.Expect(liaison.Locator("h1")).ToBeVisibleAsync();

        foreach (string readme in new[] { "README.md", "README.zh-CN.md" })
        {
            Assert.Equal(Step().Matches(await File.ReadAllTextAsync(Path.Combine(House.Root, readme))).Select(found => found.Groups[1].Value), _walked);
        }
    }

    private async Task<IPage> StepAsync(string userName)
    {
        _walked.Add(userName);
        return _pages.TryGetValue(userName, out IPage? page) ? page
            : _pages[userName] = await site.Desk.PageAsAsync(userName, DemonstrationSite.PasswordOf(userName));
    }

    [GeneratedRegex(@"^\d+\. `([a-z0-9-]+)`", RegexOptions.Multiline)]
    private static partial Regex Step();
}

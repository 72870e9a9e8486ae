using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

/// <summary>One supervision order in Chinese from both sides: issued, signed for, reported on, extended before the day, finished with evidence, checked and closed.</summary>
[Collection(DemonstrationSite.Collection)]
[Trait("Browser", "supervision order")]
public sealed class SupervisionOrderTests(DemonstrationSite site)
{
    private const string Title = "技能培训基地未按期挂牌";

    [Fact]
    public async Task An_order_is_walked_from_its_issue_to_its_close()
    {
        IPage office = await EnterAsync("supervisor");
        await office.GotoAsync("/supervision");
        ILocator form = office.Locator("#issue form");
        await form.Locator("[name=Title]").FillAsync(Title);
        await form.Locator("[name=Demand]").FillAsync("挂牌并开班，报送开班名册");
        await form.Locator("[name=Source]").SelectOptionAsync("instruction");
        await form.Locator("[name=Basis]").FillAsync("分管副市长 10 月调研要求");
        await form.Locator("[name=Lead]").SelectOptionAsync("340500-labour");
        await PickAsync(form.Locator("[data-ls-pick]"));
        await form.Locator("[name=Workdays]").FillAsync("15");
        await form.GetByRole(AriaRole.Button, new() { Name = "交办", Exact = true }).ClickAsync();
        await office.ArriveAsync("**done=order-issued**");

        IPage unit = await EnterAsync("labour-liaison");
        await unit.GotoAsync("/supervision");
        await unit.Locator("main table a", new() { HasText = Title }).ClickAsync();
        string place = new Regex(@"/supervision/\d+").Match(unit.Url).Value;
        await Assertions.Expect(unit.Locator(".ls-next")).ToContainTextAsync("签收");
        await KeepAsync(unit, "order-issued");
        await PressAsync(unit, "签收");
        await Form(unit, "报进度").Locator("[name=Percent]").FillAsync("60");
        await Form(unit, "报进度").Locator("[name=Note]").FillAsync("场地已改造完，正在办理登记");
        await PressAsync(unit, "报进度");
        await Form(unit, "申请延期").Locator("[name=Until]").FillAsync(await LaterAsync(unit));
        await Form(unit, "申请延期").Locator("[name=Note]").FillAsync("登记材料需省厅核验");
        await PressAsync(unit, "申请延期");

        await office.GotoAsync(place);
        await PressAsync(office, "同意延期");
        await office.Locator("main details summary", new() { HasText = "到期日怎么来的" }).ClickAsync();
        await Assertions.Expect(office.Locator("main details table")).ToContainTextAsync("延长");

        await unit.GotoAsync(place);
        await Form(unit, "办结上报").Locator("[name=Note]").FillAsync("已挂牌，首期 42 人开班");
        await Form(unit, "办结上报").Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "开班名册.txt", MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes("开班名册") });
        await PressAsync(unit, "办结上报");

        await office.GotoAsync(place);
        await KeepAsync(office, "order-finished");
        await PressAsync(office, "核查办结");
        await Assertions.Expect(office.Locator("main")).ToContainTextAsync("已办结");
        foreach (IPage page in new[] { office, unit })
        {
            await page.Context.CloseAsync();
        }
    }

    /// <summary>Typed words narrow the units, all of what is shown are taken, none are left: the order goes to the lead unit alone.</summary>
    private static async Task PickAsync(ILocator units)
    {
        ILocator shown = units.Locator("label:visible");
        int all = await shown.CountAsync();
        await units.Locator("[data-ls-pick-narrow]").FillAsync("财政");
        await Assertions.Expect(shown).ToHaveCountAsync(1);
        await units.Locator("[data-ls-pick-narrow]").PressAsync("Enter");
        await units.Locator("[data-ls-pick-set='1']").ClickAsync();
        await Assertions.Expect(units.Locator("[data-ls-pick-count]")).ToHaveTextAsync("已选 1 个");
        await units.Locator("[data-ls-pick-narrow]").FillAsync("");
        await Assertions.Expect(shown).ToHaveCountAsync(all);
        await units.Locator("[data-ls-pick-set='']").ClickAsync();
        await Assertions.Expect(units.Locator("[data-ls-pick-count]")).ToHaveTextAsync("已选 0 个");
    }

    private Task<IPage> EnterAsync(string userName) => site.Desk.PageAsAsync(userName, DemonstrationSite.PasswordOf(userName));

    /// <summary>Ten days after the last day that the clock's bar names; a year's turn is a day of the next year.</summary>
    private static async Task<string> LaterAsync(IPage page)
    {
        string facts = await page.Locator("main dl.ls-facts").First.InnerTextAsync();
        DateOnly due = new Regex(@"\d{4}-\d{2}-\d{2}").Matches(facts)
            .Select(match => DateOnly.ParseExact(match.Value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).Max();
        return due.AddDays(14).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The form whose button says so.</summary>
    private static ILocator Form(IPage page, string verb) =>
        page.Locator("#move form").Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }) });

    private static async Task PressAsync(IPage page, string verb)
    {
        await Form(page, verb).GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();
        await page.ArriveAsync("**done=order-moved**");
        await page.GotoAsync(page.Url.Split('?')[0]);
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("LODESTONE_SCREENS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"story-{name}.png"), FullPage = true });
        }
    }
}

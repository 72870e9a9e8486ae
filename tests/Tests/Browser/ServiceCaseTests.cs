using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

/// <summary>One service case in Chinese from both sides: the enterprise files and corrects, the window asks once and accepts, the examiner examines, the head decides, the enterprise rates.</summary>
[Collection(DemonstrationSite.Collection)]
[Trait("Browser", "service case")]
public sealed class ServiceCaseTests(DemonstrationSite site)
{
    private static readonly Regex s_case = new(@"/service-cases/\d+");

    [Fact]
    public async Task A_case_is_walked_from_the_guide_to_the_rating()
    {
        IPage firm = await EnterAsync("bowang-agent");
        await firm.GotoAsync("/services");
        await firm.Locator("main a", new() { HasText = "特殊工时制度审批" }).ClickAsync();
        await Assertions.Expect(firm.Locator("main")).ToContainTextAsync("改革前后");
        await KeepAsync(firm, "guide");
        await firm.Locator(".ls-next a").ClickAsync();
        await Assertions.Expect(firm.Locator("main")).ToContainTextAsync("政府核发，由经办人核验");
        await AttachAsync(firm.Locator("input[name='f.M-HOURS']"), "工时方案.txt");
        await KeepAsync(firm, "apply");
        await firm.Locator("form[enctype] button.btn-primary").ClickAsync();
        await firm.ArriveAsync("**done=case-filed**");
        string place = s_case.Match(firm.Url).Value;
        await Assertions.Expect(firm.Locator("main")).ToContainTextAsync("已收件");
        await Assertions.Expect(firm.Locator($"a[href='/api{place}/papers/receipt']")).ToBeVisibleAsync();

        IPage window = await EnterAsync("hall-clerk");
        await window.GotoAsync("/service-cases?stage=received");
        await window.Locator($"main table a[href='{place}']").ClickAsync();
        await Form(window, "一次告知补正").Locator("input[name='a.M-UNION']").FillAsync("补职工代表大会意见");
        await Form(window, "一次告知补正").Locator("input[name='a.M-AGENT']").FillAsync("授权书请加盖公章");
        await KeepAsync(window, "window");
        await PressAsync(window, "一次告知补正", "case-moved");

        await firm.GotoAsync(place);
        await Assertions.Expect(firm.Locator(".ls-next")).ToContainTextAsync("只通知这一次");
        await KeepAsync(firm, "corrections");
        foreach (string name in new[] { "法定代表人授权委托书", "职工代表大会意见" })
        {
            ILocator row = firm.Locator("#materials tr", new() { HasText = name });
            await AttachAsync(row.Locator("input[type=file]"), "补正.txt");
            await row.Locator("button").ClickAsync();
            await firm.ArriveAsync("**done=case-brought**");
            await firm.GotoAsync(place);
        }

        await PressAsync(firm, "补齐，交回", "case-moved");
        await window.GotoAsync(place);
        await Assertions.Expect(window.GetByRole(AriaRole.Button, new() { Name = "一次告知补正" })).ToHaveCountAsync(0);
        await window.Locator("#materials").GetByRole(AriaRole.Button, new() { Name = "已核验全部已交材料" }).ClickAsync();
        await window.ArriveAsync("**done=case-checked**");
        await window.GotoAsync(place);
        await PressAsync(window, "受理", "case-moved");

        IPage examiner = await EnterAsync("labour-liaison");
        await examiner.GotoAsync(place);
        await Form(examiner, "审查完毕，报负责人").Locator("textarea").FillAsync("方案合法，职代会已通过");
        await PressAsync(examiner, "审查完毕，报负责人", "case-moved");

        IPage head = await EnterAsync("labour-head");
        await head.GotoAsync(place);
        await KeepAsync(head, "head");
        await Form(head, "准予").Locator("textarea").FillAsync("符合法定条件");
        await PressAsync(head, "准予", "case-moved");

        await window.GotoAsync(place);
        await Form(window, "送达").Locator("textarea").FillAsync("窗口领取");
        await PressAsync(window, "送达", "case-moved");
        await firm.GotoAsync(place);
        await PressAsync(firm, "评价", "case-rated");
        await Assertions.Expect(firm.Locator("main")).ToContainTextAsync("已评价");
        await KeepAsync(firm, "rated");
        foreach (IPage page in new[] { firm, window, examiner, head })
        {
            await page.Context.CloseAsync();
        }
    }

    private Task<IPage> EnterAsync(string userName) => site.Desk.PageAsAsync(userName, DemonstrationSite.PasswordOf(userName));

    /// <summary>The form whose button says so.</summary>
    private static ILocator Form(IPage page, string verb) =>
        page.Locator("#move form").Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }) });

    private static async Task PressAsync(IPage page, string verb, string done)
    {
        await Form(page, verb).GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();
        await page.ArriveAsync($"**done={done}**");
    }

    private static Task AttachAsync(ILocator input, string name) =>
        input.SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(name) });

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("LODESTONE_SCREENS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"story-case-{name}.png"), FullPage = true });
        }
    }
}

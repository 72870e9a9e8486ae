using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

/// <summary>One browser before a site; people sign in at it through the door.</summary>
public sealed class Desk : IAsyncDisposable
{
    // One patience for acts and for expectations: the suite shares two cores with a second engine.
    private const float Patience = 40_000;

    private readonly Uri _address;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Desk(Uri address, IPlaywright playwright, IBrowser browser)
    {
        _address = address;
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Desk> OpenAsync(Uri address)
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        return new Desk(address, playwright, await Chromium.LaunchAsync(playwright));
    }

    /// <summary>A page that nobody has signed in to, for the caller to close with its context.</summary>
    public async Task<IPage> PageAsync(int width = 1366, int height = 768)
    {
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _address.ToString(),
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>A page of somebody who has signed in through the door.</summary>
    public async Task<IPage> PageAsAsync(string userName, string password)
    {
        IPage page = await PageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name=UserName]").FillAsync(userName);
        await page.Locator("input[name=Password]").FillAsync(password);
        await page.Locator("form[aria-labelledby=sign-in] button").ClickAsync();
        await Assertions.Expect(page.Locator("nav").First).ToBeVisibleAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

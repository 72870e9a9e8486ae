using Lodestone.Host;
using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;
using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

/// <summary>The product as <c>./run</c> serves it, with the demonstration city, and one browser.</summary>
public sealed class DemonstrationSite(EngineUnderTest engine) : IAsyncLifetime
{
    /// <summary>The password of every account of the demonstration city.</summary>
    public const string CityPassword = "lodestone-demo";

    private static readonly LocatorAssertionsToBeVisibleOptions s_patience = new() { Timeout = 20_000 };

    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        foreach ((_, _, string variable) in Founding.Administrators)
        {
            Environment.SetEnvironmentVariable(variable, Platform.Password);
        }

        Place place = await engine.CopyAsync();
        Settings settings = Settings.Read([.. place.Options, "--urls", "http://127.0.0.1:0"], _ => null);
        _app = Site.Build(settings, Program.Modules, services => services.AddLogging(logging => logging.ClearProviders()));
        await Site.OpenAsync(_app, settings);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>A page that nobody has signed in to, for the caller to close with its context.</summary>
    public async Task<IPage> PageAsync(int width = 1366, int height = 768)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <summary>A page of somebody who has signed in through the door.</summary>
    public async Task<IPage> PageAsAsync(string userName, int width = 1366, int height = 768)
    {
        IPage page = await PageAsync(width, height);
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name=UserName]").FillAsync(userName);
        await page.Locator("input[name=Password]").FillAsync(
            Founding.Administrators.Any(one => one.UserName == userName) ? Platform.Password : CityPassword);
        await page.Locator("form[aria-labelledby=sign-in] button").ClickAsync();
        await Assertions.Expect(page.Locator("nav").First).ToBeVisibleAsync(s_patience);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}

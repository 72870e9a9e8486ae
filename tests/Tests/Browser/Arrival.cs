using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

internal static class Arrival
{
    /// <summary>Waits until the browser has arrived at an address and has the whole page. The page itself is asked: its load event may pass before anybody listens.</summary>
    public static async Task ArriveAsync(this IPage page, string glob)
    {
        await page.WaitForURLAsync(glob, new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

internal static class Arrival
{
    /// <summary>Waits until the browser has arrived at an address (<c>*</c> and <c>**</c> stand for any text) and has the whole page. The page itself is asked, address and state in one look: the driver's own events may pass before anybody listens.</summary>
    public static async Task ArriveAsync(this IPage page, string glob) =>
        await page.WaitForFunctionAsync(
            "pattern => new RegExp(pattern).test(location.href) && document.readyState === 'complete'",
            "^" + string.Join(".*", glob.Split('*').Select(Regex.Escape)) + "$");
}

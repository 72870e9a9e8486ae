using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web.Kit;
using Lodestone.Tests.Ground;
using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

/// <summary>
/// Walks every role through the pages that its links lead to, and looks at each at a desk's and at a telephone's width. A page that
/// shows other forms or another heading to another role is another sight.
/// </summary>
[Collection(DemonstrationSite.Collection)]
[Trait("Browser", "every page")]
public sealed partial class EveryPageTests(DemonstrationSite site)
{
    private static readonly (int Width, int Height)[] s_sizes = [(1366, 768), (390, 844)];

    private static readonly string[] s_people =
    [
        "supervisor", "yushan-firm4", "yushan-stathead", "labour-report", "yushan-stat", "statistics", "leader", "assessor", "appeals", "labour-liaison", "plan-office",
        "system", "security", "audit",
    ];

    /// <summary>One question for all that is read of a page. A code that is shown as a code is no missing word.</summary>
    private const string ReadPage = """
        () => {
            const body = document.body.cloneNode(true);
            body.querySelectorAll('.ls-code').forEach(code => code.remove());
            return {
                mains: document.querySelectorAll('main').length,
                links: [...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search),
                forms: [...document.querySelectorAll('main form[method=post], dialog')].map(f => f.id + f.querySelectorAll('input,button').length).join(),
                text: body.textContent,
            };
        }
        """;

    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    private readonly Dictionary<(string Pattern, int Width), int> _kept = [];
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _sights = [];
    private readonly HashSet<string> _reached = [];
    private readonly List<string> _errors = [];

    [Fact]
    public async Task EveryPageIsSoundAtBothSizes()
    {
        (string Pattern, Regex Shape)[] pages =
        [
            .. Routes.Of(site.Services).Where(route => route.Page is { } page && page != typeof(StyleGuide)).Select(route => route.Pattern).Distinct()
                // An address that is a page of its own is not one with a parameter.
                .OrderBy(pattern => Hole().Count(pattern))
                .Select(pattern => (pattern, new Regex($"^{Hole().Replace(OptionalHole().Replace(pattern, "(/[^/]+)?"), "[^/]+")}$"))),
        ];
        IPage door = Watch(await site.Desk.PageAsync());
        await LookAsync(door, "/sign-in", "/sign-in", "anyone");
        await door.Context.CloseAsync();
        foreach (string person in s_people)
        {
            IPage page = Watch(await site.Desk.PageAsAsync(person, DemonstrationSite.PasswordOf(person)));
            await WalkAsync(page, person, pages);
            await page.Context.CloseAsync();
        }

        Assert.True(_problems.Count == 0, string.Join('\n', _problems));
        Assert.Empty(pages.Select(page => page.Pattern).Except(_reached));
    }

    private async Task WalkAsync(IPage page, string person, (string Pattern, Regex Shape)[] pages)
    {
        var seen = new HashSet<string>();
        // An appeal's form is offered within ten working days of the feedback only, the refusal never.
        var waiting = new Queue<string>(["/", "/refused"]);
        while (waiting.TryDequeue(out string? address))
        {
            if (pages.FirstOrDefault(one => one.Shape.IsMatch(address.Split('?')[0])).Pattern is not { } pattern || !seen.Add(pattern))
            {
                continue;
            }

            foreach (string link in await LookAsync(page, address, pattern, person))
            {
                waiting.Enqueue(link);
                if (person.EndsWith("-liaison", StringComparison.Ordinal) && link.Contains("/lineage?", StringComparison.Ordinal))
                {
                    waiting.Enqueue(link.Replace("/lineage?", "/appeal?", StringComparison.Ordinal));
                }
            }
        }
    }

    /// <returns>Where the page's links lead, as paths with their queries.</returns>
    private async Task<string[]> LookAsync(IPage page, string address, string pattern, string person)
    {
        string place = $"{person} {address}";
        _errors.Clear();
        IResponse? response = await page.GotoAsync(address);
        int expected = pattern == "/refused" ? 404 : 200;
        Check(response?.Status == expected, place, $"status {response?.Status}");
        _reached.Add(pattern);
        Seen seen = await page.EvaluateAsync<Seen>(ReadPage);
        Check(seen.Mains == 1, place, "nothing is drawn");
        string sight = $"{pattern}|{seen.Forms}";
        // How a page looks is the same on both engines; what it says and whether it answers is not.
        if (EngineUnderTest.Kind == Engine.Sqlite && _sights.Add(sight.Length > 400 ? pattern : sight))
        {
            await LookAtBothSizesAsync(page, pattern, place);
        }

        Check(!BareKey().IsMatch(seen.Text), place, $"bare words: {string.Join(", ", BareKey().Matches(seen.Text).Select(match => match.Value).Distinct())}");
        // The browser itself reports a refused address on its console.
        Check(_errors.All(error => expected != 200 && error.Contains("404", StringComparison.Ordinal)), place, string.Join("; ", _errors));
        return seen.Links;
    }

    private async Task LookAtBothSizesAsync(IPage page, string pattern, string place)
    {
        await page.EvaluateAsync(s_axe);
        foreach ((int width, int height) in s_sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            int beyond = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Check(beyond <= 0, place, $"scrolls sideways by {beyond} at {width}");
            foreach (string violation in await AxeAsync(page))
            {
                Check(false, place, $"{violation} at {width}");
            }

            await KeepAsync(page, pattern, width, height);
        }

        await page.SetViewportSizeAsync(s_sizes[0].Width, s_sizes[0].Height);
    }

    /// <summary>
    /// Without the watermark: under a picture axe gives up on a text's contrast. What the mark itself takes away is reckoned by SecrecyTests.
    /// </summary>
    /// <returns>Violations of level critical or serious, each with the first elements that have it. There are no frames to go into.</returns>
    private static Task<string[]> AxeAsync(IPage page) => page.EvaluateAsync<string[]>("""
        async () => {
            const marks = [...document.querySelectorAll('.ls-watermark')];
            marks.forEach(mark => mark.style.display = 'none');
            const found = (await axe.run(document, { resultTypes: ['violations'], preload: false })).violations;
            marks.forEach(mark => mark.style.display = '');
            return found.filter(item => item.impact === 'critical' || item.impact === 'serious')
                .map(item => item.id + ': ' + item.nodes.slice(0, 3).map(node => node.html).join('; '));
        }
        """);

    /// <summary>Of each page the fullest sight is kept, at both sizes.</summary>
    private async Task KeepAsync(IPage page, string pattern, int width, int height)
    {
        if (Environment.GetEnvironmentVariable("LODESTONE_SCREENS") is not { Length: > 0 } folder)
        {
            return;
        }

        int length = await page.EvaluateAsync<int>("() => document.body.textContent.length");
        if (_kept.TryGetValue((pattern, width), out int kept) && kept >= length)
        {
            return;
        }

        _kept[(pattern, width)] = length;
        // A list and the page of one of its things are two pages.
        string name = NotLetters().Replace(Holes().Replace(pattern, "/one"), "-").Trim('-');
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{(name.Length == 0 ? "workbench" : name)}-{width}x{height}.png") });
    }

    /// <summary>What <see cref="ReadPage"/> answers: the forms tell one sight of a page from another.</summary>
    private sealed class Seen
    {
        public int Mains { get; set; }

        public string[] Links { get; set; } = [];

        public string Forms { get; set; } = "";

        public string Text { get; set; } = "";
    }

    private IPage Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Add($"{message.Text} {message.Location}");
            }
        };
        page.PageError += (_, error) => _errors.Add(error);
        return page;
    }

    private void Check(bool sound, string place, string problem)
    {
        if (!sound)
        {
            _problems.Add($"{place}: {problem}");
        }
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"/\{[^}]*\?\}")]
    private static partial Regex OptionalHole();

    /// <summary>Parameters in a row, as the address of one thing has them.</summary>
    [GeneratedRegex(@"(/\{[^}]*\})+")]
    private static partial Regex Holes();

    [GeneratedRegex("[^a-z]+")]
    private static partial Regex NotLetters();

    [GeneratedRegex(@"\b(?:role|work|stage|notice|action|light|kind|done|delegation|measure|rule|word|frame|appeal|return|round|purpose|aggregation|direction)\.[a-z][a-z.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex BareKey();
}

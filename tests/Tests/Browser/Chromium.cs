using Microsoft.Playwright;

namespace Lodestone.Tests.Browser;

/// <summary>The machine's own browser; none is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] s_flags =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-gpu-rasterization", "--disable-gpu-compositing", "--disable-software-rasterizer", "--disable-extensions",
    ];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Find(), Args = s_flags });

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Prepend("/usr/bin")
            .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("The browser tests need Chromium: apt-get install chromium, or put google-chrome on the PATH.");
}

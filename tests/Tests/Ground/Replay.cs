using System.Diagnostics;
using System.Text;

namespace Lodestone.Tests.Ground;

/// <summary>Runs <c>lodestone replay</c> as a user would: a process of its own, in a directory without a database.</summary>
internal static class Replay
{
    /// <returns>The exit code, and what was printed.</returns>
    public static async Task<(int Exit, string Text)> RunAsync(string file, string folder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "lodestone.dll"), "replay", file])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text + await errors);
    }
}

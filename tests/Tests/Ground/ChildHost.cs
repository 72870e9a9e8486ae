using System.Diagnostics;
using System.Globalization;
using Lodestone.Host;
using Lodestone.Kernel.Data;

namespace Lodestone.Tests.Ground;

/// <summary>The product as a process of its own, to be killed.</summary>
internal sealed class ChildHost : IAsyncDisposable
{
    private readonly Process _process;

    private ChildHost(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Client { get; }

    /// <summary>Serves a place on a free port and waits until it answers.</summary>
    public static async Task<ChildHost> ServeAsync(Place place, params (string Name, string Value)[] environment)
    {
        Process process = Start(["serve", .. place.Options, "--urls", "http://127.0.0.1:0", "--empty"], environment);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            int at = line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal);
            if (at >= 0)
            {
                return new ChildHost(process, new Uri(line[at..].Trim()));
            }
        }

        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The host ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Runs a verb of the command line to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(Place place, params string[] arguments)
    {
        using Process process = Start([.. arguments, .. place.Options], []);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    public void Authorize(string token) => Client.DefaultRequestHeaders.Authorization = new("Bearer", token);

    /// <summary>The exit code, once the process has ended by itself or by a signal (128 + its number).</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Process Start(string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(Site).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach ((_, _, _, string variable) in Founding.Administrators)
        {
            start.Environment[variable] = Platform.Password;
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value.ToString(CultureInfo.InvariantCulture);
        }

        return Process.Start(start)!;
    }
}

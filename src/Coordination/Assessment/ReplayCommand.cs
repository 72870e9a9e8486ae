using System.Resources;
using Lodestone.Kernel;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// <c>lodestone replay BUNDLE</c>: computes a round again from an exported bundle, without a database. Prints the results
/// document and, on the next line, its SHA-256.
/// </summary>
internal static class ReplayCommand
{
    private const int Differs = 1;
    private const int Misused = 2;

    public static CommandLineVerb Verb { get; } = new("replay", "replay BUNDLE", (_, arguments) => RunAsync(arguments)) { NeedsDatabase = false };

    private static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var file])
        {
            await Console.Error.WriteLineAsync("lodestone replay BUNDLE");
            return Misused;
        }

        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Misused;
        }

        if (!ReplayBundle.TryRead(bytes, out ReplayBundle? bundle, out string? code))
        {
            return await RefuseAsync(code);
        }

        Replay replay;
        try
        {
            replay = bundle.Run();
        }
        catch (OverflowException)
        {
            return await RefuseAsync("round.overflow");
        }

        await using (Stream output = Console.OpenStandardOutput())
        {
            await output.WriteAsync(replay.Document);
            await output.WriteAsync("\n"u8.ToArray());
            await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes(replay.Sha256 + "\n"));
        }

        return replay.Matches ? 0 : await RefuseAsync("replay.differs");
    }

    private static async Task<int> RefuseAsync(string code)
    {
        var words = new ResourceManager(typeof(AssessmentModule));
        await Console.Error.WriteLineAsync($"{words.GetString(code, null)} ({code})");
        return Differs;
    }
}

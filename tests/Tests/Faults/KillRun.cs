using System.Globalization;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Faults;

/// <summary>Kills the host at the first, second, third … write point of one request, each time on a fresh copy of the same data.</summary>
internal static class KillRun
{
    /// <summary>SIGKILL as an exit code.</summary>
    private const int Killed = 137;

    /// <param name="prepared">The data before the request; nobody may be connected to it.</param>
    /// <param name="request">The request that is cut off; called again after each restart.</param>
    /// <param name="judge">Looks at the data after the kill, without a host.</param>
    /// <param name="first">The first point to die at; the earlier ones are passed over.</param>
    /// <param name="most">So many points at most.</param>
    /// <returns>The points at which the process died, in order.</returns>
    public static async Task<IReadOnlyList<string>> AtEachPointAsync(
        EngineUnderTest engine, Place prepared, string token, Func<HttpClient, Task<Answer>> request, Func<Place, string, Task> judge,
        int first = 1, int most = int.MaxValue)
    {
        await SettleAsync(prepared);
        var points = new List<string>();
        for (int at = first; points.Count < most; at++)
        {
            Place place = await engine.CloneAsync(prepared);
            string trigger = Path.Combine(place.Folder, "trigger");
            await using (ChildHost host = await ChildHost.ServeAsync(place,
                ("DOTNET_STARTUP_HOOKS", typeof(KillRun).Assembly.Location),
                ("LODESTONE_KILL_AT", at.ToString(CultureInfo.InvariantCulture)), ("LODESTONE_KILL_FILE", trigger)))
            {
                host.Authorize(token);
                await File.WriteAllTextAsync(trigger, "");
                try
                {
                    (await request(host.Client)).Ok();
                    // The request came through: there is no such point any more.
                    Assert.NotEmpty(points);
                    return points;
                }
                catch (HttpRequestException)
                {
                    Assert.Equal(Killed, await host.EndAsync());
                }
            }

            string point = (await File.ReadAllLinesAsync(trigger + ".points"))[^1];
            points.Add(point);
            await judge(place, $"{at} ({point})");
            await using ChildHost again = await ChildHost.ServeAsync(place);
            again.Authorize(token);
            (await request(again.Client)).Ok();
            await judge(place, $"{at} ({point}), after the repeat");
        }

        return points;
    }

    /// <summary>
    /// Lets the house do what it does by itself when it opens on such a day, until it has written nothing for three seconds; afterwards every point is the
    /// request's.
    /// </summary>
    private static async Task SettleAsync(Place prepared)
    {
        string trigger = Path.Combine(prepared.Folder, "settling");
        string written = trigger + ".before";
        await using ChildHost host = await ChildHost.ServeAsync(prepared,
            ("DOTNET_STARTUP_HOOKS", typeof(KillRun).Assembly.Location),
            ("LODESTONE_KILL_AT", "1"), ("LODESTONE_KILL_FILE", trigger));
        DateTime last = File.GetLastWriteTimeUtc(written);
        for (int tenths = 0; tenths < 30; tenths++)
        {
            await Task.Delay(100);
            DateTime write = File.GetLastWriteTimeUtc(written);
            (tenths, last) = (write == last ? tenths : 0, write);
        }
    }
}

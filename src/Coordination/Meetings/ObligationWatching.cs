using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lodestone.Coordination.Meetings;

/// <summary>Looks every quarter of an hour whether a city lacks an obligation: a new city's stand within that time, next year's in November.</summary>
internal sealed class ObligationWatching(ObligationRunner runner, TimeProvider clock, ILogger<ObligationWatching> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, clock);
        try
        {
            do
            {
                try
                {
                    await runner.RunAsync(stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    // What was not made is found missing again.
                    log.LogError(error, "The year's meetings and reports were not all made and are tried again.");
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
    }
}

using Lodestone.Kernel.Calendar;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lodestone.Kernel.Procedures;

/// <summary>Looks every quarter of an hour whether a change of the calendar is owed a pass or a rung's day has come.</summary>
internal sealed class ClockWatching(Rederivation rederivation, RungRunner runner, TimeProvider clock, ILogger<ClockWatching> log) : BackgroundService
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
                    await rederivation.RunAsync(stoppingToken);
                    await runner.RunAsync(stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    // What was not done is found again.
                    log.LogError(error, "Watching the time limits stopped and is tried again.");
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

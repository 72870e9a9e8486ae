using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lodestone.Kernel.Notices;

/// <summary>Looks once a minute whether a digest is due.</summary>
internal sealed class DigestSending(DigestRunner runner, DigestSettings settings, TimeProvider clock, ILogger<DigestSending> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Every == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        using var timer = new PeriodicTimer(settings.Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await runner.RunAsync(stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    // Nobody has been moved on, so the next look finds the same work.
                    log.LogError(error, "Sending the digests failed and is tried again.");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lodestone.Kernel;

/// <summary>
/// Work that is looked for again and again. A round that fails is logged and tried again with the next: each round finds what is left by itself, so
/// nothing is lost by one.
/// </summary>
/// <param name="every">Time between two rounds; <see cref="Timeout.InfiniteTimeSpan"/> for none at all.</param>
public abstract class Sweep(TimeSpan every, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>The first round comes at once.</summary>
    protected virtual bool StartsAtOnce => true;

    /// <summary>One round.</summary>
    protected abstract Task RoundAsync(CancellationToken cancel);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (every == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        using var timer = new PeriodicTimer(every, clock);
        try
        {
            if (StartsAtOnce)
            {
                await TryAsync(stoppingToken);
            }

            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
    }

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await RoundAsync(cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "A round of {Sweep} failed and is tried again.", GetType().Name);
        }
    }
}

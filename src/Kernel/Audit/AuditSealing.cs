using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lodestone.Kernel.Audit;

/// <summary>Seals in the background, once a second.</summary>
internal sealed class AuditSealing(AuditSealer sealer, TimeProvider clock, ILogger<AuditSealing> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await sealer.SealAsync(stoppingToken);
                }
                catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException)
                {
                    // The chain catches up with the next tick; nothing is lost while records wait.
                    log.LogWarning(error, "Sealing the audit records waits for the database.");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
    }
}

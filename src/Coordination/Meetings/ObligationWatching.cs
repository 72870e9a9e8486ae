using Lodestone.Kernel;
using Microsoft.Extensions.Logging;

namespace Lodestone.Coordination.Meetings;

/// <summary>Looks every quarter of an hour whether a city lacks an obligation: a new city's stand within that time, next year's in November.</summary>
internal sealed class ObligationWatching(ObligationRunner runner, TimeProvider clock, ILogger<ObligationWatching> log) : Sweep(TimeSpan.FromMinutes(15), clock, log)
{
    protected override Task RoundAsync(CancellationToken cancel) => runner.RunAsync(cancel);
}

using Lodestone.Kernel.Calendar;
using Microsoft.Extensions.Logging;

namespace Lodestone.Kernel.Procedures;

/// <summary>Looks every quarter of an hour whether a change of the calendar is owed a pass or a rung's day has come.</summary>
internal sealed class ClockWatching(Rederivation rederivation, RungRunner runner, TimeProvider clock, ILogger<ClockWatching> log)
    : Sweep(TimeSpan.FromMinutes(15), clock, log)
{
    protected override async Task RoundAsync(CancellationToken cancel)
    {
        await rederivation.RunAsync(cancel);
        await runner.RunAsync(cancel);
    }
}

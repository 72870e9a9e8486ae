using Microsoft.Extensions.Logging;

namespace Lodestone.Kernel.Notices;

/// <summary>Looks once a minute whether a digest is due.</summary>
internal sealed class DigestSending(DigestRunner runner, DigestSettings settings, TimeProvider clock, ILogger<DigestSending> log) : Sweep(settings.Every, clock, log)
{
    protected override bool StartsAtOnce => false;

    protected override Task RoundAsync(CancellationToken cancel) => runner.RunAsync(cancel);
}

using System.Collections.Concurrent;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// Stores imports behind a page that shows how far they are, one after the other, so that they never need the memory of two. A process
/// that dies has stored nothing, and the import can be begun again.
/// </summary>
internal sealed class ImportRunner(IServiceScopeFactory scopes, ILogger<ImportRunner> log) : IDisposable
{
    private readonly ConcurrentDictionary<long, ImportProgress> _running = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The storing that runs, or that ended with a refusal nobody has read yet.</summary>
    public ImportProgress? Find(long import) => _running.GetValueOrDefault(import);

    /// <summary>Begins unless it runs already.</summary>
    public void Start(long import, Actor actor)
    {
        var progress = new ImportProgress();
        if (_running.TryAdd(import, progress))
        {
            _ = Task.Run(() => RunAsync(import, actor, progress));
        }
    }

    /// <summary>The refusal has been read.</summary>
    public void Forget(long import) => _running.TryRemove(import, out _);

    public void Dispose() => _turn.Dispose();

    private async Task RunAsync(long import, Actor actor, ImportProgress progress)
    {
        try
        {
            await _turn.WaitAsync();
            try
            {
                await using AsyncServiceScope scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
                await scope.ServiceProvider.GetRequiredService<ImportDesk>().StoreAsync(import, progress);
                await scope.ServiceProvider.GetRequiredService<PlatformDb>().SaveChangesAsync();
                Forget(import);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Refusal refusal)
        {
            progress.Refusal = refusal;
        }
        catch (Exception error)
        {
            // Nobody awaits this task: the page says that it failed, the log says why.
            log.LogError(error, "Import {Import} failed", import);
            progress.Refusal = new Refusal("import.failed", 500);
        }
    }
}

using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;

namespace Lodestone.Bench;

/// <summary>One caller of one way to move a case. Reads the case within the actor's scope, then writes the move.</summary>
internal abstract class Worker : IAsyncDisposable
{
    public abstract Task MoveAsync(long caseId, Actor actor, PendingRequest request);

    /// <summary>A rung of its own for each move, so that every move climbs one.</summary>
    protected static string Rung(long step) => step.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>What a request is answered with; its text is kept in the idempotency row.</summary>
internal sealed record Answer(long Id, string Stage, long Version);

namespace Lodestone.Kernel.Procedures;

/// <summary>An open case that somebody has the role to decide.</summary>
/// <param name="Recused">The data say that this person may not.</param>
public sealed record Hearing(long CaseId, bool Recused);

/// <summary>A mechanism whose cases some may not decide for what they did before (回避).</summary>
public interface IHearingSource
{
    /// <summary>The open cases that the context's actor has the role to decide, at most a page of them.</summary>
    Task<IReadOnlyList<Hearing>> ListAsync(CancellationToken cancel = default);
}

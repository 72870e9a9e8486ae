using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Organisations;

/// <summary>Kinds of dated succession.</summary>
public static class SuccessionKind
{
    public const string Renamed = "renamed";
    public const string Merged = "merged";
    public const string Split = "split";
}

/// <summary>
/// From <see cref="EffectiveOn"/> on, <see cref="SuccessorId"/> stands where <see cref="OrganisationId"/> stood. A rename has
/// no successor of its own: the id, and so the series, stays. Values of the time before keep their organisation; a reader
/// follows the succession to continue a series.
/// </summary>
public sealed class Succession : IOwned
{
    public long Id { get; internal set; }

    public string Kind { get; internal set; } = "";

    public long OrganisationId { get; internal set; }

    public long? SuccessorId { get; internal set; }

    public DateOnly EffectiveOn { get; internal set; }

    /// <summary>The name until the day before; only for a rename.</summary>
    public string? FormerName { get; internal set; }

    /// <summary>The document that ordered it.</summary>
    public string Basis { get; internal set; } = "";

    public DateTimeOffset RecordedAt { get; internal set; }
}

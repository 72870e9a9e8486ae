using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Packs;

/// <summary>Says that a database was filled from a pack, and that its people are a demonstration's.</summary>
[SharedAcrossOrganisations("One line for each pack, no organisation's data.")]
public sealed class LoadedPack
{
    public string Code { get; internal set; } = "";

    public DateTimeOffset LoadedAt { get; internal set; }
}

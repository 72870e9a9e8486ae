using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;

namespace Lodestone.Kernel.Evidence;

/// <summary>A file that proves something, kept once by its content hash.</summary>
public sealed class EvidenceFile : IOwned
{
    public long Id { get; internal set; }

    public long OrganisationId { get; internal set; }

    /// <summary>SHA-256 of the content, lower-case hex; also its place in the store.</summary>
    public string Sha256 { get; internal set; } = "";

    public string Name { get; internal set; } = "";

    public string MediaType { get; internal set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>One of <see cref="SensitivityMark"/>.</summary>
    public string Sensitivity { get; internal set; } = SensitivityMark.Internal;

    public DateTimeOffset StoredAt { get; internal set; }

    public long StoredBy { get; internal set; }
}

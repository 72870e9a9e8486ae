using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Documents;

/// <summary>A file that has left the platform: who took what, when, and how far it may travel. Append-only; the audit holds its hash too.</summary>
public sealed class ExportRecord : IOwned
{
    public long Id { get; internal set; }

    public DateTimeOffset At { get; internal set; }

    public long UserId { get; internal set; }

    /// <summary>Whose data it is; of a paper that is nobody's own, the reader's organisation.</summary>
    public long OrganisationId { get; internal set; }

    /// <summary>The address that was asked.</summary>
    public string Route { get; internal set; } = "";

    public string FileName { get; internal set; } = "";

    /// <summary>SHA-256 of the bytes that left, lower-case hex.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>One of <see cref="SensitivityMark"/>.</summary>
    public string Sensitivity { get; internal set; } = "";
}

using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Bulletins;

/// <summary>One issue of the city's working information (工作信息、简报).</summary>
internal sealed class Bulletin : IOwned
{
    public const string SubjectKind = "bulletin";

    public long Id { get; internal set; }

    /// <summary>The city.</summary>
    public long OrganisationId { get; internal set; }

    public string Title { get; internal set; } = "";

    /// <summary><c>public</c> or <c>internal</c>, of <see cref="Kernel.Documents.SensitivityMark"/>.</summary>
    public string Sensitivity { get; internal set; } = "";

    /// <summary>With <see cref="Serial"/> its number, 2026 年第 3 期; null until it is first published, so that numbers have no gaps.</summary>
    public int? Year { get; internal set; }

    public int? Serial { get; internal set; }

    /// <summary>1 for the first; a correction is the next. What an edition that was published says never changes.</summary>
    public int Edition { get; internal set; }

    /// <summary>The edition that stands published; 0 for none.</summary>
    public int PublishedEdition { get; internal set; }

    public DateOnly? PublishedOn { get; internal set; }

    /// <summary>Why the running edition corrects the one before; empty for the first.</summary>
    public string Correction { get; internal set; } = "";

    public long CaseId { get; internal set; }

    /// <summary>The id of its last change; a caller must have read it to change what it says.</summary>
    public long Version { get; internal set; }
}

/// <summary>One piece of an edition of a bulletin.</summary>
internal sealed class BulletinItem : IOwned
{
    public long Id { get; internal set; }

    public long BulletinId { get; internal set; }

    public int Edition { get; internal set; }

    /// <summary>1, 2, 3 … in the order of printing.</summary>
    public int Ordinal { get; internal set; }

    public long OrganisationId { get; internal set; }

    /// <summary>What it was made from; null for a piece of the office's own.</summary>
    public long? ContributionId { get; internal set; }

    /// <summary>Who is credited.</summary>
    public string Credit { get; internal set; } = "";

    public string Heading { get; internal set; } = "";

    public string Text { get; internal set; } = "";
}

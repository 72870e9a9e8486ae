using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Bulletins;

/// <summary>What a unit sends in to be published (信息稿件).</summary>
internal sealed class Contribution : IOwned
{
    public const string SubjectKind = "contribution";

    public const int LongestTitle = 120;

    public const int LongestText = 6000;

    public long Id { get; internal set; }

    /// <summary>The unit that wrote it and is credited for it.</summary>
    public long OrganisationId { get; internal set; }

    public string Title { get; internal set; } = "";

    /// <summary>Plain paragraphs, one a line.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>How far it may travel, as its unit says: one of <see cref="Kernel.Documents.SensitivityMark"/>.</summary>
    public string Sensitivity { get; internal set; } = "";

    public long? EvidenceId { get; internal set; }

    /// <summary>The day on which it was published; null before.</summary>
    public DateOnly? AdoptedOn { get; internal set; }

    /// <summary>The day on which it was last sent in; null for one that never was.</summary>
    public DateOnly? SubmittedOn { get; internal set; }

    public long CaseId { get; internal set; }

    /// <summary>The id of its last change; a caller must have read it to change the text.</summary>
    public long Version { get; internal set; }
}

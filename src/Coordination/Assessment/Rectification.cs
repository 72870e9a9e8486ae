using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>What a unit in the lowest grade or under a veto has to mend (整改). What it did is the note of its last submission.</summary>
internal sealed class Rectification : IOwned
{
    public long Id { get; set; }

    public long RoundId { get; set; }

    public long OrganisationId { get; set; }

    /// <summary>1 for the first in the round; a lapsed one can be asked for again.</summary>
    public int Ordinal { get; set; }

    /// <summary>Codes of the vetoed criteria, one space between; empty when only the grade is the cause.</summary>
    public string Vetoes { get; set; } = "";

    public long CaseId { get; set; }

    /// <summary>The file last submitted.</summary>
    public long? EvidenceId { get; set; }
}

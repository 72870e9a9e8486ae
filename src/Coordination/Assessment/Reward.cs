using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>A reward proposed for a unit on its year's results (奖励建议), with the obligation that comes with it (跟踪义务).</summary>
internal sealed class Reward : IOwned
{
    public long Id { get; set; }

    public long OrganisationId { get; set; }

    public int Year { get; set; }

    /// <summary>Code of the scheme whose results it rests on.</summary>
    public string Scheme { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>In fen; 0 for an honour without money.</summary>
    public long AmountFen { get; set; }

    /// <summary>The year's total and grade as they stood at the proposal.</summary>
    public string Basis { get; set; } = "";

    public string Duty { get; set; } = "";

    public DateOnly DutyDueOn { get; set; }

    public long ProposedBy { get; set; }

    public long CaseId { get; set; }
}

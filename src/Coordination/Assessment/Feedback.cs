using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>The results as fed back to one unit (结果反馈); its case says whether the unit has signed for them.</summary>
internal sealed class Feedback : IOwned
{
    public long RoundId { get; set; }

    public long OrganisationId { get; set; }

    public long CaseId { get; set; }
}

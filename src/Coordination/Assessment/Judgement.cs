using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// The points that a judge gave a unit on a judged criterion (定性评分). Never edited: a second thought while the round is a draft is
/// a further row, and the last one counts.
/// </summary>
internal sealed class Judgement : IOwned
{
    public long Id { get; set; }

    public long RoundId { get; set; }

    /// <summary>The judged unit.</summary>
    public long OrganisationId { get; set; }

    public string Criterion { get; set; } = "";

    /// <summary>In hundredths of a point.</summary>
    public long Points { get; set; }

    public string Reason { get; set; } = "";

    /// <summary>The file that the points rest on; it is the unit's, so that the unit can read it.</summary>
    public long EvidenceId { get; set; }

    public long JudgedBy { get; set; }

    public DateTimeOffset JudgedAt { get; set; }

    public JudgedInput Input() => new(Id, Quantity.FromUnits(Points, JudgedInput.Decimals));
}

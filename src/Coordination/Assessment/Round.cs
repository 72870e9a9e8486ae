using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>An assessment of several units of one city in one period (考核轮次).</summary>
[SharedAcrossOrganisations("Announced to every assessed unit; who may open one is decided in one place, RoundDoor.")]
internal sealed class Round
{
    public long Id { get; set; }

    /// <summary>The scheme's version, chosen when the round was opened.</summary>
    public long SchemeId { get; set; }

    public Period Period { get; set; }

    /// <summary>The city above all the units; the round's case is its.</summary>
    public long CityId { get; set; }

    public long CaseId { get; set; }

    /// <summary>The run in force: the freeze, or the last recomputation after it. Null while the round is a draft.</summary>
    public long? RunId { get; set; }

    /// <summary>How many judgements were given; of a judgement and a freeze at the same instant the later one is stale.</summary>
    public int Judgements { get; set; }

    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>The case's version since the release, for readers who may not read the city's case. No move follows it.</summary>
    public long? ReleasedStep { get; set; }
}

/// <summary>An assessed unit.</summary>
internal sealed class RoundUnit : IOwned
{
    public long RoundId { get; set; }

    public long OrganisationId { get; set; }

    /// <summary>The organisation's code, which inputs and results use.</summary>
    public string Code { get; set; } = "";

    /// <summary>The group of comparable units within which it is ranked; null when all are compared with all.</summary>
    public string? Peers { get; set; }
}

using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Supervision;

/// <summary>A task that a city presses until it is done (督办件): one unit handles it by a day.</summary>
internal sealed class SupervisionOrder : IOwned
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "supervision-order";

    public const int LongestTitle = 200;

    public const int LongestText = 4000;

    public long Id { get; internal set; }

    /// <summary>The unit that handles it.</summary>
    public long OrganisationId { get; internal set; }

    /// <summary>The city that presses for it.</summary>
    public long CityId { get; internal set; }

    /// <summary>With <see cref="Serial"/> and <see cref="Part"/> its number, 督〔2026〕12号.</summary>
    public int Year { get; internal set; }

    public int Serial { get; internal set; }

    /// <summary>0 for the lead unit's order; 1, 2, 3 … for those of the supporting units.</summary>
    public int Part { get; internal set; }

    /// <summary>The lead unit's order; null for that one itself.</summary>
    public long? ParentId { get; internal set; }

    public string Title { get; internal set; } = "";

    /// <summary>What must be done, and by what it is known to be done.</summary>
    public string Demand { get; internal set; } = "";

    /// <summary>One of <see cref="OrderSource"/>.</summary>
    public string Source { get; internal set; } = "";

    /// <summary>The milestone, instruction, document or resolution, as it is cited.</summary>
    public string Basis { get; internal set; } = "";

    /// <summary>Working days allowed for signing for it, from the day of issue.</summary>
    public int SignWorkdays { get; internal set; }

    /// <summary>Working days allowed for finishing it, from the day of issue; extensions not included.</summary>
    public int FinishWorkdays { get; internal set; }

    /// <summary>Per cent, as the unit reports it.</summary>
    public int Progress { get; internal set; }

    /// <summary>The day that the unit asks for, while it waits for the answer.</summary>
    public DateOnly? AskedUntil { get; internal set; }

    /// <summary>What shows that it is done.</summary>
    public long? EvidenceId { get; internal set; }

    public long CaseId { get; internal set; }
}

/// <summary>Where an order comes from.</summary>
internal static class OrderSource
{
    public static IReadOnlyList<string> All { get; } = ["milestone", "instruction", "superior", "resolution", "grade", "appeal", "hand"];
}

/// <summary>Which lights a city shows.</summary>
[SharedAcrossOrganisations("How a city marks its orders is for everybody to read.")]
internal sealed class CityPalette
{
    public long CityId { get; internal set; }

    /// <summary>Code of a <see cref="Palette"/>.</summary>
    public string Palette { get; internal set; } = "";
}

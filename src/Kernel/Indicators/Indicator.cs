using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Indicators;

/// <summary>How the values of a district or city follow from those below.</summary>
public static class Aggregation
{
    public const string Sum = "sum";

    /// <summary>Unweighted mean, rounded half up to the indicator's decimals.</summary>
    public const string Average = "average";

    /// <summary>No total: the unit reports it itself.</summary>
    public const string Last = "last";

    public static IReadOnlyList<string> All { get; } = [Sum, Average, Last];
}

/// <summary>Whether more or less is better.</summary>
public static class Direction
{
    public const string Up = "up";
    public const string Down = "down";

    public static IReadOnlyList<string> All { get; } = [Up, Down];
}

/// <summary>What values may be used for (Statistics Law: identifiable survey data serves statistics only).</summary>
public static class Purpose
{
    public const string Statistics = "statistics";
    public const string Administration = "administration";

    public static IReadOnlyList<string> All { get; } = [Statistics, Administration];
}

/// <summary>What is measured. Unit, decimals and aggregation never change once a value exists; other changes make a new version.</summary>
[SharedAcrossOrganisations("The list of indicators is one for all; the values are owned.")]
public sealed class Indicator
{
    public long Id { get; internal set; }

    public string Code { get; internal set; } = "";

    public string Name { get; internal set; } = "";

    public string Unit { get; internal set; } = "";

    /// <summary>Values are whole numbers of 10^-decimals units; 0 to 6.</summary>
    public int Decimals { get; internal set; }

    public string Aggregation { get; internal set; } = "";

    public string Direction { get; internal set; } = "";

    public PeriodKind Frequency { get; internal set; }

    public string Purpose { get; internal set; } = "";

    /// <summary>The explanation of the term that a person who fills it in reads.</summary>
    public string Explanation { get; internal set; } = "";

    /// <summary>The part of the plan it measures, in the city's own word; null when it has none.</summary>
    public string? Area { get; internal set; }

    /// <summary>The unit that answers for the figure and its term (责任单位); null while nobody does.</summary>
    public long? OwnerId { get; internal set; }

    /// <summary>The owner's name as written then: everybody reads it, also where the unit itself is out of sight.</summary>
    public string? OwnerName { get; internal set; }

    /// <summary>1, 2, 3 …; each version's text is in <see cref="IndicatorVersion"/>.</summary>
    public int Version { get; internal set; }
}

/// <summary>The definition as it stood, with the reason of the change.</summary>
[SharedAcrossOrganisations("History of the shared list.")]
public sealed class IndicatorVersion
{
    public long IndicatorId { get; internal set; }

    public int Version { get; internal set; }

    /// <summary>Canonical JSON of the definition.</summary>
    public string Definition { get; internal set; } = "";

    public string Reason { get; internal set; } = "";

    public DateTimeOffset ValidFrom { get; internal set; }
}

/// <summary>What a unit is to reach in a period. Versioned: a new figure is a new row.</summary>
public sealed class Target : IOwned
{
    public long Id { get; internal set; }

    public long IndicatorId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public Period Period { get; internal set; }

    public int Version { get; internal set; }

    /// <summary>Whole number of the indicator's smallest unit.</summary>
    public long Value { get; internal set; }

    public DateTimeOffset SetAt { get; internal set; }
}

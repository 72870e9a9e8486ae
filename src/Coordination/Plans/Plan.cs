using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>A development plan of a city. Several run side by side.</summary>
[SharedAcrossOrganisations("A plan is a published document of its city; every unit reads all of it.")]
internal sealed class Plan
{
    public long Id { get; set; }

    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>action | special | annual (行动计划、专项方案、年度计划) for a plan under another; null for a development plan itself.</summary>
    public string? Kind { get; set; }

    /// <summary>The plan that it carries out; null for a development plan.</summary>
    public long? ParentId { get; set; }

    public string DocumentNumber { get; set; } = "";

    /// <summary>The city whose plan it is.</summary>
    public long CityId { get; set; }

    public Period FirstQuarter { get; set; }

    public Period LastQuarter { get; set; }
}

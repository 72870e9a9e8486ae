using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>
/// A key task (重点任务) with the units that answer for it. The units' names stand here as the document prints them; who may act is
/// <see cref="Duty"/>'s matter.
/// </summary>
[SharedAcrossOrganisations("Part of the published plan; reports and problems on it are not.")]
internal sealed class Measure
{
    public long Id { get; set; }

    public long PlanId { get; set; }

    public long ObjectiveId { get; set; }

    public string Code { get; set; } = "";

    /// <summary>The sentences of the document that it carries, separated by a space.</summary>
    public string Section { get; set; } = "";

    public string Title { get; set; } = "";

    public string Text { get; set; } = "";

    public long LeadId { get; set; }

    public string LeadName { get; set; } = "";

    public string SupportNames { get; set; } = "";

    /// <summary>economic | social | ecological.</summary>
    public string Benefit { get; set; } = "";

    /// <summary>action | special | annual: 行动计划、专项方案、年度计划.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The measure of the plan above that it carries on; null where it stands alone.</summary>
    public long? CarriesId { get; set; }

    /// <summary>Its part in the objective's progress, whole and positive.</summary>
    public int Weight { get; set; }

    public DateOnly? RemovedOn { get; set; }

    /// <summary>The id of its last revision; a caller must have read it to change the measure.</summary>
    public long Version { get; set; }
}

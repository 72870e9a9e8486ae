using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Plans;

/// <summary>A body that carries the plan: the leading group, its office, a working group, the advisory committee.</summary>
[SharedAcrossOrganisations("The plan's published organisation: every unit sees who sits where and whom to ring.")]
internal sealed class WorkingGroup
{
    /// <summary>领导小组、办公室、工作专班、基金管理委员会、咨询委员会、工作组.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["leading-group", "office", "taskforce", "fund-committee", "advisory-committee", "working-group"];

    public long Id { get; set; }

    public long PlanId { get; set; }

    public string Code { get; set; } = "";

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public string Kind { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>The unit where it sits.</summary>
    public long HostId { get; set; }

    public string HostName { get; set; } = "";

    /// <summary>Who answers the telephone; empty while nobody is named.</summary>
    public string Person { get; set; } = "";

    /// <summary>An office line, never a private one.</summary>
    public string Phone { get; set; } = "";

    /// <summary>The id of its last change.</summary>
    public long Version { get; set; }
}

/// <summary>A member unit of a group.</summary>
[SharedAcrossOrganisations("Part of the published organisation of the plan.")]
internal sealed class GroupMember
{
    public long GroupId { get; set; }

    public long UnitId { get; set; }

    public string UnitName { get; set; } = "";

    /// <summary>From 1, as the document lists them.</summary>
    public int Place { get; set; }
}

/// <summary>The liaison officer (联络员) of a unit for a plan, with an office line.</summary>
[SharedAcrossOrganisations("The plan's directory; office lines only.")]
internal sealed class UnitContact
{
    public long Id { get; set; }

    public long PlanId { get; set; }

    public long UnitId { get; set; }

    public string UnitName { get; set; } = "";

    public string Person { get; set; } = "";

    public string Phone { get; set; } = "";

    /// <summary>The id of its last change.</summary>
    public long Version { get; set; }
}

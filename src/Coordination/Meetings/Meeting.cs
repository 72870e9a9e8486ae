using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Meetings;

/// <summary>A quarterly meeting that the plan demands of a city (季度例会).</summary>
[SharedAcrossOrganisations("It concerns every unit that is called to it; who reads one is decided in MeetingReading alone.")]
internal sealed class Meeting
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "meeting";

    public const int LongestPlace = 100;

    public const int LongestText = 8000;

    public long Id { get; internal set; }

    public long CityId { get; internal set; }

    /// <summary>The quarter that it is about; one meeting for each.</summary>
    public Period Period { get; internal set; }

    public long CaseId { get; internal set; }

    /// <summary>The day by which it must be held; while <see cref="Provisional"/> it is derived anew at each reading (<see cref="Obligations"/>).</summary>
    public DateOnly DueOn { get; internal set; }

    /// <summary><see cref="DueOn"/> lay in a year without a published calendar when it was made.</summary>
    public bool Provisional { get; internal set; }

    /// <summary>Since when the units know of it and its agenda stands; null while it is planned.</summary>
    public DateTimeOffset? CalledAt { get; internal set; }

    public DateTimeOffset? StartsAt { get; internal set; }

    public string Place { get; internal set; } = "";

    /// <summary>Who presides, as the minutes name them.</summary>
    public string Chair { get; internal set; } = "";

    /// <summary>Names of the units called, as they were called then.</summary>
    public string UnitNames { get; internal set; } = "";

    public DateOnly? HeldOn { get; internal set; }

    /// <summary>Names of the units that were there, as they were called; every reader of the minutes reads them.</summary>
    public string PresentNames { get; internal set; } = "";

    /// <summary>Names of the units called that were not there.</summary>
    public string AbsentNames { get; internal set; } = "";

    /// <summary>The minutes without their resolutions, one paragraph a line.</summary>
    public string Minutes { get; internal set; } = "";

    /// <summary>With <see cref="SerialYear"/> the number of the minutes, 〔2026〕3号; once in a city.</summary>
    public int? Serial { get; internal set; }

    /// <summary>The year of <see cref="IssuedOn"/>, for the key of the number.</summary>
    public int? SerialYear { get; internal set; }

    public DateOnly? IssuedOn { get; internal set; }

    /// <summary>Changes with the agenda, the resolutions and every move: of two who change it at once only one succeeds.</summary>
    public long Version { get; internal set; }
}

/// <summary>A unit that was called to a meeting; its answer runs as a case of its own.</summary>
internal sealed class MeetingUnit : IOwned
{
    /// <summary>Kind of the subject that its case names; the subject's id is the meeting's.</summary>
    public const string SubjectKind = "meeting-attendance";

    public long MeetingId { get; internal set; }

    public long OrganisationId { get; internal set; }

    /// <summary>The unit's name at the call.</summary>
    public string Name { get; internal set; } = "";

    public long CaseId { get; internal set; }

    /// <summary>Who comes, or why nobody does; empty until the unit has answered.</summary>
    public string Answer { get; internal set; } = "";

    /// <summary>Whether somebody of it was there; null until the meeting was held.</summary>
    public bool? Present { get; internal set; }
}

/// <summary>A line of an agenda. While the meeting is planned only what the office has changed is stored; the call stores all of it for good.</summary>
[SharedAcrossOrganisations("Part of a meeting, read only with it.")]
internal sealed class AgendaLine
{
    public const int LongestText = 400;

    public long Id { get; internal set; }

    public long MeetingId { get; internal set; }

    /// <summary>What it stands for, such as <c>order:812</c>; once in an agenda.</summary>
    public string Fact { get; internal set; } = "";

    /// <summary>One of <see cref="AgendaKind"/>.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>Place in the agenda; null while nobody has moved it.</summary>
    public int? Ordinal { get; internal set; }

    public string Text { get; internal set; } = "";

    /// <summary>How it stood when the agenda was frozen: number, light, progress.</summary>
    public string Standing { get; internal set; } = "";

    /// <summary>The page of the fact; empty for a line that the office wrote.</summary>
    public string Href { get; internal set; } = "";

    /// <summary>Why the office took it off; null while it is on.</summary>
    public string? DroppedBecause { get; internal set; }

    public long? MatterId { get; internal set; }
}

/// <summary>What an agenda line is about, in the order of an agenda.</summary>
internal static class AgendaKind
{
    public const string Resolution = "resolution";
    public const string Matter = "matter";
    public const string Order = "order";
    public const string Measure = "measure";
    public const string Return = "return";
    public const string Appeal = "appeal";
    public const string Hand = "hand";

    public static IReadOnlyList<string> All { get; } = [Resolution, Matter, Order, Measure, Return, Appeal, Hand];
}

/// <summary>What a meeting has resolved (议定事项); it becomes a supervision order in one act.</summary>
[SharedAcrossOrganisations("Part of a meeting, read only with it.")]
internal sealed class Resolution
{
    public const int LongestText = 1000;

    public long Id { get; internal set; }

    public long MeetingId { get; internal set; }

    /// <summary>1, 2, 3 … in the minutes.</summary>
    public int Ordinal { get; internal set; }

    public string Text { get; internal set; } = "";

    public string LeadCode { get; internal set; } = "";

    public string LeadName { get; internal set; } = "";

    /// <summary>Codes of the supporting units, separated by a space.</summary>
    public string SupportCodes { get; internal set; } = "";

    public string SupportNames { get; internal set; } = "";

    /// <summary>Working days allowed, from the day when the minutes are issued.</summary>
    public int Workdays { get; internal set; }

    /// <summary>The day that the issued minutes name; kept at their issue, the order runs to it.</summary>
    public DateOnly? DueOn { get; internal set; }

    /// <summary>The matter that it settles; null when it came up otherwise.</summary>
    public long? MatterId { get; internal set; }

    /// <summary>The lead unit's order; null until it is issued. Of two who issue at once only one succeeds.</summary>
    public long? OrderId { get; internal set; }

    public string OrderNumber { get; internal set; } = "";

    public DateOnly? OrderDueOn { get; internal set; }
}

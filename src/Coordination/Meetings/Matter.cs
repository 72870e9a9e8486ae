using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Meetings;

/// <summary>A matter that a unit puts before the leading group for deliberation (议题).</summary>
[SharedAcrossOrganisations("The unit that proposes it and those asked for an opinion read it; who does is decided in MatterReading alone, by their cases.")]
internal sealed class Matter
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "matter";

    public const int LongestTitle = 120;

    public const int LongestText = 4000;

    public long Id { get; internal set; }

    public long CityId { get; internal set; }

    /// <summary>The unit that proposes it.</summary>
    public long UnitId { get; internal set; }

    public string UnitName { get; internal set; } = "";

    public string Title { get; internal set; } = "";

    /// <summary>What the matter is and why it comes now.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>What the leading group is asked to decide.</summary>
    public string Proposal { get; internal set; } = "";

    public long ProposedBy { get; internal set; }

    /// <summary>The last day for opinions; null while none were asked for.</summary>
    public DateOnly? OpinionsDueOn { get; internal set; }

    /// <summary>The meeting on whose agenda it stands or stood last.</summary>
    public long? MeetingId { get; internal set; }

    /// <summary>1, and one more each time it was returned and reworked: what was said of the old text does not stand under the new one.</summary>
    public int Round { get; internal set; } = 1;

    public long CaseId { get; internal set; }

    /// <summary>Changes with the text and every move: of two who change it at once only one succeeds.</summary>
    public long Version { get; internal set; }
}

/// <summary>What a unit says of another's matter (征求意见); asked once and given once in each round.</summary>
[SharedAcrossOrganisations("The unit that proposes the matter reads what others say of it; who reads one is decided in MatterReading alone.")]
internal sealed class MatterOpinion
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "matter-opinion";

    public long Id { get; internal set; }

    public long MatterId { get; internal set; }

    /// <summary>The unit that is asked.</summary>
    public long UnitId { get; internal set; }

    public string UnitName { get; internal set; } = "";

    /// <summary>The matter's round whose text it is about.</summary>
    public int Round { get; internal set; } = 1;

    public long CaseId { get; internal set; }

    /// <summary>One of <see cref="OpinionPosition"/>; empty until it is given.</summary>
    public string Position { get; internal set; } = "";

    public string Text { get; internal set; } = "";

    public DateTimeOffset? GivenAt { get; internal set; }
}

/// <summary>How a unit stands to a matter.</summary>
internal static class OpinionPosition
{
    public const string Agree = "agree";
    public const string AgreeWithChanges = "agree-with-changes";
    public const string Object = "object";

    public static IReadOnlyList<string> All { get; } = [Agree, AgreeWithChanges, Object];
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Statistics;

/// <summary>A unit's request to fill in a return after entry has closed, until a day.</summary>
internal sealed class LateEntry : IOwned
{
    public const string SubjectKind = "late-entry";

    /// <summary>Working days that an exception may last.</summary>
    public const int MostWorkdays = 30;

    public long Id { get; internal set; }

    public long FormId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public Period Period { get; internal set; }

    public string Reason { get; internal set; } = "";

    /// <summary>The last day of entry; as asked, and after the decision as granted.</summary>
    public DateOnly Until { get; internal set; }

    public long CaseId { get; internal set; }
}

/// <summary>An exception is asked for by the unit and decided by the city's statisticians; it ends by itself.</summary>
internal static class LateEntryProcedure
{
    public const string Written = "late-written";
    public const string Asked = "late-asked";
    public const string Granted = "late-granted";
    public const string Refused = "late-refused";
    public const string TakenBack = "late-taken-back";

    public const string Ask = "ask-late";
    public const string Grant = "grant-late";
    public const string Refuse = "refuse-late";
    public const string TakeBack = "take-back-late";

    public static Procedure LateEntry { get; } = new("late-entry", Written,
    [
        new(Ask, Written, Asked, Role.Reporter, Seat.Own) { Tells = StatisticsModule.Reviewer },
        new(Grant, Asked, Granted, StatisticsModule.Reviewer, Seat.Above) { Tells = Role.Reporter },
        new(Refuse, Asked, Refused, StatisticsModule.Reviewer, Seat.Above) { NeedsReason = true, Tells = Role.Reporter },
        new(TakeBack, Asked, TakenBack, Role.Reporter, Seat.Own) { GoesBack = true },
    ])
    {
        LegalSource = "《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）监测统计机制；《中华人民共和国统计法》第七条：统计调查对象应当真实、准确、完整、及时地"
            + "提供统计资料，不得迟报、拒报；截止后的补报按本市办理规则，须说明原因并经市统计局同意",
        FinalStages = [Granted, Refused, TakenBack],
    };
}

using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// A unit's values of an ended year, taken from a published or archived source by the city's statisticians. The source has had its
/// approvals in its own time, so it is named instead of asking for them again; a wrong file is withdrawn as a whole.
/// </summary>
internal static class HistoryProcedure
{
    public const string Found = "found";
    public const string Recorded = "recorded";
    public const string Withdrawn = "history-withdrawn";
    public const string Record = "record-history";
    public const string Withdraw = "withdraw-history";

    public static Procedure History { get; } = new("history", Found,
    [
        new(Record, Found, Recorded, StatisticsModule.Reviewer, Seat.Above) { NeedsReason = true },
        new(Withdraw, Recorded, Withdrawn, StatisticsModule.Reviewer, Seat.Above) { NeedsReason = true },
    ])
    {
        LegalSource = "《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）监测统计机制：建立工作目标统计体系；《中华人民共和国统计法》：已公布的统计资料以"
            + "县级以上人民政府统计机构公布的为准，修改须留痕",
        FinalStages = [Recorded, Withdrawn],
    };
}

using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// The moves of a reward. The assessor proposes, the leading group's approver decides, the unit reports on the obligation that comes
/// with it. Paying is no move here: that is the ledger of funds' business.
/// </summary>
internal static class RewardProcedure
{
    public const string Code = "reward";

    /// <summary>Working days from the proposal to the decision; the trade's usual figure [check].</summary>
    public const int DecidingWorkdays = 20;

    public const string Made = "made";
    public const string Proposed = "proposed";
    public const string Approved = "approved";
    public const string Declined = "declined";
    public const string Reported = "reported";
    public const string Fulfilled = "fulfilled";

    public const string Propose = "propose";
    public const string Approve = "approve";
    public const string Decline = "decline";
    public const string Report = "report";
    public const string Confirm = "confirm";
    public const string SendBack = "send-back";

    private const string Plan = "《马鞍山市“十四五”磁性材料产业发展规划》组织保障：建立有效的奖惩激励制度，对考核优秀者给予资金奖励";

    public static Procedure Table { get; } = new(Code, Made,
    [
        new(Propose, Made, Proposed, AssessmentModule.Assessor, Seat.Above)
        {
            Once = true,
            Tells = StatisticsModule.Approver,
            Limit = new TimeLimit(DecidingWorkdays, Plan),
        },
        new(Approve, Proposed, Approved, StatisticsModule.Approver, Seat.Above) { Tells = AssessmentModule.Liaison },
        new(Decline, Proposed, Declined, StatisticsModule.Approver, Seat.Above) { NeedsReason = true, Tells = AssessmentModule.Assessor },
        new(Report, Approved, Reported, AssessmentModule.Liaison, Seat.Own) { NeedsReason = true, Tells = AssessmentModule.Assessor },
        new(Confirm, Reported, Fulfilled, AssessmentModule.Assessor, Seat.Above) { Tells = AssessmentModule.Liaison },
        new(SendBack, Reported, Approved, AssessmentModule.Assessor, Seat.Above)
        {
            NeedsReason = true,
            GoesBack = true,
            Tells = AssessmentModule.Liaison,
        },
    ])
    {
        LegalSource = Plan,
        FinalStages = [Declined, Fulfilled],
    };
}

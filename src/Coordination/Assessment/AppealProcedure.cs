using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// The moves of an appeal. The officer decides; the value itself is corrected by its owner through the three levels, and the
/// approval that ends this settles the appeal.
/// </summary>
internal static class AppealProcedure
{
    public const string Code = "appeal";

    /// <summary>It may be filed up to this many working days after the release, whose day is day 0.</summary>
    public const int FilingWorkdays = 10;

    /// <summary>Working days from the acceptance to the decision.</summary>
    public const int DecidingWorkdays = 15;

    public const string Drafted = "drafted";
    public const string Filed = "filed";
    public const string Accepted = "accepted";
    public const string Upheld = "upheld";
    public const string Rejected = "rejected";
    public const string Settled = "settled";

    public const string File = "file";
    public const string Accept = "accept";
    public const string Uphold = "uphold";
    public const string Reject = "reject";
    public const string Settle = "settle";

    private const string Plan = "《马鞍山市“十四五”磁性材料产业发展规划》组织保障：考核评价结果“反馈申诉”机制";

    public static Procedure Table { get; } = new(Code, Drafted,
    [
        // Filed by the same command that opens the case, so that the table decides who may and tells the officer.
        new(File, Drafted, Filed, AssessmentModule.Liaison, Seat.Own) { Tells = AssessmentModule.AppealOfficer, Once = true },
        new(Accept, Filed, Accepted, AssessmentModule.AppealOfficer, Seat.Above)
        {
            Tells = AssessmentModule.Liaison,
            Limit = new TimeLimit(DecidingWorkdays, Plan),
        },
        new(Uphold, Accepted, Upheld, AssessmentModule.AppealOfficer, Seat.Above) { Tells = AssessmentModule.Liaison, NeedsReason = true },
        new(Reject, Accepted, Rejected, AssessmentModule.AppealOfficer, Seat.Above) { Tells = AssessmentModule.Liaison, NeedsReason = true },
        new(Reject, Filed, Rejected, AssessmentModule.AppealOfficer, Seat.Above) { Tells = AssessmentModule.Liaison, NeedsReason = true },
        new(Settle, Upheld, Settled, AssessmentModule.AppealOfficer, Seat.Above) { Tells = AssessmentModule.Liaison, Automatic = true },
    ])
    {
        LegalSource = Plan,
        // Upheld without a value has nothing to correct and rests there.
        FinalStages = [Rejected, Settled, Upheld],
    };
}

using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Assessment;

/// <summary>The moves of a rectification. It is asked for by the release and lapses when a recomputation takes its cause away.</summary>
internal static class RectificationProcedure
{
    public const string Code = "rectification";

    /// <summary>Working days to submit, again after a return; the trade's usual figure [check against the city's own measures].</summary>
    public const int SubmittingWorkdays = 15;

    /// <summary>Working days to check what was submitted.</summary>
    public const int CheckingWorkdays = 10;

    public const string Made = "made";
    public const string Asked = "asked";
    public const string Submitted = "submitted";
    public const string Accepted = "accepted";
    public const string Lapsed = "lapsed";

    public const string Ask = "ask";
    public const string Submit = "submit";
    public const string Accept = "accept";
    public const string SendBack = "send-back";
    public const string Lapse = "lapse";

    private const string Plan = "《马鞍山市“十四五”磁性材料产业发展规划》组织保障：对照考核结果，查找差距和不足，提出整改措施；对考核不合格者跟踪督促";

    public static Procedure Table { get; } = new(Code, Made,
    [
        new(Ask, Made, Asked, AssessmentModule.Assessor, Seat.At)
        {
            Automatic = true,
            Tells = AssessmentModule.Liaison,
            Limit = new TimeLimit(SubmittingWorkdays, Plan),
        },
        new(Submit, Asked, Submitted, AssessmentModule.Liaison, Seat.Own)
        {
            NeedsReason = true,
            Tells = AssessmentModule.Assessor,
            Limit = new TimeLimit(CheckingWorkdays, Plan),
        },
        new(Accept, Submitted, Accepted, AssessmentModule.Assessor, Seat.Above) { Tells = AssessmentModule.Liaison },
        new(SendBack, Submitted, Asked, AssessmentModule.Assessor, Seat.Above)
        {
            NeedsReason = true,
            GoesBack = true,
            Tells = AssessmentModule.Liaison,
            Limit = new TimeLimit(SubmittingWorkdays, Plan),
        },
        new(Lapse, Asked, Lapsed, AssessmentModule.Assessor, Seat.At) { Automatic = true, Tells = AssessmentModule.Liaison },
        new(Lapse, Submitted, Lapsed, AssessmentModule.Assessor, Seat.At) { Automatic = true, Tells = AssessmentModule.Liaison },
    ])
    {
        LegalSource = Plan,
        FinalStages = [Accepted, Lapsed],
    };
}

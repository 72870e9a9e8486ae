using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// The moves of a feedback. It is sent with the release and signed for by the unit; the appeal window runs from the release whether it
/// is signed or not. Results that move afterwards are fed back again.
/// </summary>
internal static class FeedbackProcedure
{
    public const string Code = "feedback";

    /// <summary>Working days to sign for it; the trade's usual figure [check].</summary>
    public const int SigningWorkdays = 3;

    public const string Made = "made";
    public const string Sent = "sent";
    public const string Signed = "signed";

    public const string Send = "send";
    public const string Sign = "sign";
    public const string Revise = "revise";

    private const string Plan = "《马鞍山市“十四五”磁性材料产业发展规划》组织保障：考核评价结果“反馈申诉”机制";

    public static Procedure Table { get; } = new(Code, Made,
    [
        new(Send, Made, Sent, AssessmentModule.Assessor, Seat.At)
        {
            Automatic = true,
            Tells = AssessmentModule.Liaison,
            Limit = new TimeLimit(SigningWorkdays, Plan),
        },
        new(Sign, Sent, Signed, AssessmentModule.Liaison, Seat.Own),
        new(Revise, Sent, Sent, AssessmentModule.Assessor, Seat.At)
        {
            Automatic = true,
            Tells = AssessmentModule.Liaison,
            Limit = new TimeLimit(SigningWorkdays, Plan),
        },
        new(Revise, Signed, Sent, AssessmentModule.Assessor, Seat.At)
        {
            Automatic = true,
            Tells = AssessmentModule.Liaison,
            Limit = new TimeLimit(SigningWorkdays, Plan),
        },
    ])
    {
        LegalSource = Plan,
        FinalStages = [Signed],
    };
}

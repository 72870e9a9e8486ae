using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Plans;

/// <summary>The lawful moves of an evaluation: the office drafts and consults the units, the leading group's approver issues.</summary>
internal static class EvaluationProcedure
{
    public const string Code = "plan-evaluation";
    public const string Draft = "draft";
    public const string Consulting = "consulting";
    public const string Submitted = "submitted";
    public const string Issued = "issued";

    public static Procedure Table { get; } = new(Code, Draft,
    [
        new("consult", Draft, Consulting, PlansModule.Office, Seat.At),
        new("recall", Consulting, Draft, PlansModule.Office, Seat.At) { GoesBack = true, NeedsReason = true },
        new("submit", Consulting, Submitted, PlansModule.Office, Seat.At) { Tells = PlansModule.Approver },
        new("send-back", Submitted, Consulting, PlansModule.Approver, Seat.At) { GoesBack = true, NeedsReason = true, Tells = PlansModule.Office },
        new("issue", Submitted, Issued, PlansModule.Approver, Seat.At) { Tells = PlansModule.Office },
    ])
    {
        LegalSource = "规划 七（一）2 优化考核评估制度：阶段评估考核；听取被考核单位的意见和建议；报领导小组审定",
        FinalStages = [Issued],
    };
}

using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Plans;

/// <summary>The lawful moves of a problem: the leading group's office answers after hearing the asked unit, who raised it closes it or asks again.</summary>
internal static class ProblemProcedure
{
    public const string Code = "plan-problem";
    public const string Raised = "raised";
    public const string Answered = "answered";
    public const string Closed = "closed";

    public static Procedure Table { get; } = new(Code, Raised,
    [
        new("answer", Raised, Answered, PlansModule.Office, Seat.Above) { NeedsReason = true, Tells = PlansModule.Liaison },
        new("close", Answered, Closed, PlansModule.Liaison, Seat.Own),
        new("reopen", Answered, Raised, PlansModule.Liaison, Seat.Own) { GoesBack = true, NeedsReason = true, Tells = PlansModule.Office },
    ])
    {
        LegalSource = "规划 七（一）1 组织管理：建立沟通机制、分工合作机制；（一）2：及时发现和协调解决问题",
        FinalStages = [Closed],
    };
}

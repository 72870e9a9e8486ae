using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Plans;

/// <summary>
/// The lawful moves of a milestone: the lead unit reports, the leading group's office confirms or sends back. A report tells nobody: it stands
/// on the office's workbench.
/// </summary>
internal static class MilestoneProcedure
{
    public const string Code = "plan-milestone";
    public const string Planned = "planned";
    public const string Reported = "reported";
    public const string SentBack = "sent-back";
    public const string Confirmed = "confirmed";

    public static Procedure Table { get; } = new(Code, Planned,
    [
        new("report", Planned, Reported, PlansModule.Liaison, Seat.Own),
        new("report", SentBack, Reported, PlansModule.Liaison, Seat.Own),
        new("confirm", Reported, Confirmed, PlansModule.Office, Seat.Above) { Tells = PlansModule.Liaison },
        new("send-back", Reported, SentBack, PlansModule.Office, Seat.Above) { GoesBack = true, NeedsReason = true, Tells = PlansModule.Liaison },
    ])
    {
        LegalSource = "规划 七（一）1 组织管理：明确任务分工、工作分解以及年度计划；建立工作推进机制、责任体系，对成员单位督促协调",
        FinalStages = [Confirmed],
    };
}

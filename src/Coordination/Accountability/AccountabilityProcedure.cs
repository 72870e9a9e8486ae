using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Accountability;

/// <summary>Holding a unit to account: verified, the unit heard, decided by the leading group, lifted when what was asked for is done.</summary>
internal static class AccountabilityProcedure
{
    public const string Code = "accountability";

    public const string Verifying = "verifying";
    public const string Hearing = "hearing";
    public const string Heard = "heard";
    public const string Decided = "decided";
    public const string Lifted = "lifted";
    public const string Dismissed = "dismissed";

    public const string Find = "find";
    public const string Dismiss = "dismiss";
    public const string State = "state";
    public const string VerifyAgain = "verify-again";
    public const string Decide = "decide";
    public const string Lift = "lift";
    public const string Remind = "remind-hearing";
    public const string Pass = "pass-hearing";

    /// <summary>The time in which the unit may state its side; the clock's name.</summary>
    public const string HearingClock = "hearing";

    /// <summary>Working days for it.</summary>
    public const int HearingWorkdays = 5;

    private const string Source = "《政府督查工作条例》（国务院令第733号）：对督查结论可以提出改进、表扬、追责等建议；《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）：建立工作问责机制，明确责任体系";
    private const string HearingSource = "各地问责办法通行做法：作出决定前听取被问责单位陈述申辩，一般给 5 个工作日；期满不陈述的视为放弃";

    public static Procedure Table { get; } = new(Code, Verifying,
    [
        new(Find, Verifying, Hearing, SupervisionModule.Supervisor, Seat.Above) { NeedsReason = true, Tells = SupervisionModule.Liaison },
        new(Dismiss, Verifying, Dismissed, SupervisionModule.Supervisor, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = SupervisionModule.Liaison },
        new(State, Hearing, Heard, SupervisionModule.Liaison, Seat.Own) { NeedsReason = true, Tells = SupervisionModule.Leader },
        new(Remind, Hearing, Hearing, SupervisionModule.Supervisor, Seat.Above) { Automatic = true, Tells = SupervisionModule.Liaison },
        new(Pass, Hearing, Heard, SupervisionModule.Supervisor, Seat.Above) { Automatic = true, Tells = SupervisionModule.Leader },
        new(Decide, Heard, Decided, SupervisionModule.Leader, Seat.Above) { NeedsReason = true, Tells = SupervisionModule.Liaison },
        new(Dismiss, Heard, Dismissed, SupervisionModule.Leader, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = SupervisionModule.Liaison },
        new(VerifyAgain, Heard, Verifying, SupervisionModule.Leader, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = SupervisionModule.Supervisor },
        new(Lift, Decided, Lifted, SupervisionModule.Leader, Seat.Above) { NeedsReason = true, Tells = SupervisionModule.Liaison },
    ])
    {
        LegalSource = Source,
        FinalStages = [Dismissed, Decided, Lifted],
        Clocks = [new(HearingClock, HearingSource) { RunsIn = [Hearing], Anew = true, Rungs = [new("near", -1, Remind), new("over", 1, Pass)] }],
    };
}

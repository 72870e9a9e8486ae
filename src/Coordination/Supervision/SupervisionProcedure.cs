using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Supervision;

/// <summary>The life of a supervision order: issued, signed for, handled, finished, checked and closed; with the side moves that do not lose a day.</summary>
internal static class SupervisionProcedure
{
    public const string Code = "supervision";

    public const string Registered = "registered";
    public const string Issued = "issued";
    public const string Returned = "duty-returned";
    public const string Handling = "handling";
    public const string ExtensionAsked = "extension-asked";
    public const string Held = "held";
    public const string Finished = "finished";
    public const string Closed = "closed";
    public const string Revoked = "revoked";

    public const string Issue = "issue";
    public const string SignFor = "sign-for";
    public const string ReturnDuty = "return-duty";
    public const string Reissue = "reissue";
    public const string Report = "report";
    public const string AskExtension = "ask-extension";
    public const string GrantExtension = "grant-extension";
    public const string RefuseExtension = "refuse-extension";
    public const string Hold = "hold";
    public const string Resume = "resume";
    public const string Finish = "finish";
    public const string SendBack = "send-back";
    public const string Close = "close";
    public const string Revoke = "revoke";
    public const string Urge = "urge";
    public const string Remind = "remind-by-clock";
    public const string Escalate = "escalate";

    private const string Source = "《政府督查工作条例》（国务院令第733号，2021年2月1日施行）；《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）：建立工作问责机制，对成员单位促进产业发展工作进行督促协调";

    private const string SignSource = "各地督查通行做法：收到督办件后一般 2 个工作日内签收，具体以督办件所列为准";
    private const string FinishSource = "《政府督查工作条例》（国务院令第733号）：督查事项应当及时办理；具体期限以督办件所列为准";

    public static Procedure Table { get; } = new(Code, Registered,
    [
        new(Issue, Registered, Issued, SupervisionModule.Supervisor, Seat.Above) { Tells = SupervisionModule.Liaison },
        new(SignFor, Issued, Handling, SupervisionModule.Liaison, Seat.Own) { Tells = SupervisionModule.Supervisor },
        new(ReturnDuty, Issued, Returned, SupervisionModule.Liaison, Seat.Own) { NeedsReason = true, GoesBack = true, Tells = SupervisionModule.Supervisor },
        new(Reissue, Returned, Issued, SupervisionModule.Supervisor, Seat.Above) { NeedsReason = true, Tells = SupervisionModule.Liaison },
        new(Report, Handling, Handling, SupervisionModule.Liaison, Seat.Own) { NeedsReason = true },
        new(Finish, Handling, Finished, SupervisionModule.Liaison, Seat.Own) { NeedsReason = true, Tells = SupervisionModule.Supervisor },
        new(AskExtension, Handling, ExtensionAsked, SupervisionModule.Liaison, Seat.Own) { NeedsReason = true, GoesBack = true, Tells = SupervisionModule.Supervisor },
        new(GrantExtension, ExtensionAsked, Handling, SupervisionModule.Supervisor, Seat.Above) { Tells = SupervisionModule.Liaison },
        new(RefuseExtension, ExtensionAsked, Handling, SupervisionModule.Supervisor, Seat.Above) { NeedsReason = true, Tells = SupervisionModule.Liaison },
        new(Hold, Handling, Held, SupervisionModule.Supervisor, Seat.Above) { NeedsReason = true, GoesBack = true, StopsClock = true, Tells = SupervisionModule.Liaison },
        new(Resume, Held, Handling, SupervisionModule.Supervisor, Seat.Above) { Tells = SupervisionModule.Liaison },
        new(SendBack, Finished, Handling, SupervisionModule.Supervisor, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = SupervisionModule.Liaison },
        new(Close, Finished, Closed, SupervisionModule.Supervisor, Seat.Above) { Tells = SupervisionModule.Liaison },
        .. new[] { Issued, Returned, Handling, ExtensionAsked, Held, Finished }.Select(stage =>
            new Transition(Revoke, stage, Revoked, SupervisionModule.Supervisor, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = SupervisionModule.Liaison }),
        .. new[] { Issued, Handling }.SelectMany(stage => new Transition[]
        {
            new(Urge, stage, stage, SupervisionModule.Supervisor, Seat.Above) { GoesBack = true, Tells = SupervisionModule.Liaison },
            new(Remind, stage, stage, SupervisionModule.Supervisor, Seat.Above) { Automatic = true, Tells = SupervisionModule.Liaison },
            new(Escalate, stage, stage, SupervisionModule.Supervisor, Seat.Above) { Automatic = true, Tells = SupervisionModule.Leader },
        }),
    ])
    {
        LegalSource = Source,
        FinalStages = [Closed, Revoked],
        Clocks =
        [
            new(OrderClock.Sign, SignSource) { RunsIn = [Issued], Anew = true, Rungs = [new("sign-late", 1, Remind)] },
            new(OrderClock.Finish, FinishSource)
            {
                RunsIn = [Issued, Returned, Handling, ExtensionAsked],
                Rungs =
                [
                    new("near", -OrderClock.NearWorkdays, Remind), new("due", 0, Remind), new("over", 1, Remind), new("escalate", OrderClock.EscalateWorkdays, Escalate),
                ],
            },
        ],
    };
}

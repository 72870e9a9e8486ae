using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Services.Cases;

/// <summary>The life of an application for a service item, with its five clocks.</summary>
internal static class CaseProcedure
{
    public const string Code = "service";

    public const string Applied = "applied";
    public const string Received = "received";
    public const string NotRequired = "not-required";
    public const string NotCompetent = "not-competent";
    public const string CorrectionAsked = "correction-asked";
    public const string Accepted = "accepted";
    public const string Special = "special";
    public const string Examined = "examined";
    public const string Granted = "granted";
    public const string Refused = "refused";
    public const string Delivered = "delivered";
    public const string Rated = "rated";
    public const string Returned = "returned";
    public const string Withdrawn = "withdrawn";
    public const string Void = "void";
    public const string Revoked = "revoked";

    public const string File = "file";
    public const string TakeIn = "take-in";
    public const string SayNotRequired = "say-not-required";
    public const string SayNotCompetent = "say-not-competent";
    public const string AskCorrection = "ask-correction";
    public const string StillMissing = "still-missing";
    public const string Correct = "correct";
    public const string CorrectAtWindow = "correct-at-window";
    public const string Accept = "accept";
    public const string DeemAccepted = "deem-accepted";
    public const string TellDeemed = "tell-deemed";
    public const string StartSpecial = "start-special";
    public const string EndSpecial = "end-special";
    public const string Examine = "examine";
    public const string ExamineAgain = "examine-again";
    public const string Extend = "extend";
    public const string Grant = "grant";
    public const string Refuse = "refuse";
    public const string Deliver = "deliver";
    public const string Rate = "rate";
    public const string Withdraw = "withdraw";
    public const string Annul = "annul";
    public const string Revoke = "revoke";
    public const string Lapse = "lapse";
    public const string Remind = "remind-by-clock";
    public const string RemindApplicant = "remind-applicant";
    public const string YellowCard = "yellow-card";
    public const string RedCard = "red-card";
    public const string Breach = "breach";

    /// <summary>Five days for telling once, everything (art. 32).</summary>
    public const string CorrectionClock = "correction";

    /// <summary>The applicant's own time for correcting.</summary>
    public const string CorrectClock = "correct";

    /// <summary>The limit of the law, from acceptance (art. 42).</summary>
    public const string StatutoryClock = "statutory";

    /// <summary>The limit that the department promised, from acceptance.</summary>
    public const string PromisedClock = "promised";

    /// <summary>Ten days for delivering, from the decision (art. 44).</summary>
    public const string DeliverClock = "deliver";

    private const string Law = "《中华人民共和国行政许可法》";

    private static readonly string[] s_beforeDecision = [Received, CorrectionAsked, Accepted, Special, Examined];

    public static Procedure Table { get; } = new(Code, Applied,
    [
        new(File, Applied, Received, CasesModule.Applicant, Seat.Own) { Tells = CasesModule.Clerk },
        new(TakeIn, Applied, Received, CasesModule.Clerk, Seat.Above) { Tells = CasesModule.Applicant },
        new(SayNotRequired, Received, NotRequired, CasesModule.Clerk, Seat.Above) { NeedsReason = true, Tells = CasesModule.Applicant },
        new(SayNotCompetent, Received, NotCompetent, CasesModule.Clerk, Seat.Above) { NeedsReason = true, Tells = CasesModule.Applicant },
        new(AskCorrection, Received, CorrectionAsked, CasesModule.Clerk, Seat.Above) { Once = true, GoesBack = true, StopsClock = true, Tells = CasesModule.Applicant },
        new(StillMissing, Received, CorrectionAsked, CasesModule.Clerk, Seat.Above) { NeedsReason = true, GoesBack = true, StopsClock = true, Tells = CasesModule.Applicant },
        new(Accept, Received, Accepted, CasesModule.Clerk, Seat.Above) { Tells = CasesModule.Applicant },
        new(DeemAccepted, Received, Accepted, CasesModule.Clerk, Seat.Above) { Automatic = true, Tells = CasesModule.Applicant },
        new(TellDeemed, Accepted, Accepted, CasesModule.Clerk, Seat.Above) { Automatic = true, Tells = CasesModule.Examiner },
        new(Correct, CorrectionAsked, Received, CasesModule.Applicant, Seat.Own) { Tells = CasesModule.Clerk },
        new(CorrectAtWindow, CorrectionAsked, Received, CasesModule.Clerk, Seat.Above) { Tells = CasesModule.Applicant },
        new(Lapse, CorrectionAsked, Returned, CasesModule.Clerk, Seat.Above) { Automatic = true, Tells = CasesModule.Applicant },
        new(StartSpecial, Accepted, Special, CasesModule.Examiner, Seat.Above) { NeedsReason = true, GoesBack = true, StopsClock = true, Tells = CasesModule.Applicant },
        new(EndSpecial, Special, Accepted, CasesModule.Examiner, Seat.Above) { NeedsReason = true, Tells = CasesModule.Applicant },
        new(Examine, Accepted, Examined, CasesModule.Examiner, Seat.Above) { NeedsReason = true, Tells = CasesModule.Head },
        new(ExamineAgain, Examined, Accepted, CasesModule.Head, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = CasesModule.Examiner },
        .. new[] { Accepted, Examined }.Select(stage => new Transition(Extend, stage, stage, CasesModule.Head, Seat.Above)
        {
            Once = true, NeedsReason = true, GoesBack = true, Tells = CasesModule.Applicant,
        }),
        new(Grant, Examined, Granted, CasesModule.Head, Seat.Above) { NeedsReason = true, Tells = CasesModule.Applicant },
        new(Refuse, Examined, Refused, CasesModule.Head, Seat.Above) { NeedsReason = true, Tells = CasesModule.Applicant },
        .. new[] { Granted, Refused }.SelectMany(stage => new Transition[]
        {
            new(Deliver, stage, Delivered, CasesModule.Clerk, Seat.Above) { NeedsReason = true, Tells = CasesModule.Applicant },
            new(Remind, stage, stage, CasesModule.Clerk, Seat.Above) { Automatic = true, Tells = CasesModule.Clerk },
        }),
        new(Rate, Delivered, Rated, CasesModule.Applicant, Seat.Own),
        .. new[] { Delivered, Rated }.Select(stage => new Transition(Revoke, stage, Revoked, CasesModule.Head, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = CasesModule.Applicant }),
        .. s_beforeDecision.SelectMany(stage => new Transition[]
        {
            new(Withdraw, stage, Withdrawn, CasesModule.Applicant, Seat.Own) { GoesBack = true, Tells = CasesModule.Clerk },
            new(Annul, stage, Void, CasesModule.Head, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = CasesModule.Applicant },
        }),
        new(Remind, Received, Received, CasesModule.Clerk, Seat.Above) { Automatic = true, Tells = CasesModule.Clerk },
        new(RemindApplicant, CorrectionAsked, CorrectionAsked, CasesModule.Applicant, Seat.Own) { Automatic = true, Tells = CasesModule.Applicant },
        .. new[] { Accepted, Examined }.SelectMany(stage => new[] { YellowCard, RedCard, Breach }.Select(card => new Transition(card, stage, stage, CasesModule.Examiner, Seat.Above)
        {
            Automatic = true, Tells = card == YellowCard ? CasesModule.Examiner : CasesModule.Head,
        })),
    ])
    {
        LegalSource = $"{Law}第三十二条、第四十二条、第四十四条、第四十五条、第六十九条、第八十二条；《马鞍山市“十四五”磁性材料产业发展规划》第七章（三）：严格落实首问负责、一次性告知、限时办结等制度",
        FinalStages = [NotRequired, NotCompetent, Returned, Withdrawn, Void, Delivered, Rated, Revoked],
        Clocks =
        [
            new(CorrectionClock, $"{Law}第三十二条第一款第四项：当场或者在五日内一次告知，逾期不告知的，自收到申请材料之日起即为受理")
            {
                RunsIn = [Received],
                Anew = true,
                Rungs = [new("near", -1, Remind), new("missed", 1, DeemAccepted)],
            },
            new(CorrectClock, "事项清单载明的补正时限") { RunsIn = [CorrectionAsked], Rungs = [new("near", -2, RemindApplicant), new("missed", 1, Lapse)] },
            new(StatutoryClock, $"{Law}第四十二条：自受理之日起二十日内作出决定，经负责人批准可以延长十日；统一办理、联合办理、集中办理的四十五日，可以延长十五日") { RunsIn = [Accepted, Examined], Rungs = [new("missed", 1, Breach)] },
            new(PromisedClock, "事项清单载明的承诺时限，不超过法定时限") { RunsIn = [Accepted, Examined], Rungs = [new("near", -2, YellowCard), new("missed", 1, RedCard)] },
            new(DeliverClock, $"{Law}第四十四条：自作出决定之日起十日内送达") { RunsIn = [Granted, Refused], Rungs = [new("near", -2, Remind), new("missed", 1, Remind)] },
        ],
    };
}

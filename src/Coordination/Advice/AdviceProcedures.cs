using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Advice;

/// <summary>A unit asks, the office assigns experts and hands the opinions over, the unit answers each.</summary>
internal static class InquiryProcedure
{
    public const string Code = "advice-inquiry";

    public const string Draft = "draft";
    public const string Asked = "asked";
    public const string Open = "open";
    public const string Answering = "answering";
    public const string Closed = "closed";
    public const string Dropped = "dropped";

    public const string Ask = "ask";
    public const string Return = "return";
    public const string Assign = "assign";
    public const string HandOver = "hand-over";
    public const string Close = "close";
    public const string Drop = "drop";

    /// <summary>What an expert is told of an assignment: that it is asked, that its day is near, that it moved, that it is over.</summary>
    public const string ToldAsked = "advice-inquiry.asked-of-you";
    public const string ToldNear = "advice-inquiry.near-for-you";
    public const string ToldLater = "advice-inquiry.later-for-you";
    public const string ToldOver = "advice-inquiry.over-for-you";

    public static Procedure Table { get; } = new(Code, Draft,
    [
        new(Ask, Draft, Asked, AdviceModule.Unit, Seat.Own) { Tells = AdviceModule.Office },
        new(Drop, Draft, Dropped, AdviceModule.Unit, Seat.Own) { GoesBack = true },
        new(Return, Asked, Draft, AdviceModule.Office, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = AdviceModule.Unit },
        new(Return, Open, Draft, AdviceModule.Office, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = AdviceModule.Unit },
        new(Assign, Asked, Open, AdviceModule.Office, Seat.Above),
        new(Assign, Open, Open, AdviceModule.Office, Seat.Above) { GoesBack = true },
        new(HandOver, Open, Answering, AdviceModule.Office, Seat.Above) { Tells = AdviceModule.Unit },
        new(Close, Answering, Closed, AdviceModule.Unit, Seat.Own) { Tells = AdviceModule.Office },
    ])
    {
        LegalSource = AdviceModule.PlanSource + "；《重大行政决策程序暂行条例》（国务院令第713号）第十九条至第二十一条：组织专家论证，不得选择与决策事项有直接利害关系的专家",
        FinalStages = [Closed, Dropped],
    };
}

/// <summary>A session of the committee: planned, held, its minutes recorded.</summary>
internal static class SessionProcedure
{
    public const string Code = "advice-session";

    public const string Planned = "planned";
    public const string Held = "held";
    public const string Recorded = "recorded";
    public const string Cancelled = "cancelled";

    public const string Hold = "hold";
    public const string Record = "record";
    public const string Cancel = "cancel";

    public static Procedure Table { get; } = new(Code, Planned,
    [
        new(Hold, Planned, Held, AdviceModule.Office, Seat.At),
        new(Cancel, Planned, Cancelled, AdviceModule.Office, Seat.At) { NeedsReason = true, GoesBack = true, Tells = AdviceModule.Expert },
        new(Record, Held, Recorded, AdviceModule.Office, Seat.At) { Tells = AdviceModule.Expert },
    ])
    {
        LegalSource = AdviceModule.PlanSource,
        FinalStages = [Recorded, Cancelled],
    };
}

/// <summary>A study: topic, approval, research, report, what became of its proposals.</summary>
internal static class StudyProcedure
{
    public const string Code = "advice-study";

    public const string Proposed = "proposed";
    public const string Approved = "approved";
    public const string Researching = "researching";
    public const string Reported = "reported";
    public const string Closed = "closed";
    public const string Rejected = "rejected";

    public const string Approve = "approve";
    public const string Reject = "reject";
    public const string Begin = "begin";
    public const string Report = "report";
    public const string SendBack = "send-back";
    public const string Close = "close";

    public static Procedure Table { get; } = new(Code, Proposed,
    [
        new(Approve, Proposed, Approved, AdviceModule.Approver, Seat.At) { Tells = AdviceModule.Expert },
        new(Reject, Proposed, Rejected, AdviceModule.Approver, Seat.At) { NeedsReason = true, Tells = AdviceModule.Expert },
        new(Begin, Approved, Researching, AdviceModule.Expert, Seat.Own),
        new(Report, Researching, Reported, AdviceModule.Expert, Seat.Own) { Tells = AdviceModule.Office },
        new(SendBack, Reported, Researching, AdviceModule.Office, Seat.At) { NeedsReason = true, GoesBack = true, Tells = AdviceModule.Expert },
        new(Close, Reported, Closed, AdviceModule.Office, Seat.At) { Tells = AdviceModule.Expert },
    ])
    {
        LegalSource = AdviceModule.PlanSource,
        FinalStages = [Closed, Rejected],
    };
}

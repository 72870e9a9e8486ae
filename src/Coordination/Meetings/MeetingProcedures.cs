using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Meetings;

/// <summary>The life of a quarterly meeting: planned, called, held, its minutes drafted and issued.</summary>
internal static class MeetingProcedure
{
    public const string Code = "meeting";

    public const string Planned = "planned";
    public const string Called = "called";
    public const string Held = "held";
    public const string Drafted = "minutes-drafted";
    public const string Issued = "minutes-issued";

    public const string Call = "call";
    public const string Reschedule = "reschedule";
    public const string Hold = "hold-meeting";
    public const string Draft = "draft-minutes";
    public const string SendBack = "send-back-minutes";
    public const string Issue = "issue-minutes";

    internal const string Source =
        "《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）：建立“季度会议、半年度汇报”督办机制，每季度召开一次专题会议，每半年向领导小组汇报一次工作进展情况";

    public static Procedure Table { get; } = new(Code, Planned,
    [
        new(Call, Planned, Called, MeetingsModule.Office, Seat.Above),
        new(Reschedule, Called, Called, MeetingsModule.Office, Seat.Above) { NeedsReason = true, GoesBack = true },
        new(Hold, Called, Held, MeetingsModule.Office, Seat.Above),
        new(Draft, Held, Drafted, MeetingsModule.Office, Seat.Above) { Tells = MeetingsModule.Leader },
        new(SendBack, Drafted, Held, MeetingsModule.Leader, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = MeetingsModule.Office },
        new(Issue, Drafted, Issued, MeetingsModule.Leader, Seat.Above) { Tells = MeetingsModule.Office },
    ])
    {
        LegalSource = Source + "；纪要的体例：《党政机关公文处理工作条例》（中办发〔2012〕14号）第八条",
        FinalStages = [Issued],
    };
}

/// <summary>A unit's answer to the call: who comes, or why nobody does.</summary>
internal static class AttendanceProcedure
{
    public const string Code = "meeting-attendance";

    public const string Listed = "listed";
    public const string Invited = "invited";
    public const string Confirmed = "confirmed";
    public const string Excused = "excused";
    public const string Unanswered = "unanswered";

    public const string Invite = "invite";
    public const string Confirm = "confirm-attendance";
    public const string Excuse = "excuse";
    public const string Renew = "invite-anew";
    public const string Lapse = "lapse";

    public static Procedure Table { get; } = new(Code, Listed,
    [
        new(Invite, Listed, Invited, MeetingsModule.Office, Seat.Above) { Tells = MeetingsModule.Liaison },
        new(Confirm, Invited, Confirmed, MeetingsModule.Liaison, Seat.Own) { NeedsReason = true },
        new(Excuse, Invited, Excused, MeetingsModule.Liaison, Seat.Own) { NeedsReason = true, Tells = MeetingsModule.Office },
        .. new[] { Invited, Confirmed, Excused }.Select(stage =>
            new Transition(Renew, stage, Invited, MeetingsModule.Office, Seat.Above) { GoesBack = true, Tells = MeetingsModule.Liaison }),
        new(Lapse, Invited, Unanswered, MeetingsModule.Office, Seat.Above) { Automatic = true },
    ])
    {
        LegalSource = MeetingProcedure.Source,
        FinalStages = [Confirmed, Excused, Unanswered],
    };
}

/// <summary>The life of a half-yearly report: written by the office, its figures checked by the statisticians, submitted, accepted by the leading group.</summary>
internal static class ReportProcedure
{
    public const string Code = "half-report";

    public const string Draft = "draft";
    public const string Review = "report-review";
    public const string Checked = "figures-checked";
    public const string Submitted = "report-submitted";
    public const string Accepted = "report-accepted";

    public const string Save = "save-report";
    public const string SendToReview = "send-to-review";
    public const string Check = "check-figures";
    public const string SendBack = "send-back-report";
    public const string Submit = "submit-report";
    public const string Return = "return-report";
    public const string Accept = "accept-report";

    public static Procedure Table { get; } = new(Code, Draft,
    [
        new(Save, Draft, Draft, MeetingsModule.Office, Seat.Above),
        new(SendToReview, Draft, Review, MeetingsModule.Office, Seat.Above) { Tells = MeetingsModule.Statistician },
        new(Check, Review, Checked, MeetingsModule.Statistician, Seat.Above) { Tells = MeetingsModule.Office },
        new(SendBack, Review, Draft, MeetingsModule.Statistician, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = MeetingsModule.Office },
        new(Submit, Checked, Submitted, MeetingsModule.Office, Seat.Above) { Tells = MeetingsModule.Leader },
        new(Return, Submitted, Draft, MeetingsModule.Leader, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = MeetingsModule.Office },
        new(Accept, Submitted, Accepted, MeetingsModule.Leader, Seat.Above) { Tells = MeetingsModule.Office },
    ])
    {
        LegalSource = MeetingProcedure.Source,
        FinalStages = [Accepted],
    };
}

/// <summary>The way of a matter to the leading group: proposed, spoken to by other units, put on an agenda, resolved or deferred.</summary>
internal static class MatterProcedure
{
    public const string Code = "matter";

    public const string Draft = "draft";
    public const string Submitted = "matter-submitted";
    public const string Opinions = "in-opinions";
    public const string Ready = "ready";
    public const string OnAgenda = "on-agenda";
    public const string Deferred = "deferred";
    public const string Returned = "matter-returned";
    public const string Resolved = "resolved";

    public const string Submit = "submit-matter";
    public const string TakeBack = "take-back";
    public const string Return = "return-matter";
    public const string Rework = "rework";
    public const string AskOpinions = "ask-opinions";
    public const string CloseOpinions = "close-opinions";
    public const string WithoutOpinions = "without-opinions";
    public const string PutOnAgenda = "put-on-agenda";
    public const string Resolve = "resolve";
    public const string Defer = "defer";

    internal const string Source = "《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）：协调办理需提交领导小组审议的重大事项";

    public static Procedure Table { get; } = new(Code, Draft,
    [
        new(Submit, Draft, Submitted, MeetingsModule.Liaison, Seat.Own) { Tells = MeetingsModule.Office },
        new(TakeBack, Submitted, Draft, MeetingsModule.Liaison, Seat.Own) { GoesBack = true, Tells = MeetingsModule.Office },
        new(AskOpinions, Submitted, Opinions, MeetingsModule.Office, Seat.Above) { Tells = MeetingsModule.Liaison },
        new(WithoutOpinions, Submitted, Ready, MeetingsModule.Office, Seat.Above) { NeedsReason = true, Tells = MeetingsModule.Liaison },
        new(CloseOpinions, Opinions, Ready, MeetingsModule.Office, Seat.Above) { Tells = MeetingsModule.Liaison },
        .. new[] { Submitted, Opinions, Ready, Deferred }.Select(stage =>
            new Transition(Return, stage, Returned, MeetingsModule.Office, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = MeetingsModule.Liaison }),
        new(Rework, Returned, Draft, MeetingsModule.Liaison, Seat.Own) { GoesBack = true },
        new(PutOnAgenda, Ready, OnAgenda, MeetingsModule.Office, Seat.Above) { Tells = MeetingsModule.Liaison },
        new(PutOnAgenda, Deferred, OnAgenda, MeetingsModule.Office, Seat.Above) { Tells = MeetingsModule.Liaison },
        new(Resolve, OnAgenda, Resolved, MeetingsModule.Office, Seat.Above) { Tells = MeetingsModule.Liaison },
        new(Defer, OnAgenda, Deferred, MeetingsModule.Office, Seat.Above) { NeedsReason = true, Tells = MeetingsModule.Liaison },
    ])
    {
        LegalSource = Source,
        FinalStages = [Resolved, Returned],
    };
}

/// <summary>One unit's opinion on a matter: asked, given once, or the time has gone by.</summary>
internal static class MatterOpinionProcedure
{
    public const string Code = "matter-opinion";

    public const string Listed = "listed";
    public const string Asked = "asked";
    public const string Given = "given";
    public const string Lapsed = "lapsed";

    public const string Ask = "ask";
    public const string Give = "give-opinion";
    public const string Lapse = "lapse";

    public static Procedure Table { get; } = new(Code, Listed,
    [
        new(Ask, Listed, Asked, MeetingsModule.Office, Seat.Above) { Once = true, Tells = MeetingsModule.Liaison },
        new(Give, Asked, Given, MeetingsModule.Liaison, Seat.Own) { Once = true, Tells = MeetingsModule.Office },
        new(Lapse, Asked, Lapsed, MeetingsModule.Office, Seat.Above) { Automatic = true },
    ])
    {
        LegalSource = MatterProcedure.Source + "；《党政机关公文处理工作条例》（中办发〔2012〕14号）关于公文起草的规定：涉及其他地区或者部门职权范围内的事项，征求相关地区或者部门的意见",
        FinalStages = [Given, Lapsed],
    };
}

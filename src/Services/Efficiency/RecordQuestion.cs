using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Cases;

namespace Lodestone.Services.Efficiency;

/// <summary>A person asks to have a case taken out of the own record; somebody else decides.</summary>
internal sealed class RecordQuestion : IOwned
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "record-question";

    public const int LongestText = 2000;

    public long Id { get; internal set; }

    /// <summary>The hall or department of the person.</summary>
    public long OrganisationId { get; internal set; }

    public long UserId { get; internal set; }

    public long ServiceCaseId { get; internal set; }

    /// <summary>As people call the case.</summary>
    public string Number { get; internal set; } = "";

    public string Reason { get; internal set; } = "";

    /// <summary>True when the case no longer counts in the person's record.</summary>
    public bool Upheld { get; internal set; }

    public long CaseId { get; internal set; }
}

/// <summary>How a record is corrected: asked, then upheld or rejected with a reason by somebody else.</summary>
internal static class RecordProcedure
{
    public const string Code = "record-correction";

    public const string Drafted = "drafted";
    public const string Asked = "asked";
    public const string UpheldStage = "upheld";
    public const string RejectedStage = "rejected";

    public const string AskAsClerk = "ask-as-clerk";
    public const string AskAsExaminer = "ask-as-examiner";
    public const string AskAsHead = "ask-as-head";
    public const string Uphold = "uphold";
    public const string Reject = "reject";

    public static Procedure Table { get; } = new(Code, Drafted,
    [
        new(AskAsClerk, Drafted, Asked, CasesModule.Clerk, Seat.Own) { NeedsReason = true, Tells = CasesModule.Head },
        new(AskAsExaminer, Drafted, Asked, CasesModule.Examiner, Seat.Own) { NeedsReason = true, Tells = CasesModule.Head },
        new(AskAsHead, Drafted, Asked, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Head },
        new(Uphold, Asked, UpheldStage, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Clerk },
        new(Reject, Asked, RejectedStage, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Clerk },
    ])
    {
        LegalSource = "《中华人民共和国个人信息保护法》第四十六条：个人发现其个人信息不准确的，有权请求更正；《马鞍山市“十四五”磁性材料产业发展规划》第七章（三）：强化窗口人员业务能力",
        FinalStages = [UpheldStage, RejectedStage],
    };
}

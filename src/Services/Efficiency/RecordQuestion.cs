using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Cases;
using Microsoft.EntityFrameworkCore;

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
    public const string UpholdExaminer = "uphold-examiner";
    public const string UpholdHead = "uphold-head";
    public const string Reject = "reject";
    public const string RejectExaminer = "reject-examiner";
    public const string RejectHead = "reject-head";

    /// <summary>The answer to a question that was asked so.</summary>
    public static string AnswerTo(string? asked, bool upheld) => asked switch
    {
        AskAsExaminer => upheld ? UpholdExaminer : RejectExaminer,
        AskAsHead => upheld ? UpholdHead : RejectHead,
        _ => upheld ? Uphold : Reject,
    };

    public static Procedure Table { get; } = new(Code, Drafted,
    [
        new(AskAsClerk, Drafted, Asked, CasesModule.Clerk, Seat.Own) { NeedsReason = true, Tells = CasesModule.Head },
        new(AskAsExaminer, Drafted, Asked, CasesModule.Examiner, Seat.Own) { NeedsReason = true, Tells = CasesModule.Head },
        new(AskAsHead, Drafted, Asked, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Head },
        // The answer goes to the role in which the person asked.
        new(Uphold, Asked, UpheldStage, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Clerk },
        new(UpholdExaminer, Asked, UpheldStage, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Examiner },
        new(UpholdHead, Asked, UpheldStage, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Head },
        new(Reject, Asked, RejectedStage, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Clerk },
        new(RejectExaminer, Asked, RejectedStage, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Examiner },
        new(RejectHead, Asked, RejectedStage, CasesModule.Head, Seat.Own) { NeedsReason = true, Tells = CasesModule.Head },
    ])
    {
        LegalSource = "《中华人民共和国个人信息保护法》第四十六条：个人发现其个人信息不准确的，有权请求更正；《马鞍山市“十四五”磁性材料产业发展规划》第七章（三）：强化窗口人员业务能力",
        FinalStages = [UpheldStage, RejectedStage],
    };
}

/// <summary>A question on a record is the asker's and the heads' of the unit; colleagues with the same role hear nothing of it.</summary>
internal sealed class RecordShare : ICaseShare
{
    public Task<IQueryable<long>?> OthersAsync(PlatformDb db, CancellationToken cancel = default)
    {
        long user = db.Actor.UserId;
        long[] heads = [.. db.Actor.Grants.Where(grant => grant.Role == CasesModule.Head).Select(grant => grant.OrganisationId)];
        return Task.FromResult(db.Actor.IsAny(CasesModule.Staff)
            ? db.Set<RecordQuestion>().Where(row => row.UserId != user && !heads.Contains(row.OrganisationId)).Select(row => row.CaseId)
            : null);
    }
}

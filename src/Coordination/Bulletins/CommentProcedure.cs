using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A unit is asked about a draft; it says something or agrees; what it says is answered.</summary>
internal static class CommentProcedure
{
    public const string Code = "policy-comment";

    public const string Asked = "asked";
    public const string Given = "given";
    public const string Agreed = "agreed";
    public const string Adopted = "adopted";
    public const string Refused = "refused";
    public const string Lapsed = "lapsed";

    public const string Comment = "comment";
    public const string Agree = "agree";
    public const string Adopt = "adopt";
    public const string Refuse = "refuse";
    public const string Lapse = "lapse";

    public static Procedure Table { get; } = new(Code, Asked,
    [
        new(Comment, Asked, Given, BulletinsModule.Contributor, Seat.Own) { Tells = BulletinsModule.Editor },
        new(Agree, Asked, Agreed, BulletinsModule.Contributor, Seat.Own),
        new(Lapse, Asked, Lapsed, BulletinsModule.Editor, Seat.Above) { Automatic = true },
        new(Adopt, Given, Adopted, BulletinsModule.Editor, Seat.Above) { Tells = BulletinsModule.Contributor },
        new(Refuse, Given, Refused, BulletinsModule.Editor, Seat.Above) { NeedsReason = true, Tells = BulletinsModule.Contributor },
    ])
    {
        LegalSource = "《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）：公开征求意见；对相对集中的意见建议不予采纳的，公布时要说明理由",
        FinalStages = [Agreed, Adopted, Refused, Lapsed],
    };
}

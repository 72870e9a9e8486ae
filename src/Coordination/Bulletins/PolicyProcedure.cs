using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Bulletins;

/// <summary>The life of a policy document: drafted, put to others, checked, issued, published, evaluated before it ends, ended.</summary>
internal static class PolicyProcedure
{
    public const string Code = "policy";

    public const string Drafting = "drafting";
    public const string Consulting = "consulting";
    public const string Concluded = "concluded";
    public const string Reviewing = "reviewing";
    public const string Issued = "issued";
    public const string InForce = "in-force";
    public const string Evaluating = "evaluating";
    public const string Evaluated = "evaluated";
    public const string Expired = "expired";
    public const string Revoked = "revoked";
    public const string Dropped = "dropped";

    public const string Consult = "consult";
    public const string Conclude = "conclude";
    public const string Reopen = "reopen";
    public const string Submit = "submit";
    public const string SendBack = "send-back";
    public const string Issue = "issue";
    public const string Publish = "publish";
    public const string Evaluate = "evaluate";
    public const string Extend = "extend";
    public const string Amend = "amend";
    public const string Keep = "keep";
    public const string Revoke = "revoke";
    public const string Drop = "drop";
    public const string CallUp = "call-up";
    public const string Expire = "expire";
    public const string Supersede = "supersede";

    /// <summary>Working days between issue and publication.</summary>
    public const int PublishWorkdays = 20;

    private const string Source = "《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）：评估论证、公开征求意见、合法性审核、集体审议决定、向社会公开发布，动态清理；"
        + "《公平竞争审查条例》（国务院令第783号，2024年8月1日施行）；《中华人民共和国政府信息公开条例》（国务院令第711号修订）第二十六条；有效期届满前评估为各地通行做法";

    private static readonly TimeLimit s_publish = new(PublishWorkdays, "《中华人民共和国政府信息公开条例》（国务院令第711号修订）第二十六条：自政府信息形成或者变更之日起20个工作日内及时公开");

    private static readonly string[] s_inForce = [InForce, Evaluating, Evaluated];

    /// <summary>Stages of an amendment at which the editors may still hear that what is in force ends soon.</summary>
    public static IReadOnlyList<string> Amending { get; } = [Drafting, Consulting, Concluded, Reviewing];

    /// <summary>Stages at which something that was issued before may stand in force.</summary>
    public static IReadOnlyList<string> Standing { get; } = [.. Amending, Issued, .. s_inForce];

    public static Procedure Table { get; } = new(Code, Drafting,
    [
        new(Consult, Drafting, Consulting, BulletinsModule.Editor, Seat.At),
        new(Drop, Drafting, Dropped, BulletinsModule.Editor, Seat.At) { NeedsReason = true, GoesBack = true },
        new(Keep, Drafting, InForce, BulletinsModule.Editor, Seat.At) { NeedsReason = true, GoesBack = true },
        new(Conclude, Consulting, Concluded, BulletinsModule.Editor, Seat.At),
        new(Reopen, Concluded, Drafting, BulletinsModule.Editor, Seat.At) { NeedsReason = true, GoesBack = true },
        new(Submit, Concluded, Reviewing, BulletinsModule.Editor, Seat.At) { Tells = BulletinsModule.Approver },
        new(SendBack, Reviewing, Concluded, BulletinsModule.Approver, Seat.At) { NeedsReason = true, GoesBack = true, Tells = BulletinsModule.Editor },
        new(Issue, Reviewing, Issued, BulletinsModule.Approver, Seat.At) { Tells = BulletinsModule.Editor, Limit = s_publish },
        new(Publish, Issued, InForce, BulletinsModule.Editor, Seat.At),
        new(CallUp, InForce, Evaluating, BulletinsModule.Editor, Seat.At) { Automatic = true, Tells = BulletinsModule.Editor },
        new(Evaluate, InForce, Evaluated, BulletinsModule.Editor, Seat.At) { NeedsReason = true, GoesBack = true, Tells = BulletinsModule.Approver },
        new(Evaluate, Evaluating, Evaluated, BulletinsModule.Editor, Seat.At) { NeedsReason = true, Tells = BulletinsModule.Approver },
        new(Extend, Evaluated, InForce, BulletinsModule.Approver, Seat.At) { NeedsReason = true, Tells = BulletinsModule.Editor },
        .. s_inForce.SelectMany(stage => new Transition[]
        {
            new(Amend, stage, Drafting, BulletinsModule.Editor, Seat.At) { NeedsReason = true, GoesBack = true },
            new(Revoke, stage, Revoked, BulletinsModule.Approver, Seat.At) { NeedsReason = true, GoesBack = true, Tells = BulletinsModule.Editor },
        }),
        // It stays where it is: the amendment goes on, and its editors know by when.
        .. Amending.Select(stage => new Transition(CallUp, stage, stage, BulletinsModule.Editor, Seat.At) { Automatic = true, Tells = BulletinsModule.Editor }),
        .. Standing.SelectMany(stage => new Transition[]
        {
            new(Supersede, stage, Revoked, BulletinsModule.Editor, Seat.At) { Automatic = true, Tells = BulletinsModule.Editor },
            new(Expire, stage, Expired, BulletinsModule.Editor, Seat.At) { Automatic = true, Tells = BulletinsModule.Editor },
        }),
    ])
    {
        LegalSource = Source,
        FinalStages = [InForce, Expired, Revoked, Dropped],
    };

    /// <summary>What was issued stands, whatever is being done about it.</summary>
    public static bool IsInForce(string stage) => s_inForce.Contains(stage);
}

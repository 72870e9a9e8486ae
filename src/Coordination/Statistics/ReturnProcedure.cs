using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Statistics;

/// <summary>Where a return or a correction stands; the contract's words.</summary>
internal static class ReturnStage
{
    /// <summary>A correction before its cell is opened; it leaves this stage in the save that opens it.</summary>
    public const string Opened = "opened";

    public const string Draft = "draft";

    /// <summary>Signed by who filled it in; only a form that asks for signatures has this and the next two stages.</summary>
    public const string Prepared = "prepared";

    /// <summary>Signed by the head of statistics too.</summary>
    public const string HeadSigned = "head-signed";

    /// <summary>Signed by the head of the unit too: it may be submitted.</summary>
    public const string Signed = "signed";

    public const string Submitted = "submitted";
    public const string FirstReviewed = "first-reviewed";
    public const string Reviewed = "reviewed";
    public const string Approved = "approved";

    /// <summary>In the order of the road.</summary>
    public static IReadOnlyList<string> All { get; } = [Draft, Submitted, FirstReviewed, Reviewed, Approved];

    /// <summary>Between draft and submission, in order.</summary>
    public static IReadOnlyList<string> Signatures { get; } = [Prepared, HeadSigned, Signed];
}

/// <summary>The contract's verbs.</summary>
internal static class ReturnAction
{
    public const string Save = "save";
    public const string Sign = "sign";
    public const string Submit = "submit";
    public const string FirstReview = "first-review";
    public const string Review = "review";
    public const string Approve = "approve";
    public const string SendBack = "send-back";
    public const string Withdraw = "withdraw";
    public const string OpenCell = "open-cell";

    /// <summary>The level of approval that an action grants; null for the others.</summary>
    public static int? LevelOf(string action) => action switch
    {
        FirstReview => 1,
        Review => 2,
        Approve => 3,
        _ => null,
    };

    /// <summary>The level whose approval a withdrawal from that stage takes back; null when none had approved.</summary>
    public static int? LevelBehind(string stage) => stage switch
    {
        ReturnStage.FirstReviewed => 1,
        ReturnStage.Reviewed => 2,
        ReturnStage.Approved => 3,
        _ => null,
    };
}

/// <summary>
/// The tables of lawful moves. A unit with a district above it passes three levels; one directly under the city has no
/// district that could first-review it. A correction takes the same road for one cell.
/// </summary>
internal static class ReturnProcedure
{
    /// <summary>The level that makes values count.</summary>
    public const int FinalLevel = 3;

    private const string Source =
        "《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）监测统计机制：各区县统计部门负责数据的采集、初审和汇总，报统计部门进行审核、汇总，"
        + "然后报领导小组审定；《中华人民共和国统计法》：统计资料由填报人负责，负责人不得自行修改";

    public static Procedure Return { get; } = Make("return", ThreeLevels);

    public static Procedure ReturnDirect { get; } = Make("return-direct", TwoLevels);

    /// <summary>The same roads for a form that asks for three signatures.</summary>
    public static Procedure ReturnSigned { get; } = Make("return-signed", [.. SignedEntry(StatisticsModule.FirstReviewer), .. DistrictLevel, .. CityLevels(ReturnStage.FirstReviewed)]);

    public static Procedure ReturnSignedDirect { get; } =
        Make("return-signed-direct", [.. SignedEntry(StatisticsModule.Reviewer), .. CityLevels(ReturnStage.Submitted)]);

    public static Procedure Correction { get; } = MakeCorrection("correction", ThreeLevels);

    public static Procedure CorrectionDirect { get; } = MakeCorrection("correction-direct", TwoLevels);

    public static IReadOnlyList<Procedure> All { get; } = [Return, ReturnDirect, ReturnSigned, ReturnSignedDirect, Correction, CorrectionDirect];

    /// <summary>The codes of the tables that returns run through, without the corrections.</summary>
    public static IReadOnlyList<string> ReturnCodes { get; } =
        [Return.Code, ReturnDirect.Code, ReturnSigned.Code, ReturnSignedDirect.Code];

    /// <summary>The table for a unit, by what the form asks for and the kinds of the organisations above the unit.</summary>
    public static Procedure For(string signing, IEnumerable<string> kindsAbove) =>
        (signing == FormSigning.None, kindsAbove.Contains(OrganisationKind.District)) switch
        {
            (true, true) => Return,
            (true, false) => ReturnDirect,
            (false, true) => ReturnSigned,
            (false, false) => ReturnSignedDirect,
        };

    /// <summary>True when a return that runs through it is signed before it is submitted.</summary>
    public static bool HasSignatures(Procedure procedure) => procedure.Transitions.Any(move => move.Action == ReturnAction.Sign);

    /// <summary>The table of a correction of a return that ran through <paramref name="file"/>.</summary>
    public static Procedure CorrectionOf(Procedure file) => HasFirstReview(file) ? Correction : CorrectionDirect;

    /// <summary>True when first-review is one of its levels.</summary>
    public static bool HasFirstReview(Procedure procedure) =>
        procedure.Transitions.Any(move => move.Action == ReturnAction.FirstReview);

    private static IReadOnlyList<Transition> ThreeLevels =>
    [
        .. Entry(StatisticsModule.FirstReviewer),
        .. DistrictLevel,
        .. CityLevels(ReturnStage.FirstReviewed),
    ];

    private static IReadOnlyList<Transition> DistrictLevel =>
    [
        new(ReturnAction.FirstReview, ReturnStage.Submitted, ReturnStage.FirstReviewed, StatisticsModule.FirstReviewer, Seat.Above)
            { Tells = StatisticsModule.Reviewer },
        SendBack(ReturnStage.Submitted, StatisticsModule.FirstReviewer),
        Withdraw(ReturnStage.FirstReviewed, ReturnStage.Submitted, StatisticsModule.FirstReviewer, StatisticsModule.Reviewer),
    ];

    private static IReadOnlyList<Transition> TwoLevels => [.. Entry(StatisticsModule.Reviewer), .. CityLevels(ReturnStage.Submitted)];

    private static IEnumerable<Transition> Entry(string next) =>
    [
        new(ReturnAction.Save, ReturnStage.Draft, ReturnStage.Draft, Role.Reporter, Seat.Own),
        new(ReturnAction.Submit, ReturnStage.Draft, ReturnStage.Submitted, Role.Reporter, Seat.Own) { Tells = next },
        new(ReturnAction.Withdraw, ReturnStage.Submitted, ReturnStage.Draft, Role.Reporter, Seat.Own) { GoesBack = true, Tells = next },
    ];

    /// <summary>Whatever is changed is signed again from the first signature on: figures are written in the draft alone.</summary>
    private static IEnumerable<Transition> SignedEntry(string next) =>
    [
        new(ReturnAction.Save, ReturnStage.Draft, ReturnStage.Draft, Role.Reporter, Seat.Own),
        .. Sign(ReturnStage.Draft, ReturnStage.Prepared, Role.Reporter, StatisticsModule.StatisticsHead),
        .. Sign(ReturnStage.Prepared, ReturnStage.HeadSigned, StatisticsModule.StatisticsHead, StatisticsModule.UnitHead),
        GiveBack(ReturnStage.Prepared, StatisticsModule.StatisticsHead),
        .. Sign(ReturnStage.HeadSigned, ReturnStage.Signed, StatisticsModule.UnitHead, Role.Reporter),
        GiveBack(ReturnStage.HeadSigned, StatisticsModule.UnitHead),
        GiveBack(ReturnStage.Signed, StatisticsModule.UnitHead),
        new(ReturnAction.Submit, ReturnStage.Signed, ReturnStage.Submitted, Role.Reporter, Seat.Own) { Tells = next },
        new(ReturnAction.Withdraw, ReturnStage.Submitted, ReturnStage.Signed, Role.Reporter, Seat.Own) { GoesBack = true, Tells = next },
    ];

    private static Transition[] Sign(string from, string to, string role, string tells) =>
    [
        new(ReturnAction.Sign, from, to, role, Seat.Own) { Tells = tells },
        new(ReturnAction.Withdraw, to, from, role, Seat.Own) { GoesBack = true, Tells = tells },
    ];

    private static Transition GiveBack(string from, string role) =>
        new(ReturnAction.SendBack, from, ReturnStage.Draft, role, Seat.Own) { NeedsReason = true, GoesBack = true, Tells = Role.Reporter };

    private static IEnumerable<Transition> CityLevels(string before) =>
    [
        new(ReturnAction.Review, before, ReturnStage.Reviewed, StatisticsModule.Reviewer, Seat.Above) { Tells = StatisticsModule.Approver },
        SendBack(before, StatisticsModule.Reviewer),
        Withdraw(ReturnStage.Reviewed, before, StatisticsModule.Reviewer, StatisticsModule.Approver),
        new(ReturnAction.Approve, ReturnStage.Reviewed, ReturnStage.Approved, StatisticsModule.Approver, Seat.Above) { Tells = Role.Reporter },
        SendBack(ReturnStage.Reviewed, StatisticsModule.Approver),
        Withdraw(ReturnStage.Approved, ReturnStage.Reviewed, StatisticsModule.Approver, Role.Reporter),
    ];

    private static Transition SendBack(string from, string role) =>
        new(ReturnAction.SendBack, from, ReturnStage.Draft, role, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = Role.Reporter };

    private static Transition Withdraw(string from, string to, string role, string tells) =>
        new(ReturnAction.Withdraw, from, to, role, Seat.Above) { GoesBack = true, Tells = tells };

    private static Procedure Make(string code, IReadOnlyList<Transition> moves) =>
        new(code, ReturnStage.Draft, moves) { LegalSource = Source, FinalStages = [ReturnStage.Approved] };

    private static Procedure MakeCorrection(string code, IReadOnlyList<Transition> moves) =>
        new(code, ReturnStage.Opened,
        [
            new(ReturnAction.OpenCell, ReturnStage.Opened, ReturnStage.Draft, Role.Reporter, Seat.Own) { Automatic = true, Tells = Role.Reporter },
            .. moves,
        ])
        {
            LegalSource = Source,
            FinalStages = [ReturnStage.Approved],
        };
}

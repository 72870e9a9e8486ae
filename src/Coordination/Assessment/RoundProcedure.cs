using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Assessment;

/// <summary>The moves of a round. Once the results are fed back, only an upheld appeal changes them.</summary>
internal static class RoundProcedure
{
    public const string Code = "round";

    public const string Draft = "draft";
    public const string Frozen = "frozen";
    public const string Released = "released";

    public const string Freeze = "freeze";
    public const string Thaw = "thaw";
    public const string Release = "release";

    public static Procedure Table { get; } = new(Code, Draft,
    [
        new(Freeze, Draft, Frozen, AssessmentModule.Assessor, Seat.At),
        new(Release, Frozen, Released, AssessmentModule.Assessor, Seat.At),
        // Nobody outside has seen a frozen round yet, so an error found before the release can be mended.
        new(Thaw, Frozen, Draft, AssessmentModule.Assessor, Seat.At) { NeedsReason = true, GoesBack = true },
    ])
    {
        LegalSource = "《马鞍山市“十四五”磁性材料产业发展规划》组织保障：考核评价机制，每季度对部门进行考核评价；“反馈申诉”机制",
        FinalStages = [Released],
    };
}

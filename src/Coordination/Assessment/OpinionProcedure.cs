using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Assessment;

/// <summary>The moves of an opinion on the method. The next version of the scheme waits until every one is answered.</summary>
internal static class OpinionProcedure
{
    public const string Code = "opinion";

    public const string Made = "made";
    public const string Filed = "filed";
    public const string Adopted = "adopted";
    public const string Declined = "declined";

    public const string File = "file";
    public const string Adopt = "adopt";
    public const string Decline = "decline";

    public static Procedure Table { get; } = new(Code, Made,
    [
        new(File, Made, Filed, AssessmentModule.Liaison, Seat.Own) { Once = true, Tells = AssessmentModule.Assessor },
        new(Adopt, Filed, Adopted, AssessmentModule.Assessor, Seat.Above) { NeedsReason = true, Tells = AssessmentModule.Liaison },
        new(Decline, Filed, Declined, AssessmentModule.Assessor, Seat.Above) { NeedsReason = true, Tells = AssessmentModule.Liaison },
    ])
    {
        LegalSource = "《马鞍山市“十四五”磁性材料产业发展规划》组织保障：听取被考核单位的意见和建议，以利于改进考核评价工作",
        FinalStages = [Adopted, Declined],
    };
}

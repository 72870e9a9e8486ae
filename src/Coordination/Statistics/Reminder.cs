using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Statistics;

/// <summary>A level asked a unit for a return that has not come. At most one a day for a return.</summary>
internal sealed class Reminder : IOwned
{
    public const string SubjectKind = "return-reminder";

    public const int LongestNote = 500;

    public long Id { get; internal set; }

    public long FormId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public Period Period { get; internal set; }

    /// <summary>Legal day.</summary>
    public DateOnly Day { get; internal set; }

    public string? Note { get; internal set; }

    public long CaseId { get; internal set; }
}

/// <summary>A reminder is one step: it tells the reporter and leaves the return in its hands.</summary>
internal static class ReminderProcedure
{
    public const string Written = "reminder-written";
    public const string Sent = "reminder-sent";

    public const string ByDistrict = "remind";
    public const string ByCity = "remind-for-city";

    public static Procedure Reminder { get; } = new("return-reminder", Written,
    [
        new(ByDistrict, Written, Sent, StatisticsModule.FirstReviewer, Seat.Above) { Tells = Role.Reporter },
        new(ByCity, Written, Sent, StatisticsModule.Reviewer, Seat.Above) { Tells = Role.Reporter },
    ])
    {
        LegalSource = "《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）监测统计机制；《中华人民共和国统计法》第七条：不得迟报、拒报统计资料；催报按本市办理规则",
        FinalStages = [Sent],
    };
}

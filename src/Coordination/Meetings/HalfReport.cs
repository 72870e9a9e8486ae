using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Meetings;

/// <summary>The half-yearly report of a city to its leading group (半年度汇报).</summary>
internal sealed class HalfReport : IOwned
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "half-report";

    public const int LongestText = 8000;

    public long Id { get; internal set; }

    /// <summary>The city.</summary>
    public long OrganisationId { get; internal set; }

    /// <summary>The half-year; one report for each.</summary>
    public Period Period { get; internal set; }

    public long CaseId { get; internal set; }

    /// <summary>The day by which it must be submitted; while <see cref="Provisional"/> it is derived anew at each reading (<see cref="Obligations"/>).</summary>
    public DateOnly DueOn { get; internal set; }

    public bool Provisional { get; internal set; }

    /// <summary>Problems, one paragraph a line.</summary>
    public string Problems { get; internal set; } = "";

    /// <summary>Next steps, one paragraph a line.</summary>
    public string NextSteps { get; internal set; } = "";

    /// <summary><see cref="ReportFigures"/> as JSON, kept when it went to review; empty while it is written and the figures still follow the approvals.</summary>
    public string Figures { get; internal set; } = "";
}

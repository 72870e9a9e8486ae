using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Statistics;

/// <summary>What a reporter asks about the meaning of an indicator, and the statisticians' answer to it.</summary>
internal sealed class TermQuestion : IOwned
{
    public const string SubjectKind = "term-question";

    public const int Longest = 2000;

    public long Id { get; internal set; }

    public long IndicatorId { get; internal set; }

    /// <summary>Whose reporter asks.</summary>
    public long OrganisationId { get; internal set; }

    public string Question { get; internal set; } = "";

    public long AskedBy { get; internal set; }

    public DateTimeOffset AskedAt { get; internal set; }

    public string? Answer { get; internal set; }

    public long? AnsweredBy { get; internal set; }

    public DateTimeOffset? AnsweredAt { get; internal set; }

    public long CaseId { get; internal set; }
}

/// <summary>An answer that is told to everybody, so that one question is answered once; it does not say who asked.</summary>
[SharedAcrossOrganisations("How a term is to be read is one for all.")]
internal sealed class TermNote
{
    public long Id { get; internal set; }

    public long IndicatorId { get; internal set; }

    public string Question { get; internal set; } = "";

    public string Answer { get; internal set; } = "";

    public DateTimeOffset PublishedAt { get; internal set; }
}

/// <summary>A question on a term: asked by a reporter, answered once by the city's statisticians.</summary>
internal static class TermProcedure
{
    public const string Written = "term-written";
    public const string Asked = "term-asked";
    public const string Answered = "term-answered";

    public const string Ask = "ask-term";
    public const string Answer = "answer-term";

    public static Procedure Question { get; } = new("term-question", Written,
    [
        new(Ask, Written, Asked, Role.Reporter, Seat.Own) { Tells = StatisticsModule.Reviewer },
        new(Answer, Asked, Answered, StatisticsModule.Reviewer, Seat.Above) { Tells = Role.Reporter },
    ])
    {
        LegalSource = "《马鞍山市“十四五”磁性材料产业发展规划》第七章（一）监测统计机制；《中华人民共和国统计法》：统计调查制度规定调查内容和调查表式；指标涵义按惯例由制定机关解释",
        FinalStages = [Answered],
    };
}

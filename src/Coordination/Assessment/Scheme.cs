using System.Text.Json.Serialization;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// The written method of an assessment (考核办法): what is scored, by which rule, and which grades follow. A scheme is never
/// edited after a round used it; a change is the next version.
/// </summary>
internal sealed record Scheme(
    string Code,
    IReadOnlyList<Criterion> Criteria,
    IReadOnlyList<Grade> Grades,
    IReadOnlyList<GradeQuota> Quotas)
{
    public IReadOnlyList<Criterion> Criteria { get; init; } = Criteria ?? [];

    public IReadOnlyList<Grade> Grades { get; init; } = Grades ?? [];

    public IReadOnlyList<GradeQuota> Quotas { get; init; } = Quotas ?? [];
}

/// <summary>One scored line. <paramref name="Weight"/> is in points, with at most four decimals; weights need not sum to 100.</summary>
internal sealed record Criterion(string Code, string Name, Measure Measure, decimal Weight, string Indicator, ScoreRule Rule);

/// <summary>A grade is held from this total on.</summary>
internal sealed record Grade(string Name, decimal From);

/// <summary>At most floor(<paramref name="Share"/> x units) hold the grade; 0.3 = 30 %.</summary>
internal sealed record GradeQuota(string Grade, decimal Share);

/// <summary>The four measures of the plan's chapters: organisation, talent, funds, services.</summary>
[JsonConverter(typeof(WordConverter<Measure>))]
internal enum Measure
{
    Organisation,
    Talent,
    Funds,
    Services,
}

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

    /// <summary>The full score: the sum of the weights without what a bonus puts on top.</summary>
    [JsonIgnore]
    public decimal Full => Criteria.Where(row => row.Rule is not BonusRule).Sum(row => row.Weight);
}

/// <summary>
/// One scored line. <paramref name="Weight"/> is in points, with at most four decimals; weights need not sum to 100. A veto weighs
/// nothing; a judged line has no indicator and leaves <paramref name="Indicator"/> empty.
/// </summary>
internal sealed record Criterion(string Code, string Name, Measure Measure, decimal Weight, string Indicator, ScoreRule Rule)
{
    /// <summary>Neither taken off nor put on top: the base score, which decides between equal totals.</summary>
    [JsonIgnore]
    public bool IsBase => Rule is RatioRule or StepsRule or JudgedRule;

    /// <summary>The most points the line can give.</summary>
    [JsonIgnore]
    public decimal Most => Rule switch
    {
        RatioRule ratio => Weight * Math.Max(ratio.Cap, 0),
        StepsRule steps => Weight * steps.Steps.Max(step => step.Share),
        VetoRule => 0,
        _ => Weight,
    };
}

/// <summary>A grade is held from this total on.</summary>
internal sealed record Grade(string Name, decimal From);

/// <summary>At most floor(<paramref name="Share"/> x units of the group) hold the grade; 0.3 = 30 %.</summary>
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

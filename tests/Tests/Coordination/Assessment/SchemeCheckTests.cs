using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

public sealed class SchemeCheckTests
{
    private static readonly Scheme _good = new(
        "2026-method",
        [Rounds.Ratio("A", 60), Rounds.Deduct("B", 40.1234m, 2)],
        [new Grade("优秀", 90), new Grade("合格", 60), new Grade("不合格", 0)],
        [new GradeQuota("优秀", 0.3m)]);

    [Fact]
    public void AGoodScheme_HasNoProblems() => Assert.Empty(SchemeCheck.Problems(_good));

    [Fact]
    public void Grades_MayBeListedInAnyOrder() =>
        Assert.Empty(SchemeCheck.Problems(_good with { Grades = [.. _good.Grades.Reverse()] }));

    private static readonly List<(string Code, string Path, Scheme Scheme)> _refused =
    [
        ("scheme.code", "code", _good with { Code = " " }),
        ("scheme.no-criteria", "criteria", _good with { Criteria = [] }),
        ("scheme.no-criteria", "criteria", new Scheme(_good.Code, null!, _good.Grades, _good.Quotas)),
        ("scheme.empty-entry", "criteria[0]", _good with { Criteria = [null!, Rounds.Ratio("A", 1)] }),
        ("scheme.weight", "criteria[0].weight", First(criterion => criterion with { Weight = 0 })),
        ("scheme.weight", "criteria[0].weight", First(criterion => criterion with { Weight = 1.00001m })),
        ("scheme.weight", "criteria[0].weight", First(criterion => criterion with { Weight = 10_001 })),
        ("scheme.name", "criteria[0].name", First(criterion => criterion with { Name = "" })),
        ("scheme.indicator", "criteria[0].indicator", First(criterion => criterion with { Indicator = "" })),
        ("scheme.duplicate-criterion", "criteria[1].code", _good with { Criteria = [Rounds.Ratio("A", 1), Rounds.Ratio("A", 2)] }),
        ("scheme.rule", "criteria[0].rule", Rule(null!)),
        ("scheme.cap", "criteria[0].rule.cap", Rule(new RatioRule(0))),
        ("scheme.each", "criteria[0].rule.each", Rule(new DeductRule(-1))),
        ("scheme.each", "criteria[0].rule.each", Rule(new BonusRule(0))),
        ("scheme.veto-weight", "criteria[0].weight", Rule(new VetoRule(null))),
        ("scheme.veto-cap", "criteria[0].rule.cap", First(criterion => criterion with { Weight = 0, Rule = new VetoRule("卓越") })),
        ("scheme.judged-indicator", "criteria[0].indicator", Rule(new JudgedRule())),
        ("scheme.no-steps", "criteria[0].rule.steps", Rule(new StepsRule([]))),
        ("scheme.share", "criteria[0].rule.steps[0].share", Rule(new StepsRule([new Step(1, -0.1m)]))),
        ("scheme.step-order", "criteria[0].rule.steps[1].from", Rule(new StepsRule([new Step(1, 0.5m), new Step(1, 1)]))),
        ("scheme.step-order", "criteria[0].rule.steps[1].share", Rule(new StepsRule([new Step(0.8m, 1), new Step(1, 0.5m)]))),
        ("scheme.no-grades", "grades", _good with { Grades = [], Quotas = [] }),
        ("scheme.duplicate-grade", "grades[1].name", _good with { Grades = [new("优秀", 90), new("优秀", 80), new("差", 0)] }),
        ("scheme.duplicate-grade", "grades[1].from", _good with { Grades = [new("优秀", 90), new("良好", 90), new("差", 0)] }),
        ("scheme.quota-grade", "quotas[0].grade", _good with { Quotas = [new GradeQuota("卓越", 0.3m)] }),
        ("scheme.quota-lowest", "quotas[0].grade", _good with { Quotas = [new GradeQuota("不合格", 0.3m)] }),
        ("scheme.duplicate-quota", "quotas[1].grade", _good with { Quotas = [new("优秀", 0.3m), new("优秀", 0.2m)] }),
        ("scheme.share", "quotas[0].share", _good with { Quotas = [new GradeQuota("优秀", 30)] }),
    ];

    [Fact]
    public void EachFault_IsNamedWithItsPlace() => Assert.All(
        _refused,
        one => Assert.Equal([new SchemeProblem(one.Code, one.Path)], SchemeCheck.Problems(one.Scheme)));

    private static Scheme First(Func<Criterion, Criterion> change) =>
        _good with { Criteria = [change(_good.Criteria[0]), _good.Criteria[1]] };

    private static Scheme Rule(ScoreRule rule) => First(criterion => criterion with { Rule = rule });
}

using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;

namespace Lodestone.Coordination.Assessment.Pages;

/// <summary>How figures, days and grades look on this mechanism's pages.</summary>
internal static class Figures
{
    private const string Minus = "\u2212";

    /// <summary>Two decimals, as points are rounded.</summary>
    public static string Points(decimal points) => Signed(points.ToString("0.00", CultureInfo.InvariantCulture));

    /// <summary>As stated, without zeros at the end.</summary>
    public static string Plain(decimal value) => Signed(value.ToString("#,0.#########", CultureInfo.InvariantCulture));

    /// <summary>With the indicator's decimals.</summary>
    public static string Value(decimal value, int decimals) => Signed(value.ToString($"N{decimals}", CultureInfo.InvariantCulture));

    public static string Percent(decimal share) => $"{Plain(share * 100)}%";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset at) => at.ToOffset(Clock.LegalOffset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Four by four, so that people can compare it.</summary>
    public static string Hash(string hash) => string.Join(' ', hash[..16].Chunk(4).Select(four => new string(four)));

    public static string Label(string period) => Period.Parse(period).Label(CultureInfo.CurrentCulture);

    /// <summary>The highest grade stands out, the lowest is grey; colour never stands alone.</summary>
    public static Tone GradeTone(Scheme scheme, string? grade)
    {
        List<string> names = [.. scheme.Grades.OrderByDescending(row => row.From).Select(row => row.Name)];
        return grade is null || names.Count == 0 ? Tone.Grey
            : grade == names[0] ? Tone.Green
            : grade == names[^1] ? Tone.Grey
            : grade == names[1] ? Tone.Accent
            : Tone.Outline;
    }

    public static Tone StageTone(string stage) => stage switch
    {
        RoundProcedure.Released or AppealProcedure.Settled => Tone.Green,
        RoundProcedure.Frozen or AppealProcedure.Accepted or AppealProcedure.Upheld => Tone.Accent,
        AppealProcedure.Filed => Tone.Amber,
        AppealProcedure.Rejected => Tone.Grey,
        _ => Tone.Outline,
    };

    /// <summary>The weight as it stands in a table: on top of the full score for a bonus, none for a veto.</summary>
    public static string Weight(Criterion criterion) => criterion.Rule switch
    {
        BonusRule => $"+{Plain(criterion.Weight)}",
        VetoRule => "—",
        _ => Plain(criterion.Weight),
    };

    /// <summary>A rule in a line of words.</summary>
    public static string Rule(Words words, ScoreRule rule) => rule switch
    {
        RatioRule ratio => words.Say("rule.ratio", Percent(ratio.Cap)),
        StepsRule steps => words.Say("rule.steps", steps.Steps.Count) + "：" + string.Join("，", steps.Steps.OrderByDescending(step => step.From)
            .Select(step => words.Say("rule.step", Percent(step.From), Percent(step.Share)))),
        DeductRule deduct => words.Say("rule.deduct", Plain(deduct.Each)),
        BonusRule bonus => words.Say("rule.bonus", Plain(bonus.Each)),
        VetoRule { Cap: { } cap } => words.Say("rule.veto-to", cap),
        VetoRule => words.Say("rule.veto"),
        JudgedRule => words.Say("rule.judged"),
        _ => "",
    };

    /// <summary>The computation of a score with its own figures.</summary>
    public static string Formula(ScoreLineage score)
    {
        if (score.Value is not { } value)
        {
            return "0";
        }

        if (score.Rule is DeductRule deduct)
        {
            return $"max(0, {Plain(score.Weight)} {Minus} {Plain(deduct.Each)} × {Plain(value)}) ＝ {Points(score.Points)}";
        }

        if (score.Rule is BonusRule bonus)
        {
            return $"min({Plain(score.Weight)}, {Plain(bonus.Each)} × {Plain(value)}) ＝ {Points(score.Points)}";
        }

        if (score.Rule is VetoRule or JudgedRule)
        {
            return Plain(value);
        }

        (decimal over, decimal under) = score.Direction == "up" ? (value, score.Target ?? 0) : (score.Target ?? 0, value);
        string attained = $"{Plain(over)} ÷ {Plain(under)}";
        return score.Rule switch
        {
            RatioRule ratio => $"{Plain(score.Weight)} × min({attained}, {Percent(ratio.Cap)}) ＝ {Points(score.Points)}",
            StepsRule steps when under > 0 => steps.Steps.Where(step => over >= step.From * under).OrderByDescending(step => step.From).FirstOrDefault() is { } reached
                ? $"{attained} ≥ {Percent(reached.From)}，{Plain(score.Weight)} × {Percent(reached.Share)} ＝ {Points(score.Points)}"
                : $"{attained} ＜ {Percent(steps.Steps.Min(step => step.From))}，0",
            _ => $"{attained}，{Points(score.Points)}",
        };
    }

    private static string Signed(string text) => text.StartsWith('-') ? Minus + text[1..] : text;
}

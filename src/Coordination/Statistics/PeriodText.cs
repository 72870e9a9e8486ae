using System.Globalization;
using System.Text.RegularExpressions;
using Lodestone.Kernel.Calendar;

namespace Lodestone.Coordination.Statistics;

/// <summary>Reads a period as people write it in a sheet: 2021Q1, 2021年第一季度, 2021年1季度, 2021年上半年, 2021年3月, 2021-03, 2021年.</summary>
internal static partial class PeriodText
{
    private const string Numerals = "一二三四五六七八九";

    /// <param name="expected">A bare month is also the end of a quarter to whoever expects one; null takes it as a month.</param>
    public static bool TryRead(string text, PeriodKind? expected, out Period period)
    {
        string plain = string.Concat(text.Where(each => !char.IsWhiteSpace(each))).Normalize(System.Text.NormalizationForm.FormKC);
        if (Period.TryParse(plain.ToUpperInvariant(), out period))
        {
            return true;
        }

        Match found = Written().Match(plain);
        if (!found.Success)
        {
            return false;
        }

        string code = found.Groups["year"].Value;
        if (found.Groups["quarter"] is { Success: true } quarter)
        {
            code += string.Create(CultureInfo.InvariantCulture, $"Q{Number(quarter.Value)}");
        }
        else if (found.Groups["half"] is { Success: true } half)
        {
            code += half.Value == "上" ? "H1" : "H2";
        }
        else if (found.Groups["month"] is { Success: true } month)
        {
            int ordinal = Number(month.Value);
            code += expected == PeriodKind.Quarter && ordinal % 3 == 0
                ? string.Create(CultureInfo.InvariantCulture, $"Q{ordinal / 3}")
                : string.Create(CultureInfo.InvariantCulture, $"M{ordinal:00}");
        }

        return Period.TryParse(code, out period);
    }

    /// <summary>1 to 12, in digits or numerals.</summary>
    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : text[0] == '十' ? 10 + (text.Length > 1 ? Numerals.IndexOf(text[1], StringComparison.Ordinal) + 1 : 0)
        : Numerals.IndexOf(text[0], StringComparison.Ordinal) + 1;

    [GeneratedRegex(@"^(?<year>20\d\d)(?:年度?|[-/.](?=\d))?(?:第?(?<quarter>[1-4一二三四])季度?|(?<half>[上下])半年|(?<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?:月份?|[-/.]\d{1,2}(?:日)?)?)?$")]
    private static partial Regex Written();
}

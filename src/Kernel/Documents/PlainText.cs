using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Lodestone.Kernel.Documents;

/// <summary>Plain text as it is kept and shown: paragraphs one a line, nothing that XML could not carry. Pure.</summary>
public static partial class PlainText
{
    /// <summary>A text that must be there and not be too long.</summary>
    /// <param name="code">The mechanism's refusal, with the most characters and the field as its figures.</param>
    /// <param name="field">
    /// Which text it is, or the expression that gave it: its last name is the field's, as a body names it (<c>asked.Title</c> is <c>title</c>). Its word is
    /// <c>field.title</c>; the problem document has the name itself as <c>field</c>.
    /// </param>
    /// <exception cref="Refusal"><paramref name="code"/></exception>
    public static string Demand(string? text, int longest, string code, string field)
    {
        string clean = Clean(text ?? "");
        if (clean.Length > 0 && clean.Length <= longest)
        {
            return clean;
        }

        string name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(field[(field.LastIndexOf('.') + 1)..]);
        throw new Refusal(code, 422, longest, $"field.{name}") { Details = { ["field"] = name } };
    }

    public static IEnumerable<string> Paragraphs(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Places where a person's mobile number or identity number seems to stand, as they are written.</summary>
    public static IReadOnlyList<string> PersonalNumbers(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => Mobile().Matches(text).Concat(Identity().Matches(text).Where(found => HasBirthday(found.Value)))).Select(found => found.Value).Distinct()];

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            // What is no letter of XML would break the feed; a lone surrogate comes as the replacement sign.
            if (rune.Value == '\n' || rune.Value > char.MaxValue || (XmlConvert.IsXmlChar((char)rune.Value) && !Rune.IsControl(rune) && rune.Value != 0xFFFD))
            {
                clean.Append(rune);
            }
            else if (rune.Value is '\t' or '\v' or '\f')
            {
                clean.Append(' ');
            }
        }

        return string.Join('\n', Paragraphs(clean.ToString()));
    }

    private static bool HasBirthday(string number) =>
        number.Length == 15 || DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _);

    [GeneratedRegex(@"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15})(?![0-9A-Za-z])")]
    private static partial Regex Identity();
}

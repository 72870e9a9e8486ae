using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Lodestone.Kernel;

namespace Lodestone.Coordination.Bulletins;

/// <summary>Plain text as it is kept and shown: paragraphs one a line, nothing that XML could not carry. Pure.</summary>
internal static partial class PlainText
{
    /// <exception cref="Refusal"><c>bulletins.text</c></exception>
    public static string Read(string? text, int longest)
    {
        string clean = Clean(text ?? "");
        return clean.Length > 0 && clean.Length <= longest ? clean : throw new Refusal("bulletins.text", 422, longest);
    }

    /// <summary>As <see cref="Read"/>, but nothing at all is as good.</summary>
    public static string ReadOptional(string? text, int longest) => string.IsNullOrWhiteSpace(text) ? "" : Read(text, longest);

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

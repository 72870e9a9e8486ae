using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// The results of a round as canonical JSON: keys sorted by code unit, no white space, numbers plain and without trailing
/// zeros, text in UTF-8 with only the escapes that JSON demands. Equal results are equal bytes, whoever computed them.
/// </summary>
internal static class ResultsDocument
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Write(RoundResults results) => Canonical(results);

    /// <summary>SHA-256 of the bytes, 64 hexadecimal digits in lower case.</summary>
    public static string Sha256(ReadOnlySpan<byte> document) => Convert.ToHexStringLower(SHA256.HashData(document));

    internal static byte[] Canonical<T>(T value)
    {
        var text = new StringBuilder();
        Append(text, JsonSerializer.SerializeToElement(value, AssessmentJson.Options));
        return _utf8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var members = element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal);
                foreach (var (position, member) in members.Index())
                {
                    text.Append(position == 0 ? "" : ",");
                    AppendText(text, member.Name);
                    text.Append(':');
                    Append(text, member.Value);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var (position, item) in element.EnumerateArray().Index())
                {
                    text.Append(position == 0 ? "" : ",");
                    Append(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendText(text, element.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(Plain(element.GetDecimal()));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    /// <summary>No exponent, no trailing zeros, no negative zero.</summary>
    private static string Plain(decimal value) =>
        value == 0 ? "0" : value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}

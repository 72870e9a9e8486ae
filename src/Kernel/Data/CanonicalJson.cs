using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lodestone.Kernel.Data;

/// <summary>
/// One text for one JSON value, so that equal values have equal hashes: UTF-8 without white space, properties in the ordinal
/// order of their UTF-16 names, strings with the least escaping (Chinese stands as it is).
/// </summary>
/// <remarks>
/// After RFC 8785, but numbers are decimals and never pass through binary floating point: the shortest plain form, without exponent or
/// zeros at the end, of whatever length was stated; -0 is 0. So 1.50, 15e-1 and 1.5 are one value, and 20-digit numbers stay exact.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>The most digits a plain number may need; 1e999999 is refused rather than written out.</summary>
    public const int MaxDigits = 400;

    /// <summary>The canonical text of a value: a JSON node or element, or an object as the web serialises it.</summary>
    /// <param name="value">What to write; null is <c>null</c>.</param>
    /// <param name="options">How an object becomes JSON; the web's defaults (camelCase) when absent.</param>
    /// <exception cref="JsonException">A property twice in one object, half a surrogate pair, or a number of more than <see cref="MaxDigits"/> digits.</exception>
    public static string Text<T>(T value, JsonSerializerOptions? options = null)
    {
        var text = new StringBuilder();
        Write(text, JsonSerializer.SerializeToElement(value, options ?? JsonSerializerOptions.Web));
        return text.ToString();
    }

    /// <summary>The canonical text in UTF-8, without byte order mark.</summary>
    /// <inheritdoc cref="Text{T}"/>
    public static byte[] Serialize<T>(T value, JsonSerializerOptions? options = null) => Encoding.UTF8.GetBytes(Text(value, options));

    /// <summary>SHA-256 of the canonical text in UTF-8, 64 lower-case hexadecimal digits.</summary>
    /// <inheritdoc cref="Text{T}"/>
    public static string Sha256Hex<T>(T value, JsonSerializerOptions? options = null) => Sha256HexOfBytes(Serialize(value, options));

    /// <summary>SHA-256 of bytes as they are, 64 lower-case hexadecimal digits.</summary>
    public static string Sha256HexOfBytes(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Write(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, element);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var first = true;
                foreach (var item in element.EnumerateArray())
                {
                    text.Append(first ? "" : ",");
                    Write(text, item);
                    first = false;
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteString(text, Unescaped(() => element.GetString()!));
                break;
            case JsonValueKind.Number:
                text.Append(CanonicalNumber.Of(element.GetRawText()));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement element)
    {
        var properties = element.EnumerateObject().Select(property => (Name: Unescaped(() => property.Name), property.Value)).ToArray();
        Array.Sort(properties, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        text.Append('{');
        for (var at = 0; at < properties.Length; at++)
        {
            var (name, value) = properties[at];
            if (at > 0)
            {
                if (properties[at - 1].Name == name)
                {
                    throw new JsonException($"The property '{name}' stands twice in one object.");
                }

                text.Append(',');
            }

            WriteString(text, name);
            text.Append(':');
            Write(text, value);
        }

        text.Append('}');
    }

    private static void WriteString(StringBuilder text, string value)
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
                < ' ' => text.Append("\\u00").Append(((int)character).ToString("x2", CultureInfo.InvariantCulture)),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    // Half a surrogate pair has no UTF-8 form; the reader says so with an exception of another kind.
    private static string Unescaped(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException refusal)
        {
            throw new JsonException("A text holds half a surrogate pair.", refusal);
        }
    }
}

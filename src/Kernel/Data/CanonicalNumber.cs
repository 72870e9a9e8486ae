using System.Globalization;
using System.Text.Json;

namespace Lodestone.Kernel.Data;

/// <summary>The shortest plain decimal form of a JSON number, worked out on its digits.</summary>
internal static class CanonicalNumber
{
    internal static string Of(string number)
    {
        var exponentAt = number.AsSpan().IndexOfAny('e', 'E');
        var mantissa = exponentAt < 0 ? number : number[..exponentAt];
        var negative = mantissa.StartsWith('-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? "" : mantissa[(point + 1)..];
        var digits = string.Concat(mantissa.AsSpan(negative ? 1 : 0, (point < 0 ? mantissa.Length : point) - (negative ? 1 : 0)), fraction).TrimStart('0');
        if (digits.Length == 0)
        {
            return "0";
        }

        var exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(number.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            throw TooLong(number);
        }

        // The value is digits * 10^scale.
        var scale = (long)exponent - fraction.Length;
        var significant = digits.TrimEnd('0');
        scale += digits.Length - significant.Length;
        var whole = significant.Length + scale;
        if (Math.Max(whole, significant.Length) > CanonicalJson.MaxDigits || scale < -CanonicalJson.MaxDigits)
        {
            throw TooLong(number);
        }

        var plain = scale >= 0 ? significant + new string('0', (int)scale)
            : whole > 0 ? $"{significant.AsSpan(0, (int)whole)}.{significant.AsSpan((int)whole)}"
            : $"0.{new string('0', (int)-whole)}{significant}";
        return negative ? "-" + plain : plain;
    }

    private static JsonException TooLong(string number) =>
        new($"The number {number[..Math.Min(number.Length, 40)]} needs more than {CanonicalJson.MaxDigits} digits.");
}

using System.Globalization;
using System.Numerics;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// Reads a number as its owner wrote it, digit by digit: no double and no decimal stands between the text and the whole
/// number of smallest units, so nothing is rounded on the way.
/// </summary>
internal static class CellNumber
{
    /// <summary>Reason: the text is no number.</summary>
    public const string NotANumber = "value.not-a-number";

    /// <summary>A longer text is no figure that a person reports.</summary>
    private const int LongestText = 400;

    /// <summary>Beyond this exponent no value fits 64 bits or has few enough decimals, unless it is 0.</summary>
    private const int LargestExponent = 1000;

    /// <param name="text">Plain or with an exponent, as in JSON: <c>-12.30</c>, <c>1.2e3</c>.</param>
    /// <param name="decimals">The indicator's decimals; zeros beyond them do not count.</param>
    /// <param name="units">Whole smallest units; 0 when refused.</param>
    /// <param name="code"><see cref="NotANumber"/>, <see cref="Quantity.TooManyDecimals"/>, <see cref="Quantity.OutOfRange"/>, or null.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int decimals, out long units, out string? code)
    {
        if (TryReadPlain(text, decimals, out units))
        {
            code = null;
            return true;
        }

        return TryReadAny(text.ToString(), decimals, out units, out code);
    }

    /// <summary>An ordinary number, without a detour; false leaves it to the one who reads everything.</summary>
    private static bool TryReadPlain(ReadOnlySpan<char> text, int decimals, out long units)
    {
        units = 0;
        int at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        // 12 digits and at most 6 zeros that fill up to the indicator's decimals fit 64 bits.
        if (text.Length - at is 0 or > 12 || !char.IsAsciiDigit(text[at]) || !char.IsAsciiDigit(text[^1]))
        {
            return false;
        }

        int behind = -1;
        foreach (char each in text[at..])
        {
            if (each == '.' && behind < 0)
            {
                behind = 0;
            }
            else if (char.IsAsciiDigit(each) && behind < decimals)
            {
                units = (units * 10) + (each - '0');
                behind += behind >= 0 ? 1 : 0;
            }
            else
            {
                units = 0;
                return false;
            }
        }

        for (int missing = decimals - Math.Max(behind, 0); missing > 0; missing--)
        {
            units *= 10;
        }

        units = at == 1 ? -units : units;
        return true;
    }

    private static bool TryReadAny(string text, int decimals, out long units, out string? code)
    {
        units = 0;
        if (!TrySplit(text, out bool negative, out string digits, out int fraction))
        {
            code = NotANumber;
            return false;
        }

        string significant = digits.TrimEnd('0');
        fraction -= digits.Length - significant.Length;
        significant = significant.TrimStart('0');
        if (significant.Length == 0)
        {
            code = null;
            return true;
        }

        if (fraction > decimals)
        {
            code = Quantity.TooManyDecimals;
            return false;
        }

        int shift = decimals - fraction;
        // A 64-bit number has at most 19 digits.
        BigInteger value = significant.Length + shift > 19
            ? BigInteger.MinusOne
            : BigInteger.Parse(significant, CultureInfo.InvariantCulture) * BigInteger.Pow(10, shift);
        if (value.Sign < 0 || value > long.MaxValue)
        {
            code = Quantity.OutOfRange;
            return false;
        }

        units = negative ? -(long)value : (long)value;
        code = null;
        return true;
    }

    /// <summary>What people type: thousands separators, full-width digits, a real minus sign and blanks around it.</summary>
    public static string Plain(string typed)
    {
        Span<char> plain = stackalloc char[Math.Min(typed.Length, LongestText)];
        int length = 0;
        foreach (char each in typed.AsSpan(0, plain.Length))
        {
            char one = each switch
            {
                >= '０' and <= '９' => (char)(each - '０' + '0'),
                '−' or '－' => '-',
                '．' => '.',
                _ => each,
            };
            if (one is not (',' or '，') && !char.IsWhiteSpace(one))
            {
                plain[length++] = one;
            }
        }

        return new string(plain[..length]);
    }

    /// <summary>Splits into digits and the count of those that stand behind the point (negative: zeros are missing).</summary>
    private static bool TrySplit(string text, out bool negative, out string digits, out int fraction)
    {
        negative = false;
        digits = "";
        fraction = 0;
        if (text.Length is 0 or > LongestText)
        {
            return false;
        }

        int at = text[0] is '-' ? 1 : 0;
        negative = at == 1;
        int start = at;
        at = SkipDigits(text, at);
        if (at == start)
        {
            return false;
        }

        string whole = text[start..at];
        string behind = "";
        if (at < text.Length && text[at] == '.')
        {
            int first = ++at;
            at = SkipDigits(text, at);
            if (at == first)
            {
                return false;
            }

            behind = text[first..at];
        }

        int exponent = 0;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            if (!int.TryParse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            {
                return false;
            }

            at = text.Length;
        }

        digits = whole + behind;
        fraction = behind.Length - Math.Clamp(exponent, -LargestExponent, LargestExponent);
        return at == text.Length;
    }

    private static int SkipDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }
}

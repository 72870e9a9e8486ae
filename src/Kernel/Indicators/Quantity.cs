using System.Globalization;

namespace Lodestone.Kernel.Indicators;

/// <summary>
/// A statistical value as a whole number of the smallest unit its indicator is stated in: with 2 decimals, 12.34 is 1234 units.
/// Exact in the database on both engines; decimals appear only at the edge.
/// </summary>
/// <param name="Units">The whole number.</param>
public readonly record struct Quantity(long Units) : IComparable<Quantity>
{
    /// <summary>The most decimals an indicator can have.</summary>
    public const int MaxDecimals = 9;

    /// <summary>Reason: the value states more decimals than its indicator has (zeros at the end do not count).</summary>
    public const string TooManyDecimals = "value.too-many-decimals";

    /// <summary>Reason: the value does not fit a 64-bit whole number of smallest units.</summary>
    public const string OutOfRange = "value.out-of-range";

    /// <summary>What stands where a value is missing.</summary>
    public const string Missing = "—";

    private const char Minus = '\u2212';

    /// <summary>Turns a stated value into whole units; nothing is rounded.</summary>
    /// <param name="value">The value in the indicator's unit.</param>
    /// <param name="decimals">The indicator's decimals, 0 to <see cref="MaxDecimals"/>.</param>
    /// <param name="units">The whole number; 0 when refused.</param>
    /// <param name="code">The reason code, or null.</param>
    public static bool TryToUnits(decimal value, int decimals, out long units, out string? code)
    {
        var one = One(decimals);
        units = 0;
        // Beyond this bound the product could leave decimal itself.
        if (value > (decimal)long.MaxValue || value < (decimal)long.MinValue)
        {
            code = OutOfRange;
            return false;
        }

        var whole = decimal.Truncate(value);
        var fraction = (value - whole) * one;
        if (decimal.Truncate(fraction) != fraction)
        {
            code = TooManyDecimals;
            return false;
        }

        var scaled = (whole * one) + fraction;
        if (scaled > (decimal)long.MaxValue || scaled < (decimal)long.MinValue)
        {
            code = OutOfRange;
            return false;
        }

        units = (long)scaled;
        code = null;
        return true;
    }

    /// <summary>The value of whole units, with exactly the given number of decimals (150 at 2 is 1.50).</summary>
    public static decimal FromUnits(long units, int decimals)
    {
        _ = One(decimals);
        var magnitude = (ulong)Int128.Abs(units);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, units < 0, (byte)decimals);
    }

    /// <summary>The exact sum of whole units.</summary>
    /// <exception cref="OverflowException">The sum does not fit 64 bits; it never wraps.</exception>
    public static long Sum(IEnumerable<long> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        return checked((long)Total(units, out _));
    }

    /// <summary>
    /// The unweighted mean in whole units, a half rounded away from zero; null of no values. Exact for any values.
    /// </summary>
    public static long? Average(IEnumerable<long> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var total = Total(units, out var count);
        return count == 0 ? null : (long)DivideHalfAway(total, count);
    }

    /// <summary>
    /// A value for people: thousands separated, the indicator's decimals, the sign − (U+2212); a missing one is —. Without unit.
    /// </summary>
    public static string Format(long? units, int decimals)
    {
        if (units is not { } some)
        {
            return Missing;
        }

        var text = FromUnits(some, decimals).ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return some < 0 ? Minus + text[1..] : text;
    }

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Units.CompareTo(other.Units);

    /// <summary>Whether one is less than the other.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Units < right.Units;

    /// <summary>Whether one is more than the other.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Units > right.Units;

    /// <summary>Whether one is at most the other.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Units <= right.Units;

    /// <summary>Whether one is at least the other.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Units >= right.Units;

    private static Int128 Total(IEnumerable<long> units, out int count)
    {
        Int128 total = 0;
        count = 0;
        foreach (var value in units)
        {
            total += value;
            checked
            {
                count++;
            }
        }

        return total;
    }

    private static Int128 DivideHalfAway(Int128 dividend, int divisor)
    {
        var (quotient, rest) = Int128.DivRem(dividend, divisor);
        return Int128.Abs(rest) * 2 >= divisor ? quotient + Int128.Sign(dividend) : quotient;
    }

    private static long One(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, MaxDecimals);
        var one = 1L;
        for (var at = 0; at < decimals; at++)
        {
            one *= 10;
        }

        return one;
    }
}

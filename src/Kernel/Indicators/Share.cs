namespace Lodestone.Kernel.Indicators;

/// <summary>A part of a whole as a whole number of millionths: 0.25 is 250,000, so 3/10 of a group is never 2.9999.</summary>
/// <param name="Millionths">Whole millionths.</param>
public readonly record struct Share(long Millionths) : IComparable<Share>
{
    /// <summary>Reason: more than 6 decimals (zeros at the end do not count).</summary>
    public const string TooManyDecimals = "share.too-many-decimals";

    /// <summary>Reason: not between 0 and 1.</summary>
    public const string OutOfRange = "share.out-of-range";

    private const long Millionth = 1_000_000;

    /// <summary>Nothing.</summary>
    public static Share None => default;

    /// <summary>The whole.</summary>
    public static Share Whole => new(Millionth);

    /// <summary>Reads a stated share exactly; nothing is rounded.</summary>
    /// <param name="value">0 to 1, at most 6 decimals.</param>
    /// <param name="share">The share; nothing when refused.</param>
    /// <param name="code">The reason code, or null.</param>
    public static bool TryFrom(decimal value, out Share share, out string? code)
    {
        share = default;
        code = value is < 0 or > 1 ? OutOfRange : null;
        if (code is not null)
        {
            return false;
        }

        var millionths = value * Millionth;
        if (decimal.Truncate(millionths) != millionths)
        {
            code = TooManyDecimals;
            return false;
        }

        share = new Share((long)millionths);
        return true;
    }

    /// <summary>The share as a decimal without zeros at the end.</summary>
    public decimal ToDecimal() => (decimal)Millionths / Millionth;

    /// <summary>How many whole ones of a count the share comes to, rounded down: the seats of a quota.</summary>
    public long Floor(int count)
    {
        var (quotient, rest) = Int128.DivRem((Int128)Millionths * count, Millionth);
        return checked((long)(rest < 0 ? quotient - 1 : quotient));
    }

    /// <inheritdoc/>
    public int CompareTo(Share other) => Millionths.CompareTo(other.Millionths);

    /// <summary>Whether one is less than the other.</summary>
    public static bool operator <(Share left, Share right) => left.Millionths < right.Millionths;

    /// <summary>Whether one is more than the other.</summary>
    public static bool operator >(Share left, Share right) => left.Millionths > right.Millionths;

    /// <summary>Whether one is at most the other.</summary>
    public static bool operator <=(Share left, Share right) => left.Millionths <= right.Millionths;

    /// <summary>Whether one is at least the other.</summary>
    public static bool operator >=(Share left, Share right) => left.Millionths >= right.Millionths;
}

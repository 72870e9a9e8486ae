using System.Numerics;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// An exact fraction with a positive denominator. A ratio such as 1/3 has no finite decimal, so points are computed here
/// and rounded once, at the end. Fractions are not reduced: compare them with <see cref="CompareTo"/>.
/// </summary>
internal readonly struct Rational : IComparable<Rational>
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        _numerator = denominator.Sign < 0 ? -numerator : numerator;
        _denominator = BigInteger.Abs(denominator);
    }

    public static implicit operator Rational(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return new Rational(bits[3] < 0 ? -magnitude : magnitude, BigInteger.Pow(10, value.Scale));
    }

    public static Rational operator *(Rational left, Rational right) =>
        new(left._numerator * right._numerator, left._denominator * right._denominator);

    public static Rational operator /(Rational left, Rational right) => right._numerator.IsZero
        ? throw new DivideByZeroException()
        : new(left._numerator * right._denominator, left._denominator * right._numerator);

    public static Rational operator +(Rational left, Rational right) => new(
        left._numerator * right._denominator + right._numerator * left._denominator,
        left._denominator * right._denominator);

    public static Rational operator -(Rational left, Rational right) => new(
        left._numerator * right._denominator - right._numerator * left._denominator,
        left._denominator * right._denominator);

    public static Rational Min(Rational left, Rational right) => left.CompareTo(right) <= 0 ? left : right;

    public static Rational Max(Rational left, Rational right) => left.CompareTo(right) >= 0 ? left : right;

    public int CompareTo(Rational other) =>
        (_numerator * other._denominator).CompareTo(other._numerator * _denominator);

    /// <summary>Rounds as officials do (四舍五入): an exact half moves away from zero, so 0.005 is 0.01 and -0.005 is -0.01.</summary>
    public decimal RoundHalfUp(int decimals)
    {
        var scale = BigInteger.Pow(10, decimals);
        var magnitude = (2 * BigInteger.Abs(_numerator) * scale + _denominator) / (2 * _denominator);
        return (decimal)(_numerator.Sign < 0 ? -magnitude : magnitude) / (decimal)scale;
    }

    /// <summary>The greatest whole number that is not above this fraction.</summary>
    public int Floor()
    {
        var quotient = BigInteger.DivRem(_numerator, _denominator, out var rest);
        return (int)(rest.Sign < 0 ? quotient - 1 : quotient);
    }
}

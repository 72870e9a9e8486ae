using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>Points are rounded as officials round (四舍五入): an exact half moves away from zero, also where a banker's rounding would not.</summary>
public sealed class RoundingTests
{
    [Theory]
    [InlineData("0.125", "0.13")]
    [InlineData("0.005", "0.01")]
    [InlineData("62.345", "62.35")]
    [InlineData("62.355", "62.36")]
    [InlineData("-0.125", "-0.13")]
    [InlineData("0.1249999999999999999999999999", "0.12")]
    [Trait("Teeth", "rounding")]
    public void An_exact_half_goes_up(string exact, string rounded) =>
        Assert.Equal(Number(rounded), ((Rational)Number(exact)).RoundHalfUp(2));

    [Fact]
    [Trait("Teeth", "rounding")]
    public void A_half_that_no_decimal_can_hold_on_the_way_is_still_a_half()
    {
        // 3 × (1/24) is exactly 0.125, though 1/24 has no finite decimal.
        Rational eighth = (Rational)3 * ((Rational)1 / 24);
        Assert.Equal(0.13m, eighth.RoundHalfUp(2));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

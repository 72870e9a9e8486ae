using System.Globalization;
using System.Numerics;
using FsCheck.Xunit;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Tests.Kernel.Indicators;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("12.34", 2, 1234, null)]
    [InlineData("12.3400", 2, 1234, null)]
    [InlineData("-0.5", 1, -5, null)]
    [InlineData("-0.0", 0, 0, null)]
    [InlineData("9223372036854775807", 0, long.MaxValue, null)]
    [InlineData("-9223372036854775808", 0, long.MinValue, null)]
    [InlineData("-9223372036.854775808", 9, long.MinValue, null)]
    [InlineData("12.345", 2, 0, Quantity.TooManyDecimals)]
    [InlineData("0.1000000000000000000000000001", 9, 0, Quantity.TooManyDecimals)]
    [InlineData("7922816251426433759.3543950335", 9, 0, Quantity.TooManyDecimals)]
    [InlineData("9223372036854775808", 0, 0, Quantity.OutOfRange)]
    [InlineData("-9223372036854775809", 0, 0, Quantity.OutOfRange)]
    [InlineData("9223372036.854775808", 9, 0, Quantity.OutOfRange)]
    [InlineData("79228162514264337593543950335", 9, 0, Quantity.OutOfRange)]
    public void A_value_becomes_whole_units_or_is_refused(string value, int decimals, long units, string? code)
    {
        var taken = Quantity.TryToUnits(decimal.Parse(value, CultureInfo.InvariantCulture), decimals, out var whole, out var reason);

        Assert.Equal((code is null, units, code), (taken, whole, reason));
    }

    [Theory]
    [InlineData(150, 2, "1.50")]
    [InlineData(0, 1, "0.0")]
    [InlineData(-5, 3, "-0.005")]
    [InlineData(long.MinValue, 9, "-9223372036.854775808")]
    public void Units_keep_their_decimals(long units, int decimals, string value)
    {
        Assert.Equal(value, Quantity.FromUnits(units, decimals).ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(new long[] { 1, 2 }, 2L)]
    [InlineData(new long[] { -1, -2 }, -2L)]
    [InlineData(new long[] { 1, 1, 2 }, 1L)]
    [InlineData(new long[] { 2, 3, 3, 2 }, 3L)] // half to even would give 2
    [InlineData(new long[] { long.MaxValue, long.MaxValue }, long.MaxValue)]
    [InlineData(new long[] { long.MinValue, long.MinValue, long.MinValue }, long.MinValue)]
    [InlineData(new long[0], null)]
    public void A_mean_rounds_a_half_away_from_zero(long[] units, long? mean)
    {
        Assert.Equal(mean, Quantity.Average(units));
    }

    [Fact]
    public void A_sum_is_exact_or_refused()
    {
        Assert.Equal(long.MaxValue, Quantity.Sum([long.MaxValue, long.MaxValue, -long.MaxValue]));
        Assert.Equal(0, Quantity.Sum([]));
        Assert.Throws<OverflowException>(() => Quantity.Sum([long.MaxValue, 1]));
    }

    [Theory]
    [InlineData(486320L, 0, "486,320")]
    [InlineData(48632050L, 2, "486,320.50")]
    [InlineData(-5L, 1, "−0.5")]
    [InlineData(-1234567L, 0, "−1,234,567")]
    [InlineData(0L, 2, "0.00")]
    [InlineData(null, 2, "—")]
    public void A_value_is_written_for_people(long? units, int decimals, string text)
    {
        Assert.Equal(text, Quantity.Format(units, decimals));
    }

    [Fact]
    public void Decimals_have_a_limit()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.TryToUnits(1m, 10, out _, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.FromUnits(1, -1));
    }

    [Property(MaxTest = 1000)]
    public void There_and_back_is_the_same(long units, byte decimals)
    {
        Assert.True(Quantity.TryToUnits(Quantity.FromUnits(units, decimals % 10), decimals % 10, out var back, out _));
        Assert.Equal(units, back);
    }

    [Property(MaxTest = 1000)]
    public void A_mean_is_the_nearest_whole_number(long[] units)
    {
        var mean = Quantity.Average(units);
        if (units.Length == 0)
        {
            Assert.Null(mean);
            return;
        }

        var total = units.Aggregate(BigInteger.Zero, (sum, value) => sum + value);
        var twice = (2 * total) - (2 * new BigInteger(mean!.Value) * units.Length);
        Assert.True(BigInteger.Abs(twice) <= units.Length);
        if (BigInteger.Abs(twice) == units.Length)
        {
            Assert.Equal(-total.Sign, twice.Sign); // the half went away from zero
        }
    }
}

using System.Globalization;
using System.Numerics;
using FsCheck.Xunit;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Tests.Kernel.Indicators;

public sealed class ShareTests
{
    [Theory]
    [InlineData("0", 0, null)]
    [InlineData("1", 1_000_000, null)]
    [InlineData("0.25", 250_000, null)]
    [InlineData("0.333333", 333_333, null)]
    [InlineData("0.3000000000", 300_000, null)]
    [InlineData("0.3333333", 0, Share.TooManyDecimals)]
    [InlineData("0.3000000000000000000000000001", 0, Share.TooManyDecimals)]
    [InlineData("1.000001", 0, Share.OutOfRange)]
    [InlineData("-0.1", 0, Share.OutOfRange)]
    public void A_share_is_read_exactly_or_refused(string value, long millionths, string? code)
    {
        var taken = Share.TryFrom(decimal.Parse(value, CultureInfo.InvariantCulture), out var share, out var reason);

        Assert.Equal((code is null, new Share(millionths), code), (taken, share, reason));
    }

    [Theory]
    [InlineData(250_000, 4, 1)]
    [InlineData(300_000, 10, 3)]
    [InlineData(300_000, 6, 1)]
    [InlineData(200_000, 9, 1)]
    [InlineData(999_999, 1, 0)]
    [InlineData(1_000_000, int.MaxValue, int.MaxValue)]
    [InlineData(-1, 1, -1)]
    public void A_quota_is_rounded_down(long millionths, int count, long seats)
    {
        Assert.Equal(seats, new Share(millionths).Floor(count));
    }

    [Fact]
    public void A_share_becomes_a_decimal_again()
    {
        Assert.Equal("0.25", new Share(250_000).ToDecimal().ToString(CultureInfo.InvariantCulture));
        Assert.Equal(1m, Share.Whole.ToDecimal());
        Assert.True(Share.None < Share.Whole);
    }

    [Property(MaxTest = 500)]
    public void The_floor_is_the_greatest_whole_number_below(int millionths, int count)
    {
        var exact = (BigInteger)millionths * count;
        BigInteger floor = new Share(millionths).Floor(count);

        Assert.True(floor * 1_000_000 <= exact && exact < (floor + 1) * 1_000_000);
    }
}

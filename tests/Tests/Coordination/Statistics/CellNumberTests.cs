using Lodestone.Coordination.Statistics;

namespace Lodestone.Tests.Coordination.Statistics;

public sealed class CellNumberTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("-0.000", 2, 0)]
    [InlineData("12.34", 2, 1234)]
    [InlineData("12.3400000000000000000000000000000000000", 2, 1234)]
    [InlineData("-12.3", 2, -1230)]
    [InlineData("1.2e3", 0, 1200)]
    [InlineData("1200E-2", 0, 12)]
    [InlineData("0e999999999", 0, 0)]
    [InlineData("92233720368547758.07", 2, long.MaxValue)]
    [InlineData("12345678901234567.89", 2, 1234567890123456789)]
    public void ANumber_IsReadDigitByDigit(string text, int decimals, long units)
    {
        Assert.True(CellNumber.TryRead(text, decimals, out long read, out string? code));
        Assert.Null(code);
        Assert.Equal(units, read);
    }

    [Theory]
    [InlineData("1.234", 2, "value.too-many-decimals")]
    [InlineData("1.0000000000000000000000000000000000001", 2, "value.too-many-decimals")]
    [InlineData("1e-7", 6, "value.too-many-decimals")]
    [InlineData("1e300", 2, "value.out-of-range")]
    [InlineData("92233720368547758.08", 2, "value.out-of-range")]
    [InlineData("1e999999999", 2, "value.out-of-range")]
    [InlineData("", 2, "value.not-a-number")]
    [InlineData("NaN", 2, "value.not-a-number")]
    [InlineData("约 93.6", 2, "value.not-a-number")]
    [InlineData("1.", 2, "value.not-a-number")]
    [InlineData(".5", 2, "value.not-a-number")]
    [InlineData("1e", 2, "value.not-a-number")]
    [InlineData("\"12\"", 2, "value.not-a-number")]
    [InlineData("true", 2, "value.not-a-number")]
    public void WhatIsNoValueOfTheIndicator_IsRefusedWithItsCode(string text, int decimals, string expected)
    {
        Assert.False(CellNumber.TryRead(text, decimals, out long units, out string? code));
        Assert.Equal(expected, code);
        Assert.Equal(0, units);
    }

    [Theory]
    [InlineData("486,320", "486320")]
    [InlineData("１，２３４．５", "1234.5")]
    [InlineData(" −5.7 ", "-5.7")]
    public void TypedText_BecomesPlain(string typed, string plain) => Assert.Equal(plain, CellNumber.Plain(typed));
}

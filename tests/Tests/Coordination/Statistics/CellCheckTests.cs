using Lodestone.Coordination.Statistics;

namespace Lodestone.Tests.Coordination.Statistics;

public sealed class CellCheckTests
{
    [Theory]
    [InlineData(1000, 1300, false)]
    [InlineData(1000, 1301, true)]
    [InlineData(1000, 700, false)]
    [InlineData(1000, 699, true)]
    [InlineData(-1000, -1300, false)]
    [InlineData(-1000, 301, true)]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(long.MinValue, long.MaxValue, true)]
    public void AChangeOfMoreThanThirtyPercent_WantsAnExplanation(long before, long value, bool found) =>
        Assert.Equal(found, Codes(Cell("A", value, before)).Contains(CellCheck.Change));

    [Fact]
    public void AFirstValue_HasNothingToCompareWith() => Assert.Empty(Codes(Cell("A", 5, null)));

    [Fact]
    public void AnExplanation_IsSeenByTheCheck()
    {
        CellFinding finding = Assert.Single(CellCheck.Run([Cell("A", 200, 100) with { Explained = true }], []));
        Assert.Equal((CellCheck.Change, CellFinding.Soft, true), (finding.Code, finding.Severity, finding.Explained));
    }

    [Fact]
    public void ABlankCell_IsSoft()
    {
        CellFinding finding = Assert.Single(CellCheck.Run([Cell("A", null, 100)], []));
        Assert.Equal((CellCheck.Missing, CellFinding.Soft), (finding.Code, finding.Severity));
    }

    [Theory]
    [InlineData("家", 0, true)]
    [InlineData("人", 0, true)]
    [InlineData("万元", 0, false)]
    [InlineData("人", 1, false)]
    public void ACount_IsNotBelowZero(string unit, int decimals, bool found) =>
        Assert.Equal(found, Codes(Cell("A", -1, null) with { Unit = unit, Decimals = decimals }).Contains(CellCheck.Negative));

    [Fact]
    public void AnIdentity_IsExactAcrossDecimals()
    {
        CellIdentity[] identities = [Identity("T=A+B")];
        CheckedCell[] cells = [Cell("T", 10, null), Cell("A", 7, null), Cell("B", 300, null) with { Decimals = 2 }];
        Assert.Empty(CellCheck.Run(cells, identities));
        CellFinding broken = Assert.Single(CellCheck.Run([cells[0], cells[1], cells[2] with { Value = 301 }], identities));
        Assert.Equal(("T", CellCheck.Identity, CellFinding.Hard), (broken.Indicator, broken.Code, broken.Severity));
    }

    [Fact]
    public void AnIdentityWithABlankCell_SaysNothingTwice() =>
        Assert.Equal([CellCheck.Missing], CellCheck.Run([Cell("T", 10, null), Cell("A", null, null)], [Identity("T=A")]).Select(finding => finding.Code));

    [Theory]
    [InlineData("T")]
    [InlineData("T=")]
    [InlineData("=A")]
    [InlineData("T=A+")]
    [InlineData("T=A+A")]
    [InlineData("T=T")]
    [InlineData("T=A=B")]
    public void WhatIsNoIdentity_IsNotRead(string text) => Assert.False(CellIdentity.TryParse(text, out _));

    private static CheckedCell Cell(string code, long? value, long? before) => new(code, code, "万元", 0, value, before, false);

    private static CellIdentity Identity(string text) => CellIdentity.TryParse(text, out CellIdentity? identity) ? identity : throw new FormatException(text);

    private static IEnumerable<string> Codes(CheckedCell cell) => CellCheck.Run([cell], []).Select(finding => finding.Code);
}

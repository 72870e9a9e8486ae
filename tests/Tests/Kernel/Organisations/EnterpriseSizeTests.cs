using Lodestone.Kernel.Organisations;

namespace Lodestone.Tests.Kernel.Organisations;

public sealed class EnterpriseSizeTests
{
    [Theory]
    [InlineData(1000, 400_000_000, "large", true)]
    [InlineData(999, 400_000_000, "medium", true)]
    [InlineData(1000, 399_999_999, "medium", true)]
    [InlineData(300, 20_000_000, "medium", true)]
    [InlineData(299, 20_000_000, "small", true)]
    [InlineData(300, 19_999_999, "small", false)]
    [InlineData(1500, 10_000_000, "small", false)] // both bounds, else one class down, again
    [InlineData(20, 3_000_000, "small", false)]
    [InlineData(19, 3_000_000, "micro", false)]
    [InlineData(20, 2_999_999, "micro", false)]
    [InlineData(5, 500_000_000, "micro", true)]
    [InlineData(0, 0, "micro", false)]
    public void Both_lower_bounds_must_hold(int staff, int revenueYuan, string size, bool aboveScale)
    {
        var (enterprise, reason) = EnterpriseSize.Of("industry", staff, revenueYuan);

        Assert.Null(reason);
        Assert.Equal(size, enterprise!.Value.Word);
        Assert.Equal(aboveScale, enterprise.Value.AboveScale);
    }

    [Fact]
    public void A_fen_below_a_bound_is_below_it()
    {
        Assert.Equal(SizeClass.Medium, EnterpriseSize.Of("industry", 1000, 399_999_999.99m).Size!.Value.Size);
    }

    [Theory]
    [InlineData("retail", 10, 10, "enterprise-size.industry")]
    [InlineData(null, 10, 10, "enterprise-size.industry")]
    [InlineData("industry", -1, 10, "enterprise-size.staff")]
    [InlineData("industry", 10, -1, "enterprise-size.revenue")]
    public void What_cannot_be_classed_is_refused(string? industry, int staff, int revenueYuan, string code)
    {
        Assert.Equal((null, code), EnterpriseSize.Of(industry, staff, revenueYuan));
    }
}

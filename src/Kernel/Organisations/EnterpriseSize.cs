namespace Lodestone.Kernel.Organisations;

/// <summary>The size class of an enterprise, ascending. The numbers are stored: never change one.</summary>
public enum SizeClass
{
    /// <summary>微型</summary>
    Micro = 0,

    /// <summary>小型</summary>
    Small = 1,

    /// <summary>中型</summary>
    Medium = 2,

    /// <summary>大型</summary>
    Large = 3,
}

/// <summary>
/// An enterprise's size for statistics (National Bureau of Statistics, Measures for classifying large, medium, small and micro
/// enterprises for statistical purposes, 2017) and whether it is above scale, which is a test of its own.
/// </summary>
/// <param name="Size">The class whose two lower bounds both hold.</param>
/// <param name="AboveScale">Yearly main-business revenue of 20 million yuan or more (规模以上工业).</param>
public readonly record struct EnterpriseSize(SizeClass Size, bool AboveScale)
{
    /// <summary>The one branch of the 2017 table kept here: mining, manufacturing, energy and water (工业).</summary>
    public const string Industry = "industry";

    /// <summary>Reason: a branch this table does not hold.</summary>
    public const string UnknownIndustry = "enterprise-size.industry";

    /// <summary>Reason: a negative number of staff.</summary>
    public const string WrongStaff = "enterprise-size.staff";

    /// <summary>Reason: a negative revenue.</summary>
    public const string WrongRevenue = "enterprise-size.revenue";

    private const decimal AboveScaleYuan = 20_000_000m;

    /// <summary>The class in the interface's words: large, medium, small or micro.</summary>
    public string Word => Size switch
    {
        SizeClass.Large => "large",
        SizeClass.Medium => "medium",
        SizeClass.Small => "small",
        _ => "micro",
    };

    /// <summary>Classifies an enterprise: each class asks for both its bounds, else it is one class down, and again.</summary>
    /// <param name="industry">The branch; <see cref="Industry"/> is known.</param>
    /// <param name="staff">Persons employed, 0 or more.</param>
    /// <param name="revenueYuan">Yearly revenue in yuan, 0 or more.</param>
    /// <returns>The size, or the code of the reason there is none.</returns>
    public static (EnterpriseSize? Size, string? ReasonCode) Of(string? industry, int staff, decimal revenueYuan)
    {
        if (industry != Industry)
        {
            return (null, UnknownIndustry);
        }

        if (staff < 0)
        {
            return (null, WrongStaff);
        }

        if (revenueYuan < 0)
        {
            return (null, WrongRevenue);
        }

        var size = (staff, revenueYuan) switch
        {
            ( >= 1000, >= 400_000_000m) => SizeClass.Large,
            ( >= 300, >= 20_000_000m) => SizeClass.Medium,
            ( >= 20, >= 3_000_000m) => SizeClass.Small,
            _ => SizeClass.Micro,
        };
        return (new EnterpriseSize(size, revenueYuan >= AboveScaleYuan), null);
    }
}

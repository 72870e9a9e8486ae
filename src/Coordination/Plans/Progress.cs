using System.Globalization;

namespace Lodestone.Coordination.Plans;

/// <summary>
/// How far something is, as an exact fraction of weights. A measure's weights are its milestones'; an objective's are its measures'.
/// Only confirmed milestones count: a report alone moves nothing.
/// </summary>
/// <param name="Share">0 to 1, exact up to the last digit of a decimal.</param>
/// <param name="Formula">The same in figures, for the page.</param>
internal sealed record Progress(decimal Share, string Formula)
{
    public static Progress None { get; } = new(0m, "—");

    /// <summary>Of a measure: the weight of what is confirmed over the weight of all.</summary>
    public static Progress OfMilestones(IReadOnlyCollection<(int Weight, bool Confirmed)> milestones)
    {
        long whole = milestones.Sum(one => (long)one.Weight);
        long done = milestones.Where(one => one.Confirmed).Sum(one => (long)one.Weight);
        return whole == 0 ? None : new Progress((decimal)done / whole, $"{done} ÷ {whole} ＝ {Percent((decimal)done / whole)}");
    }

    /// <summary>Of an objective or a plan: the mean of its parts by weight.</summary>
    public static Progress OfParts(IReadOnlyCollection<(string Name, int Weight, decimal Share)> parts)
    {
        long whole = parts.Sum(part => (long)part.Weight);
        if (whole == 0)
        {
            return None;
        }

        decimal share = parts.Sum(part => part.Weight * part.Share) / whole;
        string sum = string.Join(" ＋ ", parts.Select(part => $"{part.Name} {Percent(part.Share)} × {part.Weight}"));
        return new Progress(share, $"（{sum}） ÷ {whole} ＝ {Percent(share)}");
    }

    /// <summary>Where it should be: the weight of what is due before <paramref name="today"/> over the weight of all.</summary>
    public static decimal Path(IReadOnlyCollection<(int Weight, DateOnly DueOn)> milestones, DateOnly today)
    {
        long whole = milestones.Sum(one => (long)one.Weight);
        return whole == 0 ? 0m : (decimal)milestones.Where(one => one.DueOn < today).Sum(one => (long)one.Weight) / whole;
    }

    /// <summary>One decimal, half away from zero, as the pages print it.</summary>
    public static string Percent(decimal share) =>
        decimal.Round(share * 100m, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}

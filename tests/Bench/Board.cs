using System.Globalization;

namespace Lodestone.Bench;

/// <summary>A limit on the ratio of two rates measured side by side.</summary>
/// <param name="Name">What is compared, as printed.</param>
/// <param name="Least">The median of the paired ratios must reach it.</param>
internal sealed record Bar(string Name, double Least);

/// <summary>The figures beside their limits.</summary>
internal sealed class Board
{
    public int Held { get; private set; }

    public int Short { get; private set; }

    public static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Held when more than half of the runs that were made hold.</summary>
    /// <param name="medians">One median of paired ratios per run.</param>
    public void Enter(Bar bar, IReadOnlyList<double> medians)
    {
        bool held = medians.Count(median => median >= bar.Least) * 2 > medians.Count;
        if (held)
        {
            Held++;
        }
        else
        {
            Short++;
        }

        string figures = string.Join(", ", medians.Select(median => median.ToString("0.00", CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {bar.Name,-42} {figures,-18} limit {bar.Least:0.00}  {(held ? "held" : "SHORT")}"));
    }

    /// <summary>A figure that may not be exceeded. Held when more than half of the runs stay within it.</summary>
    public void EnterMost(string name, string unit, double most, IReadOnlyList<double> figures)
    {
        bool held = figures.Count(figure => figure <= most) * 2 > figures.Count;
        if (held)
        {
            Held++;
        }
        else
        {
            Short++;
        }

        string written = string.Join(", ", figures.Select(figure => figure.ToString("0.#", CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-42} {$"{written} {unit}",-18} limit {most:0.#}  {(held ? "held" : "SHORT")}"));
    }
}

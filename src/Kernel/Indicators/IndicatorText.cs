namespace Lodestone.Kernel.Indicators;

/// <summary>An indicator as a person writes it; the shape of <c>POST /api/indicators</c>.</summary>
/// <param name="Area">The part of the plan it measures, in the city's own word.</param>
/// <param name="Owner">Code of the unit that answers for the figure.</param>
public sealed record IndicatorText(
    string? Code, string? Name, string? Unit, int Decimals, string? Aggregation, string? Direction, string? Frequency, string? Purpose,
    string? Explanation, string? Reason, int? Version, string? Area = null, string? Owner = null);

namespace Lodestone.Coordination.Plans;

/// <summary>What an evaluation counted on its day; kept as JSON.</summary>
/// <param name="Progress">0 to 1, as is <paramref name="Path"/>.</param>
/// <param name="Carried">Milestones that went over into a later year.</param>
/// <param name="Changes">Changes of the plan with a reason since it was founded.</param>
internal sealed record EvaluationFigures(
    decimal Progress, decimal Path, int Measures, int Done, int Late, int Milestones, int Due, int Confirmed, int Carried, int Changes, int Problems, int Closed,
    IReadOnlyList<ObjectiveFigures> Objectives, IReadOnlyList<LateFigures> LateMeasures, IReadOnlyList<IndicatorFigures> Indicators);

internal sealed record ObjectiveFigures(string Chapter, string Title, int Measures, decimal Progress, decimal Path);

internal sealed record LateFigures(string Code, string Title, string Lead, decimal Progress, decimal Path);

/// <summary>A city figure of the last approved quarter beside its target, both in the indicator's unit.</summary>
/// <param name="Reached">Null when nothing is approved yet.</param>
internal sealed record IndicatorFigures(string Name, string Unit, string Period, string Target, string Value, bool? Reached);

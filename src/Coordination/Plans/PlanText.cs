using Lodestone.Kernel.Calendar;

namespace Lodestone.Coordination.Plans;

/// <summary>A whole plan as a city writes it; the shape of <c>POST /api/plans</c>.</summary>
internal sealed record PlanText(
    string? Code, string? Name, string? DocumentNumber, string? Organisation, Period FirstQuarter, Period LastQuarter,
    IReadOnlyList<ObjectiveText>? Objectives, IReadOnlyList<MeasureText>? Measures, IReadOnlyList<MilestoneText>? Milestones);

internal sealed record ObjectiveText(string? Code, string? Chapter, string? Section, string? Title, int Weight);

/// <param name="Lead">Code of the lead unit.</param>
/// <param name="Support">Codes of the supporting units.</param>
internal sealed record MeasureText(
    string? Code, string? Objective, string? Section, string? Title, string? Text, string? Lead, IReadOnlyList<string>? Support, string? Benefit,
    string? Kind, int Weight);

internal sealed record MilestoneText(string? Code, string? Measure, Period Quarter, string? Title, int Weight);

using Lodestone.Kernel.Calendar;

namespace Lodestone.Coordination.Plans;

/// <summary>A whole plan as a city writes it; the shape of <c>POST /api/plans</c>.</summary>
/// <param name="Kind">action | special | annual for a plan under another.</param>
/// <param name="Parent">Code of the plan that it carries out.</param>
internal sealed record PlanText(
    string? Code, string? Name, string? DocumentNumber, string? Organisation, Period FirstQuarter, Period LastQuarter,
    IReadOnlyList<ObjectiveText>? Objectives, IReadOnlyList<MeasureText>? Measures, IReadOnlyList<MilestoneText>? Milestones,
    IReadOnlyList<GroupText>? Groups = null, IReadOnlyList<ContactText>? Contacts = null, string? Kind = null, string? Parent = null);

internal sealed record ObjectiveText(string? Code, string? Chapter, string? Section, string? Title, int Weight);

/// <param name="Lead">Code of the lead unit.</param>
/// <param name="Support">Codes of the supporting units.</param>
/// <param name="Carries">Code of the measure of the plan above that it carries on.</param>
internal sealed record MeasureText(
    string? Code, string? Objective, string? Section, string? Title, string? Text, string? Lead, IReadOnlyList<string>? Support, string? Benefit,
    string? Kind, int Weight, string? Carries = null);

internal sealed record MilestoneText(string? Code, string? Measure, Period Quarter, string? Title, int Weight);

/// <param name="Host">Code of the unit where the group sits.</param>
/// <param name="Members">Codes of the member units in order.</param>
internal sealed record GroupText(
    string? Code, string? Kind, string? Name, string? Host, IReadOnlyList<string>? Members, string? Person, string? Phone);

/// <param name="Unit">Code of the unit.</param>
internal sealed record ContactText(string? Unit, string? Person, string? Phone);

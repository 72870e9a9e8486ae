namespace Lodestone.Coordination.Meetings;

/// <summary>
/// Everything a half-yearly report counts, kept when it goes to review: approved values only, each figure with the number of its source. Pure data.
/// </summary>
/// <param name="AsOf">The moment whose approvals count.</param>
/// <param name="Quarters">The two of the half-year, as codes of periods.</param>
internal sealed record ReportFigures(
    DateTimeOffset AsOf, IReadOnlyList<string> Quarters, IReadOnlyList<IndicatorFigures> Indicators, OrderFigures Orders, IReadOnlyList<GradeFigures> Grades,
    IReadOnlyList<SourceFigures> Sources);

/// <summary>An indicator by district and quarter, in whole smallest units.</summary>
/// <param name="Rows">Of the districts, then of what stands under the city itself.</param>
/// <param name="City">The sum of the rows.</param>
/// <param name="Reporters">How many units are approved in each quarter: a total of half of them is no fall.</param>
/// <param name="SameReporters">The same units in both quarters: A to E against B to F is no growth. Null in figures kept before it was counted.</param>
/// <param name="Trend">City totals of the quarters up to the half-year's last that has any, oldest first.</param>
internal sealed record IndicatorFigures(
    string Code, string Name, string Unit, int Decimals, IReadOnlyList<RowFigures> Rows, RowFigures City, IReadOnlyList<int> Reporters, CitedFigure? Target,
    IReadOnlyList<TrendFigure> Trend, bool? SameReporters = null);

/// <param name="Values">By quarter of the half-year.</param>
internal sealed record RowFigures(string Name, IReadOnlyList<CitedFigure> Values);

internal sealed record TrendFigure(string Quarter, CitedFigure Total);

/// <summary>A figure and what it rests on.</summary>
/// <param name="Value">Whole smallest units; null where nothing is approved.</param>
/// <param name="Sources">Numbers in the list of sources; several for a sum.</param>
internal sealed record CitedFigure(long? Value, IReadOnlyList<int> Sources);

/// <summary>A numbered source: one district's figure of one quarter with the values it sums, or a target.</summary>
/// <param name="Kind"><c>values</c> or <c>target</c>.</param>
internal sealed record SourceFigures(int Number, string Kind, string Indicator, string Unit, string Period, long Value, IReadOnlyList<ValueReference> Values);

/// <summary>An observation or a target version.</summary>
/// <param name="Hash">SHA-256 of the observation; of a target its version.</param>
internal sealed record ValueReference(long Id, string Hash);

/// <summary>How the supervision orders of the half-year did.</summary>
internal sealed record OrderFigures(int Due, int InTime, int Late, int Overdue, IReadOnlyList<string> OverdueUnits);

/// <summary>A released grade.</summary>
internal sealed record GradeFigures(string Quarter, string Unit, decimal Total, string Grade);

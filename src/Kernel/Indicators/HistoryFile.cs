using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Kernel.Indicators;

/// <summary>One indicator of one organisation in one period.</summary>
public readonly record struct CellKey(long Indicator, long Organisation, Period Period);

/// <summary>The newest revision of a cell.</summary>
public sealed record NewestCell(long Id, int Revision, long Value, long CaseId, string Hash);

/// <summary>A value taken from a published or archived source.</summary>
/// <param name="Value">Whole smallest units.</param>
/// <param name="Before">The revision that it follows; null for a cell's first value.</param>
public readonly record struct HistoryCell(Indicator Indicator, Period Period, long Value, NewestCell? Before);

/// <summary>A unit's values of an ended year from one source. The source stands in place of the approvals, so the case names it.</summary>
/// <param name="Case">Whose final approval makes the values count.</param>
public sealed record HistoryFile(CaseView Case, Organisation Organisation, int Year, string Source, IReadOnlyList<HistoryCell> Cells);

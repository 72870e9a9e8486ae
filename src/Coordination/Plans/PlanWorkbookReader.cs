using Lodestone.Kernel;
using Lodestone.Kernel.Documents;

namespace Lodestone.Coordination.Plans;

/// <summary>Reads a plan's workbook that somebody sends.</summary>
internal static class PlanWorkbookReader
{
    /// <summary>A large city plan has 4,000 milestones.</summary>
    private const int MostRows = 20_000;

    /// <summary>The rows of every known sheet; empty rows are left out.</summary>
    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">Those of <see cref="SheetTable.Read"/>; <c>plan.file-sheet</c>, <c>plan.file-heads</c>, <c>plan.file-rows</c></exception>
    public static IReadOnlyList<SheetLine> Read(Stream content) =>
        SheetTable.Read(content, PlanWorkbook.Sheets, MostRows, new("plan.file-sheet", "plan.file-heads", "plan.file-rows"));
}

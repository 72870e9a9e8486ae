using Lodestone.Kernel.Documents;

namespace Lodestone.Coordination.Plans;

/// <summary>Writes a plan's workbook: one sheet a table, and, when rows were rejected, the reason beside each of them.</summary>
internal static class PlanWorkbookWriter
{
    private const string Code = "代码";
    private const string Name = "名称";

    private static readonly SheetLook s_look = new(
        new Dictionary<string, double>
        {
            [Name] = 36,
            ["内容"] = 50,
            ["指标解释"] = 60,
            ["配合单位"] = 50,
            ["成员单位"] = 60,
            ["牵头单位"] = 28,
            ["设在"] = 28,
            ["责任单位"] = 28,
            ["单位"] = 28,
        },
        UsualWidth: 14, ReasonWidth: 60, Numbers: ["权重", "小数位", "目标值"]);

    /// <param name="rows">Rows of every sheet in order.</param>
    /// <param name="units">Codes and names for the sheet where units are looked up.</param>
    /// <param name="reasons">The reason of each rejected row by sheet and number; null for a plain workbook.</param>
    public static async Task<MemoryStream> WriteAsync(
        IEnumerable<SheetLine> rows, IReadOnlyList<(string Code, string Name)> units, IReadOnlyDictionary<(string Sheet, int Number), string>? reasons,
        CancellationToken cancel = default) => new(await SheetTableWriter.WriteAsync(
            PlanWorkbook.Sheets,
            rows.Concat(units.Select((unit, index) => new SheetLine(PlanWorkbook.Units, index + 2, new Dictionary<string, string> { [Code] = unit.Code, [Name] = unit.Name }))),
            reasons, s_look, new SheetLayout(PlanWorkbook.Units, [Code, Name], Required: false), cancel));
}

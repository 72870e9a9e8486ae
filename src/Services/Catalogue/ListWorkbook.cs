using Lodestone.Kernel;
using Lodestone.Kernel.Documents;

namespace Lodestone.Services.Catalogue;

/// <summary>
/// The layout of a list's workbook, written and read. Its words are part of the file's format and stay Chinese in every language of the pages,
/// so that a file made in one can be read in the other. Nothing in a sent file is believed.
/// </summary>
internal static class ListWorkbook
{
    public const string Entries = "清单";
    public const string Materials = "材料";

    private const int MostRows = 20_000;

    private static readonly SheetLook s_look = new(
        new Dictionary<string, double> { ["名称"] = 40, ["材料名称"] = 40, ["依据"] = 40, ["内容"] = 40, ["环节"] = 40 }, UsualWidth: 12, ReasonWidth: 40, Numbers: []);

    public static IReadOnlyList<SheetLayout> Sheets { get; } =
    [
        new(Entries,
        [
            "编码", "清单", "名称", "类别", "依据", "内容", "法定时限", "承诺时限", "即办", "补正时限", "环节", "特别程序", "收费", "并联部门", "下放区县", "改革前环节", "改革前材料", "改革前天数",
        ], true),
        new(Materials, ["编码", "材料编码", "材料名称", "等级", "必交", "可容缺", "可承诺", "有效月数"], false),
    ];

    /// <param name="reasons">The reason of each rejected row by sheet and number; null for a plain workbook.</param>
    public static Task<byte[]> WriteAsync(IEnumerable<SheetLine> rows, IReadOnlyDictionary<(string Sheet, int Number), string>? reasons, CancellationToken cancel = default) =>
        SheetTableWriter.WriteAsync(Sheets, rows, reasons, s_look, cancel: cancel);

    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">Those of <see cref="SheetTable.Read"/>; <c>list.file-sheet</c>, <c>list.file-heads</c>, <c>list.file-rows</c></exception>
    public static IReadOnlyList<SheetLine> Read(Stream content) => SheetTable.Read(content, Sheets, MostRows, new("list.file-sheet", "list.file-heads", "list.file-rows"));
}

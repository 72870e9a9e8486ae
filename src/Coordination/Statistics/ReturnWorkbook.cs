namespace Lodestone.Coordination.Statistics;

/// <summary>
/// The layout of a return's workbook, written and read. Its words are part of the file's format and stay Chinese in every
/// language of the pages, so that a file made in one can be read in the other.
/// </summary>
internal static class ReturnWorkbook
{
    public const string Sheet = "填报";

    /// <summary>First cell of the row by which a machine knows whose return it is; form, unit and period follow it.</summary>
    public const string Mark = "lodestone-return";

    /// <summary>The row of the mark, from 1.</summary>
    public const int MarkRow = 5;

    /// <summary>The row of the heads, from 1.</summary>
    public const int HeadRow = 6;

    public const string Code = "代码";
    public const string Name = "指标";
    public const string Unit = "单位";
    public const string Decimals = "小数位";
    public const string Value = "本期数";
    public const string Explanation = "说明";

    /// <summary>Only in the workbook that brings refused rows back.</summary>
    public const string Reason = "没有收下的原因";

    /// <summary>The most digits that a spreadsheet keeps in a number.</summary>
    public const int KeptDigits = 15;

    public static IReadOnlyList<string> Heads { get; } = [Code, Name, Unit, Decimals, Value, Explanation];
}

/// <summary>A row as the reader found it.</summary>
/// <param name="Row">As the spreadsheet counts, from 1.</param>
/// <param name="Fault">Code of what is wrong with the cell itself; null when it can be judged.</param>
/// <param name="Shown">The value as the person sees it, for the workbook that goes back.</param>
internal sealed record WorkbookRow(int Row, string Indicator, string? Number, string? Explanation, string? Fault, string Shown);

/// <summary>What a workbook holds.</summary>
/// <param name="Unread">The first row that was not looked at, when there are more rows than any form has; null otherwise.</param>
internal sealed record WorkbookContent(string Form, string Organisation, string Period, IReadOnlyList<WorkbookRow> Rows, int? Unread);

/// <summary>A row that was not taken.</summary>
internal sealed record RefusedRow(int Row, string Indicator, string Code, string Message);

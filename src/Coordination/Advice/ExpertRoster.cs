using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;

namespace Lodestone.Coordination.Advice;

/// <summary>
/// The layout of the committee's roster (专家名册) as a workbook, written and read. Its words are part of the file's format and stay Chinese in every
/// language of the pages, so that a file made in one can be read in the other. Nothing in a sent file is believed.
/// </summary>
internal static class ExpertRoster
{
    public const string Sheet = "专家名册";
    public const string Committee = "委员会代码";
    public const string Account = "账号";

    /// <summary>The account's own; shown, never read.</summary>
    public const string Name = "姓名";

    public const string Employer = "工作单位";
    public const string EmployerCode = "单位代码";
    public const string Fields = "专业领域";
    public const string From = "任期起";
    public const string Until = "任期止";

    /// <summary>Empty for a new expert.</summary>
    public const string Version = "版本";

    /// <summary>Experts in one workbook, either way.</summary>
    public const int MostExperts = 5000;

    private static readonly string[] s_days = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"];

    public static IReadOnlyList<string> Heads { get; } = [Committee, Account, Name, Employer, EmployerCode, Fields, From, Until, Version];

    private static readonly SheetLayout[] s_layouts = [new(Sheet, Heads, true)];

    private static readonly SheetLook s_look = new(
        new Dictionary<string, double> { [Employer] = 36, [Fields] = 36 }, UsualWidth: 14, ReasonWidth: 36, Numbers: []);

    /// <param name="kept">Whether the reader keeps this roster: accounts, codes and versions are for whoever may send it back.</param>
    public static SheetLine Of(RosterLine line, int number, bool kept) => new(Sheet, number, new Dictionary<string, string>
    {
        [Committee] = line.Committee,
        [Account] = kept ? line.Account : "",
        [Name] = line.Row.Name,
        [Employer] = line.Row.Employer,
        [EmployerCode] = kept ? line.HouseCode ?? "" : "",
        [Fields] = line.Row.Fields,
        [From] = line.Row.TermFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [Until] = line.Row.TermUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [Version] = kept ? line.Row.Version.ToString(CultureInfo.InvariantCulture) : "",
    });

    /// <summary>The row as the office enters an expert; an empty day is null.</summary>
    /// <exception cref="Refusal"><c>advice.row-day</c></exception>
    public static ExpertText Text(SheetLine row) =>
        new(row[Committee], row[Account], row[Employer], row[EmployerCode], row[Fields], Day(row, From), Day(row, Until));

    /// <param name="reasons">The reason of each rejected row by number; null for a plain workbook.</param>
    public static Task<byte[]> WriteAsync(IEnumerable<SheetLine> rows, IReadOnlyDictionary<int, string>? reasons, CancellationToken cancel = default) =>
        SheetTableWriter.WriteAsync(s_layouts, rows, reasons?.ToDictionary(reason => (Sheet, reason.Key), reason => reason.Value), s_look, cancel: cancel);

    /// <summary>The rows in their order; empty ones are left out.</summary>
    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">Those of <see cref="SheetTable.Read"/>; <c>advice.file-sheet</c>, <c>advice.file-heads</c>, <c>advice.file-rows</c></exception>
    public static IReadOnlyList<SheetLine> Read(Stream content) =>
        SheetTable.Read(content, s_layouts, MostExperts + 1, new("advice.file-sheet", "advice.file-heads", "advice.file-rows"));

    private static DateOnly? Day(SheetLine row, string head) =>
        row[head].Length == 0 ? null
        : DateOnly.TryParseExact(row[head], s_days, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw new Refusal("advice.row-day", 422, head, row[head]);
}

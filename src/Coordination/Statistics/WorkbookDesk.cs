using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Statistics;

/// <summary>What became of an uploaded workbook.</summary>
/// <param name="Taken">Cells that were saved, as one save.</param>
/// <param name="WorkbookUrl">The refused rows as a workbook, each with its reason; kept as evidence of the unit.</param>
internal sealed record Upload(int Taken, string Stage, long Version, IReadOnlyList<RefusedRow> Refused, string? WorkbookUrl);

/// <summary>Takes from a workbook what is right and brings back the rest. Written by the next save.</summary>
internal sealed class WorkbookDesk(ReturnReading reading, ReturnDesk desk, EvidenceStore evidence, Words words)
{
    /// <summary>The template with the values and explanations that stand now.</summary>
    public async Task<MemoryStream> TemplateAsync(ReturnFile file, CancellationToken cancel = default)
    {
        IReadOnlyDictionary<long, Observation> newest = await reading.NewestAsync(file, cancel);
        IReadOnlyDictionary<long, CellExplanation> explanations = await reading.ExplanationsAsync(file, cancel);
        return await WriteAsync(file,
        [
            .. file.Indicators.Where(row => !file.IsLocked(row)).Select(row => new WorkbookLine(
                row, row.Code, newest.GetValueOrDefault(row.Id)?.Value, "", explanations.GetValueOrDefault(row.Id)?.Text, null)),
        ], reasons: false, cancel);
    }

    /// <param name="seen">The version that the uploader last read.</param>
    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">
    /// Those of <see cref="WorkbookReader.Read"/> and of <see cref="ReturnDesk.RequireOpen"/>; <c>workbook.other-return</c>: it is another form's,
    /// unit's or period's.
    /// </exception>
    public async Task<Upload> TakeAsync(ReturnFile file, long seen, Stream content, CancellationToken cancel = default)
    {
        CellOwner owner = desk.RequireOpen(file, seen);
        WorkbookContent sent = WorkbookReader.Read(content, file.Indicators.Count);
        if ((sent.Form, sent.Organisation, sent.Period) != (file.Form.Code, file.Organisation.Code, file.Period.ToString()))
        {
            throw new Refusal("workbook.other-return", 422, sent.Form, sent.Organisation, sent.Period);
        }

        JudgedCells judged = await desk.JudgeAsync(
            file, [.. sent.Rows.Where(row => row.Fault is null).Select(row => new StatedCell(row.Indicator, row.Number, row.Explanation))], cancel);
        List<RefusedRow> refused = Refused(file, sent, judged);
        JudgedCells taken = Without(file, judged, refused);
        int count = taken.Values.Keys.Union(taken.Explanations.Keys).Count();
        CaseView? saved = count == 0 ? null : await desk.WriteAsync(file, owner, taken, cancel);
        string? address = refused.Count == 0 ? null : await BringBackAsync(file, sent, refused, cancel);
        return new Upload(count, saved?.Stage ?? file.Stage, saved?.Version ?? file.Version, refused, address);
    }

    /// <summary>Each refused row once, in the order of the sheet. Of a cell that is stated twice every row is refused.</summary>
    private List<RefusedRow> Refused(ReturnFile file, WorkbookContent sent, JudgedCells judged)
    {
        ILookup<string, CellRefusal> reasons = judged.Refused.ToLookup(cell => cell.Indicator);
        HashSet<string> doubled = [.. sent.Rows.GroupBy(row => row.Indicator).Where(rows => rows.Count() > 1).Select(rows => rows.Key)];
        var refused = new List<RefusedRow>();
        foreach (WorkbookRow row in sent.Rows)
        {
            string name = file.Find(row.Indicator)?.Name ?? row.Indicator;
            CellRefusal? reason = doubled.Contains(row.Indicator) && file.Find(row.Indicator) is not null
                ? new CellRefusal(row.Indicator, CellJudge.DuplicateCell, name)
                : row.Fault is { } fault ? new CellRefusal(row.Indicator, fault, name, row.Shown, ReturnWorkbook.KeptDigits)
                : reasons[row.Indicator].FirstOrDefault();
            if (reason is not null)
            {
                refused.Add(new RefusedRow(row.Row, row.Indicator, reason.Code, words.Say(reason.Code, reason.Figures)));
            }
        }

        if (sent.Unread is { } unread)
        {
            refused.Add(new RefusedRow(unread, "", "workbook.rows-beyond", words.Say("workbook.rows-beyond", unread)));
        }

        return refused;
    }

    private static JudgedCells Without(ReturnFile file, JudgedCells judged, List<RefusedRow> refused)
    {
        HashSet<long> dropped = [.. refused.Select(row => file.Find(row.Indicator)?.Id).OfType<long>()];
        return new JudgedCells(
            judged.Values.Where(cell => !dropped.Contains(cell.Key)).ToDictionary(),
            judged.Explanations.Where(cell => !dropped.Contains(cell.Key)).ToDictionary(), []);
    }

    private async Task<string> BringBackAsync(ReturnFile file, WorkbookContent sent, List<RefusedRow> refused, CancellationToken cancel)
    {
        Dictionary<int, WorkbookRow> rows = sent.Rows.ToDictionary(row => row.Row);
        await using MemoryStream book = await WriteAsync(file,
        [
            .. refused.Where(row => rows.ContainsKey(row.Row)).Select(row => new WorkbookLine(
                file.Find(row.Indicator), row.Indicator, null, rows[row.Row].Shown, rows[row.Row].Explanation, row.Message)),
        ], reasons: true, cancel);
        EvidenceFile kept = await evidence.AddAsync(
            file.Organisation.Id, $"{file.Form.Code}-{file.Organisation.Code}-{file.Period}-refused.xlsx", book, file.Form.Sensitivity, cancel);
        return string.Create(CultureInfo.InvariantCulture, $"/api/evidence/{kept.Id}");
    }

    private static async Task<MemoryStream> WriteAsync(
        ReturnFile file, IReadOnlyList<WorkbookLine> lines, bool reasons, CancellationToken cancel)
    {
        var book = new MemoryStream();
        await WorkbookWriter.WriteAsync(book, file, file.Period.Label(CultureInfo.GetCultureInfo("zh-CN")), lines, reasons, cancel);
        book.Position = 0;
        return book;
    }
}

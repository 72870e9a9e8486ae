using System.Globalization;
using System.Text.Json;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>What somebody wants to import.</summary>
/// <param name="Source">Of a history: the yearbook and page, the archive and number.</param>
/// <param name="Content">Seekable.</param>
internal sealed record ImportRequest(string? Kind, ImportLayout Layout, string? Source, string? Encoding, string FileName, Stream Content);

/// <summary>Checks a file and stores what is right in it. Everything here is written by the next save, which is one transaction.</summary>
internal sealed class ImportDesk(
    PlatformDb db, ImportReading reading, EvidenceStore evidence, ObservationBook observations, ReturnDesk returns, CaseDesk cases, Ids ids, Words words,
    TimeProvider clock)
{
    /// <summary>So many refused rows are shown at once.</summary>
    private const int Shown = 50;

    private const int LongestReason = 500;

    /// <summary>Checks a file and keeps it, with what storing it would do. Stores no value.</summary>
    /// <exception cref="Refusal">
    /// Those of <see cref="ImportReading"/>; <c>import.source-missing</c>: a history names none; <c>import.source-too-long</c>
    /// </exception>
    public async Task<Import> CheckAsync(ImportRequest asked, CancellationToken cancel = default)
    {
        Grant seat = reading.SeatOf(asked.Kind);
        string source = asked.Source?.Trim() ?? "";
        if (asked.Kind == ImportKind.History && source.Length == 0)
        {
            throw new Refusal("import.source-missing");
        }

        if (source.Length > Import.LongestSource)
        {
            throw new Refusal("import.source-too-long", 422, Import.LongestSource);
        }

        asked.Layout.RequireWhole();
        JudgedImport judged = await reading.JudgeAsync(asked.Kind!, asked.Layout, asked.Encoding, asked.Content, null, cancel);
        string name = KeptName(asked);
        asked.Content.Position = 0;
        EvidenceFile kept = await evidence.AddAsync(seat.OrganisationId, name, asked.Content, cancel: cancel);
        var import = new Import
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = seat.OrganisationId,
            Kind = asked.Kind!,
            Layout = JsonSerializer.Serialize(asked.Layout, Json.Options),
            Source = source,
            Encoding = asked.Encoding,
            FileName = Path.GetFileName(asked.FileName),
            EvidenceId = kept.Id,
            CheckedAt = clock.Instant(),
            CheckedBy = db.Actor.UserId,
        };
        await EnterAsync(import, asked.Layout, judged, asked.Content, cancel);
        db.Add(import);
        db.Audit("import.check", new Subject(Import.SubjectKind, import.Id), import.OrganisationId, import.Id, null, $"{import.Kind} {kept.Sha256}");
        return import;
    }

    /// <summary>Reads the kept file again and stores what differs from what stands now.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>import.stored</c>, and those of the check</exception>
    public async Task<Import> StoreAsync(long id, ImportProgress? progress = null, CancellationToken cancel = default)
    {
        Import import = await OwnAsync(id, cancel);
        if (import.StoredAt is not null)
        {
            throw new Refusal("import.stored", 422, import.FileName);
        }

        ImportLayout layout = LayoutOf(import);
        (EvidenceFile _, Stream content) = await evidence.OpenAsync(import.EvidenceId, cancel);
        await using (content)
        {
            progress?.Begin(ImportProgress.Reading, import.SheetRows);
            JudgedImport judged = await reading.JudgeAsync(import.Kind, layout, import.Encoding, content, progress, cancel);
            progress?.Begin(ImportProgress.Storing, judged.Changed.Count);
            await EnterAsync(import, layout, judged, content, cancel);
            await (import.Kind == ImportKind.History ? StoreHistoryAsync(import, judged, progress, cancel) : StoreReturnsAsync(judged, cancel));
        }

        import.StoredAt = clock.Instant();
        db.Audit("import.store", new Subject(Import.SubjectKind, import.Id), import.OrganisationId, await ids.NextAsync(cancel), null,
            string.Create(CultureInfo.InvariantCulture, $"+{import.FreshCells} ~{import.ChangedCells} ={import.SameCells} -{import.RefusedRows}"));
        return import;
    }

    /// <summary>Takes a stored history back as a whole; the revisions stay and no longer count.</summary>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, <c>import.not-withdrawable</c>, <c>import.reason-missing</c>, <c>observation.in-use</c>
    /// </exception>
    public async Task<Import> WithdrawAsync(long id, string? reason, CancellationToken cancel = default)
    {
        Import import = await OwnAsync(id, cancel);
        if (import is not { Kind: ImportKind.History, StoredAt: not null, WithdrawnAt: null })
        {
            throw new Refusal("import.not-withdrawable", 422, import.FileName);
        }

        string why = string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason
            ? throw new Refusal("import.reason-missing", 422, LongestReason)
            : reason.Trim();
        foreach (long file in await db.Set<HistoryYear>().Where(row => row.ImportId == id).Select(row => row.CaseId).ToListAsync(cancel))
        {
            CaseView recorded = await cases.ReadAsync(file, cancel);
            await cases.MoveAsync(recorded, recorded.Version, HistoryProcedure.Withdraw, why, cancel);
            await observations.WithdrawAsync(recorded, ObservationBook.HistoryLevel, cancel);
        }

        import.WithdrawnAt = clock.Instant();
        db.Audit("import.withdraw", new Subject(Import.SubjectKind, import.Id), import.OrganisationId, await ids.NextAsync(cancel), null, why);
        return import;
    }

    public static ImportLayout LayoutOf(Import import) => JsonSerializer.Deserialize<ImportLayout>(import.Layout, Json.Options)!;

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>import.stored</c></exception>
    public async Task RequireOwnAsync(long id, CancellationToken cancel = default)
    {
        if ((await OwnAsync(id, cancel)) is { StoredAt: not null } stored)
        {
            throw new Refusal("import.stored", 422, stored.FileName);
        }
    }

    private async Task<Import> OwnAsync(long id, CancellationToken cancel)
    {
        Import import = await db.Set<Import>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        return reading.SeatOf(import.Kind).OrganisationId == import.OrganisationId ? import : throw Refusal.Role();
    }

    /// <summary>Writes down what the check found, and brings the refused rows back.</summary>
    private async Task EnterAsync(Import import, ImportLayout layout, JudgedImport judged, Stream content, CancellationToken cancel)
    {
        (import.SheetRows, import.FreshCells, import.ChangedCells, import.SameCells) = (judged.Rows, judged.Fresh, judged.Altered, judged.Same);
        ILookup<int, RowRefusal> refused = judged.Refused.ToLookup(row => row.Row);
        import.RefusedRows = refused.Count;
        import.FirstRefusals = JsonSerializer.Serialize(judged.Refused.OrderBy(row => row.Row).Take(Shown)
            .Select(row => new RefusedRow(row.Row, "", row.Code, words.Say(row.Code, row.Figures))), Json.Options);
        import.RefusedId = null;
        if (refused.Count > 0)
        {
            using SheetSource source = SheetSource.Open(content, layout.Sheet, import.Encoding);
            await using MemoryStream book = await RefusedSheet.WriteAsync(source, layout, row =>
                string.Join('；', refused[row].Select(reason => words.Say(reason.Code, reason.Figures)).Distinct()), cancel);
            import.RefusedId = (await evidence.AddAsync(
                import.OrganisationId, $"{Path.GetFileNameWithoutExtension(import.FileName)}-refused.xlsx", book, cancel: cancel)).Id;
        }
    }

    private async Task StoreHistoryAsync(Import import, JudgedImport judged, IProgress<int>? progress, CancellationToken cancel)
    {
        var files = new List<HistoryFile>();
        foreach (IGrouping<(Organisation Unit, int Year), ChangedCell> year in judged.Changed.GroupBy(cell => (cell.Cell.Organisation.Value, cell.Cell.Period.Year)))
        {
            (Organisation unit, int number) = year.Key;
            long id = await ids.NextAsync(cancel);
            CaseView found = await cases.OpenAsync(HistoryProcedure.History, new Subject(HistoryYear.SubjectKind, id), unit.Id, unit.Path,
                words.Say("history.title", unit.Name, number), cancel);
            CaseView recorded = await cases.MoveAsync(found, found.Version, HistoryProcedure.Record, import.Source, cancel);
            db.Add(new HistoryYear { Id = id, ImportId = import.Id, OrganisationId = unit.Id, Year = number, CaseId = recorded.Id });
            files.Add(new HistoryFile(recorded, unit, number, import.Source,
                [.. year.Select(cell => new HistoryCell(cell.Cell.Indicator.Value, cell.Cell.Period, cell.Cell.Value, cell.Before))]));
        }

        if (files.Count > 0)
        {
            await observations.RecordHistoryAsync(files, progress, cancel);
        }
    }

    private async Task StoreReturnsAsync(JudgedImport judged, CancellationToken cancel)
    {
        foreach (ImportedReturn one in judged.Returns)
        {
            await returns.WriteAsync(one.File, returns.RequireOpen(one.File, one.File.Version), one.Judged, cancel);
        }
    }

    /// <summary>The evidence store knows a file by its ending; a text file may have come under any.</summary>
    private static string KeptName(ImportRequest asked)
    {
        string name = Path.GetFileNameWithoutExtension(asked.FileName);
        return name + WorkbookSafety.FormatOf(asked.Content) switch
        {
            SheetFormat.Zip => ".xlsx",
            SheetFormat.Compound => ".xls",
            _ => ".csv",
        };
    }
}

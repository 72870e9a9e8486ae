using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>A cell that differs from what stands, with the revision that it will follow.</summary>
internal readonly record struct ChangedCell(ImportedCell Cell, NewestCell? Before);

/// <summary>The cells of one return that an import fills in.</summary>
internal sealed record ImportedReturn(ReturnFile File, JudgedCells Judged);

/// <summary>What would be stored now, and what would not.</summary>
/// <param name="Same">Cells that already stand as stated.</param>
/// <param name="Refused">By row.</param>
/// <param name="Changed">Of a history.</param>
/// <param name="Returns">Of returns; only those in which something changes.</param>
internal sealed record JudgedImport(
    int Rows, int Fresh, int Altered, int Same, IReadOnlyList<RowRefusal> Refused, IReadOnlyList<ChangedCell> Changed,
    IReadOnlyList<ImportedReturn> Returns);

/// <summary>Judges a sheet against what stands within the importer's scope. Writes nothing.</summary>
internal sealed class ImportReading(PlatformDb db, ObservationBook observations, ReturnReading reading, ReturnDesk returns, Words words, TimeProvider clock)
{
    /// <summary>So many returns are written in one import.</summary>
    private const int MostReturns = 500;

    /// <summary>The grant by which the actor imports, and so the organisation that keeps the import.</summary>
    /// <exception cref="Refusal"><c>import.kind</c>, <c>access.role</c></exception>
    public Grant SeatOf(string? kind)
    {
        string role = kind switch
        {
            ImportKind.History => StatisticsModule.Reviewer,
            ImportKind.Return => Role.Reporter,
            _ => throw new Refusal("import.kind", 422, kind ?? "", string.Join(' ', ImportKind.All)),
        };
        return db.Actor.Grants.FirstOrDefault(grant => grant.Role == role) ?? throw Refusal.Role();
    }

    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">Those of <see cref="SheetSource.Open"/> and <see cref="SheetHeads.Find"/>; <c>import.too-many-returns</c></exception>
    public async Task<JudgedImport> JudgeAsync(
        string kind, ImportLayout layout, string? encoding, Stream content, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ImportGround ground = await GroundAsync(kind, cancel);
        CheckedSheet sheet;
        using (SheetSource source = SheetSource.Open(content, layout.Sheet, encoding))
        {
            sheet = new ImportCheck(layout, ground).Run(source, progress);
        }

        return kind == ImportKind.History ? await HistoryAsync(sheet, cancel) : await ReturnsAsync(sheet, ground, cancel);
    }

    private async Task<JudgedImport> HistoryAsync(CheckedSheet sheet, CancellationToken cancel)
    {
        if (sheet.Cells.Count == 0)
        {
            return new JudgedImport(sheet.Rows, 0, 0, 0, sheet.Refused, [], []);
        }

        Dictionary<CellKey, NewestCell> newest = await observations.NewestAsync(
            sheet.Cells.Select(cell => cell.Indicator.Value.Id).ToHashSet(), sheet.Cells.Select(cell => cell.Organisation.Value.Id).ToHashSet(),
            sheet.Cells.MinBy(cell => cell.Period.Code).Period, sheet.Cells.MaxBy(cell => cell.Period.Code).Period, cancel);
        HashSet<long> history = newest.Count == 0 ? [] : await db.Set<HistoryYear>().Select(row => row.CaseId).ToHashSetAsync(cancel);
        var changed = new List<ChangedCell>();
        int fresh = 0;
        int same = 0;
        foreach (ImportedCell cell in sheet.Cells)
        {
            NewestCell? before = newest.Count == 0 ? null : newest.GetValueOrDefault(cell.Key);
            if (before is not null && !history.Contains(before.CaseId))
            {
                // What the owner itself reported stands above any source.
                sheet.Refused.Add(new RowRefusal(cell.Row, "import.cell-reported", cell.Organisation.Value.Name, cell.Indicator.Value.Name, cell.Period.ToString()));
            }
            else if (before?.Value == cell.Value)
            {
                same++;
            }
            else
            {
                fresh += before is null ? 1 : 0;
                changed.Add(new ChangedCell(cell, before));
            }
        }

        return new JudgedImport(sheet.Rows, fresh, changed.Count - fresh, same, sheet.Refused, changed, []);
    }

    private async Task<JudgedImport> ReturnsAsync(CheckedSheet sheet, ImportGround ground, CancellationToken cancel)
    {
        var groups = sheet.Cells
            .GroupBy(cell => (Form: ground.Asked![(cell.Indicator.Value.Id, cell.Organisation.Value.Id)].Code, Unit: cell.Organisation.Value.Code, cell.Period)).ToList();
        if (groups.Count > MostReturns)
        {
            throw new Refusal("import.too-many-returns", 422, MostReturns);
        }

        var taken = new List<ImportedReturn>();
        (int fresh, int altered, int same) = (0, 0, 0);
        foreach (var group in groups)
        {
            ReturnFile file = await reading.FindAsync(group.Key.Form, group.Key.Unit, group.Key.Period, cancel);
            if (file.Stage != ReturnStage.Draft)
            {
                sheet.Refused.AddRange(group.Select(cell => new RowRefusal(
                    cell.Row, "import.period-closed", file.Organisation.Name, file.Period.ToString(), words.Say($"stage.{file.Stage}"))));
                continue;
            }

            IReadOnlyDictionary<long, Observation> newest = await reading.NewestAsync(file, cancel);
            ILookup<string, ImportedCell> rows = group.ToLookup(cell => cell.Indicator.Value.Code);
            JudgedCells judged = await returns.JudgeAsync(file, [.. group.Select(Stated)], cancel);
            sheet.Refused.AddRange(judged.Refused.SelectMany(refusal => rows[refusal.Indicator].Select(cell => new RowRefusal(cell.Row, refusal.Code, refusal.Figures))));
            int first = judged.Values.Count(cell => !newest.ContainsKey(cell.Key));
            int unchanged = judged.Values.Count(cell => newest.GetValueOrDefault(cell.Key)?.Value == cell.Value);
            (fresh, altered, same) = (fresh + first, altered + judged.Values.Count - first - unchanged, same + unchanged);
            if (judged.Values.Count > unchanged || judged.Explanations.Count > 0)
            {
                taken.Add(new ImportedReturn(file, judged));
            }
        }

        return new JudgedImport(sheet.Rows, fresh, altered, same, sheet.Refused, [], taken);
    }

    private static StatedCell Stated(ImportedCell cell) => new(cell.Indicator.Value.Code,
        Quantity.FromUnits(cell.Value, cell.Indicator.Value.Decimals).ToString(System.Globalization.CultureInfo.InvariantCulture), cell.Explanation);

    private async Task<ImportGround> GroundAsync(string kind, CancellationToken cancel)
    {
        List<Organisation> units = (await db.Set<Organisation>().AsNoTracking().Where(row => row.Kind != OrganisationKind.Platform).ToListAsync(cancel))
            .FindAll(row => db.Actor.Sees(row.Path));
        HashSet<long> own = [.. units.Where(row => kind == ImportKind.History
            ? db.Actor.May(StatisticsModule.Reviewer, Seat.Above, row.Path) is not null
            : db.Actor.May(Role.Reporter, Seat.Own, row.Path) is not null).Select(row => row.Id)];
        List<Indicator> indicators = await db.Set<Indicator>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancel);
        return new ImportGround(
            Naming(units, row => [row.Code, row.Name, row.CreditCode]), Naming(indicators, row => [row.Code, row.Name]), own,
            kind == ImportKind.Return ? await AskedAsync(own, cancel) : null, clock.Today());
    }

    /// <summary>A code means its own thing even where it is another's name; a name of two things means neither.</summary>
    private static Dictionary<string, Named<T>?> Naming<T>(List<T> things, Func<T, string?[]> textsOf)
    {
        var named = new Dictionary<string, Named<T>?>(StringComparer.Ordinal);
        List<(Named<T> Thing, string?[] Texts)> all = [.. things.Select((thing, number) => (new Named<T>(thing, number), textsOf(thing)))];
        foreach ((Named<T> thing, string?[] texts) in all)
        {
            named[texts[0]!] = thing;
        }

        HashSet<string> codes = [.. named.Keys];
        foreach ((Named<T> thing, string?[] texts) in all)
        {
            foreach (string text in texts[1..].OfType<string>().Where(text => !codes.Contains(text)))
            {
                named[text] = named.TryGetValue(text, out Named<T>? other) && other != thing ? null : thing;
            }
        }

        return named;
    }

    private async Task<IReadOnlyDictionary<(long, long), Form>> AskedAsync(HashSet<long> own, CancellationToken cancel)
    {
        var rows = await (
            from reporter in db.Set<FormReporter>()
            join line in db.Set<FormIndicator>() on reporter.FormId equals line.FormId
            join form in db.Set<Form>().AsNoTracking() on reporter.FormId equals form.Id
            where own.Contains(reporter.OrganisationId)
            select new { line.IndicatorId, reporter.OrganisationId, form }).ToListAsync(cancel);
        return rows.GroupBy(row => (row.IndicatorId, row.OrganisationId)).ToDictionary(cell => cell.Key, cell => cell.MaxBy(row => row.form.ValidUntil)!.form);
    }
}

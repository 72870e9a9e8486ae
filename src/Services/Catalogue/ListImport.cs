using System.Text.Json;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;

namespace Lodestone.Services.Catalogue;

/// <summary>A row that was not taken.</summary>
internal sealed record RejectedRow(string Sheet, int Row, string Code, string Message);

/// <summary>What became of a list's workbook.</summary>
/// <param name="Changes">Changes that were handed in.</param>
/// <param name="Same">Rows that say what the list says already.</param>
/// <param name="WorkbookUrl">The rejected rows with the reason beside each, kept as evidence of the department.</param>
internal sealed record ListImportReport(IReadOnlyList<long> Changes, int Same, IReadOnlyList<RejectedRow> Rejected, string? WorkbookUrl);

/// <summary>Hands in a change for each row of a workbook that differs from the list. A wrong row comes back with its reason; the others are taken. Written by the next save.</summary>
internal sealed class ListImport(PlatformDb db, OrganisationTree tree, ListChangeDesk desk, ListReading reading, EvidenceStore evidence, Words words, TimeProvider clock)
{
    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">Those of <see cref="ListWorkbook.Read"/>, <c>request.not-found</c>, <c>access.role</c></exception>
    public async Task<ListImportReport> TakeAsync(string? unit, Stream content, CancellationToken cancel = default)
    {
        Organisation department = await tree.FindAsync(unit, cancel);
        if (db.Actor.May(CatalogueModule.Keeper, Seat.Own, department.Path) is null)
        {
            throw Refusal.Role();
        }

        IReadOnlyList<SheetLine> rows = ListWorkbook.Read(content);
        ILookup<string, SheetLine> materials = rows.Where(row => row.Sheet == ListWorkbook.Materials).ToLookup(row => row["编码"]);
        SheetLine[] entries = [.. rows.Where(row => row.Sheet == ListWorkbook.Entries)];
        var changes = new List<long>();
        var reasons = new Dictionary<(string, int), string>();
        var rejected = new List<RejectedRow>();
        var seen = new HashSet<string>();
        int same = 0;
        foreach (SheetLine row in entries)
        {
            try
            {
                EntryText text = seen.Add(row["编码"]) ? EntryRows.Read(row, materials[row["编码"]]) : throw new Refusal("list.row-twice", 422, row["编码"]);
                EntryView? before = await FindAsync(text.Code!, cancel);
                if (before is not null && before.Line.DepartmentId == department.Id && Same(before.Text, text))
                {
                    same++;
                    continue;
                }

                changes.Add((await desk.ProposeAsync(new ChangeRequest(unit, before is null ? ChangeKind.Add : ChangeKind.Alter, before is null ? null : [text.Code!], [text],
                    words.Say("lists.by-workbook", clock.Today())), cancel)).Id);
            }
            catch (Refusal refusal)
            {
                string reason = words.Say(refusal);
                reasons[(row.Sheet, row.Number)] = reason;
                rejected.Add(new RejectedRow(row.Sheet, row.Number, row["编码"], reason));
            }
        }

        foreach (SheetLine row in rows.Where(row => row.Sheet == ListWorkbook.Materials && !seen.Contains(row["编码"])))
        {
            string reason = words.Say("list.row-orphan", row["编码"]);
            reasons[(row.Sheet, row.Number)] = reason;
            rejected.Add(new RejectedRow(row.Sheet, row.Number, row["编码"], reason));
        }

        return new ListImportReport(changes, same, rejected, rejected.Count == 0 ? null : await BringBackAsync(department, rows, reasons, cancel));
    }

    /// <summary>The rejected entries with their materials, so that only these are mended and sent again.</summary>
    private async Task<string> BringBackAsync(Organisation department, IReadOnlyList<SheetLine> rows, Dictionary<(string, int), string> reasons, CancellationToken cancel)
    {
        HashSet<string> codes = [.. rows.Where(row => reasons.ContainsKey((row.Sheet, row.Number))).Select(row => row["编码"])];
        using var content = new MemoryStream(await ListWorkbook.WriteAsync(rows.Where(row => codes.Contains(row["编码"])), reasons, cancel));
        EvidenceFile file = await evidence.AddAsync(department.Id, "清单-没有收下的行.xlsx", content, cancel: cancel);
        return $"/api/evidence/{file.Id}";
    }

    private async Task<EntryView?> FindAsync(string code, CancellationToken cancel)
    {
        try
        {
            return await reading.FindAsync(code, null, cancel);
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Records with lists compare by reference; what they say is the same when it is written the same. Names of units are the platform's own.</summary>
    private static bool Same(EntryText one, EntryText other) => Written(one) == Written(other);

    private static string Written(EntryText text) => JsonSerializer.Serialize(text with
    {
        Parallel = [.. (text.Parallel ?? []).Select(unit => unit with { Name = null })],
        District = text.District is null ? null : text.District with { Name = null },
        Steps = text.Steps ?? [],
        Materials = text.Materials ?? [],
        Specials = text.Specials ?? [],
        Charges = text.Charges ?? [],
    }, Json.Options);
}

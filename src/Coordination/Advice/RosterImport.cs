using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Advice;

/// <summary>A row of a roster that was not taken.</summary>
/// <param name="Row">As the spreadsheet counts, from 1.</param>
internal sealed record RejectedExpert(int Row, string Account, string Message);

/// <summary>What became of a roster.</summary>
/// <param name="Same">Rows that say what the roster says already.</param>
/// <param name="WorkbookUrl">The rejected rows with the reason beside each, kept as evidence of the office; null when all were taken.</param>
internal sealed record RosterReport(int Added, int Changed, int Same, IReadOnlyList<RejectedExpert> Rejected, string? WorkbookUrl);

/// <summary>
/// Adds an expert for each new row of a roster and revises one for each row that differs, by the commands of <see cref="ExpertBook"/>. A wrong row comes
/// back with its reason; the others are taken. Who is not in the file stays. Written by the next save, all of it or nothing.
/// </summary>
internal sealed class RosterImport(PlatformDb db, AdviceReading reading, ExpertBook book, EvidenceStore evidence, Words words)
{
    private enum Fate
    {
        Same,
        Added,
        Changed,
    }

    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">Those of <see cref="ExpertRoster.Read"/>, <c>access.role</c></exception>
    public async Task<RosterReport> TakeAsync(Stream content, CancellationToken cancel = default)
    {
        // Not the committee's: its experts would read accounts in it.
        Grant office = db.Actor.Grants.Where(grant => grant.Role == AdviceModule.Office).OrderBy(grant => grant.OnBehalfOf is not null).FirstOrDefault()
            ?? throw Refusal.Role();
        IReadOnlyList<SheetLine> rows = ExpertRoster.Read(content);
        Dictionary<(long, string), RosterLine> roster = (await reading.RosterAsync(null, cancel))
            .ToDictionary(line => (line.Row.OrganisationId, line.Account.ToUpperInvariant()));
        var seen = new HashSet<(long, string)>();
        var fates = new List<Fate>();
        var reasons = new Dictionary<int, string>();
        foreach (SheetLine row in rows)
        {
            try
            {
                Organisation committee = await book.CommitteeAsync(row[ExpertRoster.Committee], cancel);
                (long, string) key = (committee.Id, row[ExpertRoster.Account].ToUpperInvariant());
                fates.Add(seen.Add(key)
                    ? await TakeAsync(row, roster.GetValueOrDefault(key), cancel)
                    : throw new Refusal("advice.row-twice", 422, row[ExpertRoster.Account]));
            }
            catch (Refusal refusal)
            {
                reasons[row.Number] = words.Say(refusal);
            }
        }

        SheetLine[] rejected = [.. rows.Where(row => reasons.ContainsKey(row.Number))];
        return new RosterReport(fates.Count(fate => fate == Fate.Added), fates.Count(fate => fate == Fate.Changed), fates.Count(fate => fate == Fate.Same),
            [.. rejected.Select(row => new RejectedExpert(row.Number, row[ExpertRoster.Account], reasons[row.Number]))],
            rejected.Length == 0 ? null : await BringBackAsync(office, rejected, reasons, cancel));
    }

    private async Task<Fate> TakeAsync(SheetLine row, RosterLine? line, CancellationToken cancel)
    {
        ExpertText text = ExpertRoster.Text(row);
        if (line is not null && Same(text, line))
        {
            return Fate.Same;
        }

        string version = row[ExpertRoster.Version];
        if (version.Length == 0)
        {
            await book.AddAsync(text, cancel);
            return Fate.Added;
        }

        if (line is null)
        {
            throw new Refusal("advice.row-unknown", 422, row[ExpertRoster.Account]);
        }

        long seen = long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long read) ? read : throw Refusal.Stale();
        await book.ReviseAsync(line.Row.Id, seen, text, cancel);
        return Fate.Changed;
    }

    /// <summary>Whether there is nothing to write. What an organisation is called by now is no change of the row; an empty day is no other day.</summary>
    private static bool Same(ExpertText text, RosterLine line) =>
        (text.EmployerCode ?? "") == (line.HouseCode ?? "")
        && (text.Employer == line.Row.Employer || (string.IsNullOrEmpty(text.Employer) && line.HouseCode is not null))
        && ExpertBook.Spaced(text.Fields ?? "") == line.Row.Fields
        && (text.TermFrom ?? line.Row.TermFrom) == line.Row.TermFrom && (text.TermUntil ?? line.Row.TermUntil) == line.Row.TermUntil;

    /// <summary>The rejected rows only, so that only these are mended and sent again.</summary>
    private async Task<string> BringBackAsync(Grant office, SheetLine[] rejected, Dictionary<int, string> reasons, CancellationToken cancel)
    {
        using var content = new MemoryStream(await ExpertRoster.WriteAsync(rejected, reasons, cancel));
        EvidenceFile file = await evidence.AddAsync(office.OrganisationId, "专家名册-没有收下的行.xlsx", content, cancel: cancel);
        return string.Create(CultureInfo.InvariantCulture, $"/api/evidence/{file.Id}");
    }
}

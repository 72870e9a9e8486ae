using System.Text.Json;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Catalogue;

/// <summary>A change as a department asks for it.</summary>
/// <param name="Unit">Code of the department.</param>
/// <param name="Codes">The entries that it changes; several only for a merger.</param>
/// <param name="Texts">The new texts: one, or two and more for a split; none for a pause, a resumption or a cancellation.</param>
internal sealed record ChangeRequest(string? Unit, string? Kind, IReadOnlyList<string>? Codes, IReadOnlyList<EntryText>? Texts, string? Reason);

/// <summary>Takes in changes of the lists and moves them to their decision. Written by the next save.</summary>
internal sealed class ListChangeDesk(PlatformDb db, OrganisationTree tree, CaseDesk desk, ListReading reading, ListApply apply, Ids ids, TimeProvider clock)
{
    private const int MostTexts = 20;

    /// <summary>Drafts the change and hands it in at once.</summary>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, <c>list.change-kind</c>, <c>list.reason</c>, <c>list.entries</c>, <c>list.texts</c>, <c>list.code-taken</c>,
    /// <c>list.state</c>, <c>list.pending</c>, and those of <see cref="EntryCheck.Require"/>
    /// </exception>
    public async Task<ListChange> ProposeAsync(ChangeRequest asked, CancellationToken cancel = default)
    {
        Organisation unit = await tree.FindAsync(asked.Unit, cancel);
        if (db.Actor.May(CatalogueModule.Keeper, Seat.Own, unit.Path) is null)
        {
            throw Refusal.Role();
        }

        string kind = asked.Kind is { } named && ChangeKind.All.Contains(named) ? named : throw new Refusal("list.change-kind", 422, asked.Kind ?? "", string.Join(' ', ChangeKind.All));
        string reason = string.IsNullOrWhiteSpace(asked.Reason) || asked.Reason.Length > EntryCheck.LongestText ? throw new Refusal("list.reason", 422, EntryCheck.LongestText) : asked.Reason.Trim();
        string[] codes = [.. (asked.Codes ?? []).Select(code => code.Trim()).Where(code => code.Length > 0).Distinct()];
        EntryText[] texts = Texts(kind, asked.Texts ?? []);
        await RequireEntriesAsync(unit, kind, codes, texts, null, cancel);
        var change = new ListChange
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = unit.Id,
            Kind = kind,
            Codes = string.Join(' ', kind == ChangeKind.Add ? [texts[0].Code!] : codes),
            Texts = JsonSerializer.Serialize(texts, Json.Options),
            Reason = reason,
            ProposedBy = db.Actor.UserId,
            ProposedAt = clock.Instant(),
        };
        CaseView drafted = await desk.OpenAsync(ListChangeProcedure.Table, new Subject(ListChange.SubjectKind, change.Id), unit.Id, unit.Path,
            $"{change.Codes} {(texts.Length > 0 ? texts[0].Name : reason)}", cancel);
        change.CaseId = drafted.Id;
        await desk.MoveAsync(drafted, drafted.Version, ListChangeProcedure.Propose, null, cancel);
        db.Add(change);
        return change;
    }

    /// <summary>A split or a merger whose new entries take over what the old ones say.</summary>
    /// <param name="lines">See <see cref="Heirs.Of"/>.</param>
    /// <exception cref="Refusal">Those of <see cref="ProposeAsync"/>.</exception>
    public async Task<ListChange> ProposeHeirsAsync(string? unit, string kind, IReadOnlyList<string> codes, string? lines, string? reason, CancellationToken cancel = default)
    {
        if (codes.Count > MostTexts)
        {
            throw new Refusal("list.entries", 422, $"change-{kind}");
        }

        var old = new List<EntryText>();
        foreach (string code in codes)
        {
            old.Add((await reading.FindAsync(code, cancel: cancel)).Text);
        }

        return await ProposeAsync(new ChangeRequest(unit, kind, codes, old.Count == 0 ? [] : Heirs.Of(old, lines), reason), cancel);
    }

    /// <param name="seen">The version last read.</param>
    /// <param name="from">With the decision: from which day it is in force; tomorrow when left out.</param>
    /// <param name="texts">With the proposal of a change that was sent back: its new texts; as they were when left out.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>list.unit</c>, <c>list.own-change</c>, <c>list.day</c>, and those of the proposal</exception>
    public async Task<CaseView> MoveAsync(long id, long seen, string? action, string? note, DateOnly? from, IReadOnlyList<EntryText>? texts = null, CancellationToken cancel = default)
    {
        ListChange change = await db.Set<ListChange>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(change.CaseId, cancel);
        CaseView moved = await desk.MoveAsync(file, seen, action ?? "", string.IsNullOrWhiteSpace(note) ? null : note.Trim(), cancel);
        if (action == ListChangeProcedure.Propose)
        {
            await ReviseAsync(change, texts, cancel);
        }

        bool judges = action is ListChangeProcedure.Review or ListChangeProcedure.Decide or ListChangeProcedure.Reject or ListChangeProcedure.SendBack;
        if (judges && change.ProposedBy == db.Actor.UserId)
        {
            throw new Refusal("list.own-change");
        }

        if (action is ListChangeProcedure.Review or ListChangeProcedure.Decide)
        {
            // The department does not see its neighbours; who judges for the city does.
            change.Texts = JsonSerializer.Serialize(await apply.NamedAsync(JsonSerializer.Deserialize<EntryText[]>(change.Texts, Json.Options)!, cancel), Json.Options);
        }

        if (action == ListChangeProcedure.Decide)
        {
            DateOnly today = clock.Today();
            DateOnly day = from ?? today.AddDays(1);
            change.InForceFrom = day >= today ? day : throw new Refusal("list.day", 422, today);
            await apply.ApplyAsync(change, file.OrganisationPath, day, cancel);
        }

        return moved;
    }

    /// <summary>What was sent back comes again as it is now, checked as it was the first time: the lists have gone on meanwhile.</summary>
    private async Task ReviseAsync(ListChange change, IReadOnlyList<EntryText>? asked, CancellationToken cancel)
    {
        Organisation unit = await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.Id == change.OrganisationId, cancel);
        EntryText[] texts = Texts(change.Kind, asked ?? JsonSerializer.Deserialize<EntryText[]>(change.Texts, Json.Options)!);
        string[] codes = change.Kind == ChangeKind.Add ? [] : change.Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await RequireEntriesAsync(unit, change.Kind, codes, texts, change.Id, cancel);
        (change.Codes, change.Texts) = (change.Kind == ChangeKind.Add ? texts[0].Code! : change.Codes, JsonSerializer.Serialize(texts, Json.Options));
    }

    private static EntryText[] Texts(string kind, IReadOnlyList<EntryText> asked)
    {
        (int least, int most) = kind switch
        {
            ChangeKind.Add or ChangeKind.Alter or ChangeKind.Merge => (1, 1),
            ChangeKind.Split => (2, MostTexts),
            _ => (0, 0),
        };
        return asked.Count >= least && asked.Count <= most ? [.. asked.Select(EntryCheck.Require)] : throw new Refusal("list.texts", 422, $"change-{kind}", least, most);
    }

    /// <param name="own">The change itself, which does not stand in its own way; null for a new one.</param>
    private async Task RequireEntriesAsync(Organisation unit, string kind, string[] codes, EntryText[] texts, long? own, CancellationToken cancel)
    {
        bool several = kind == ChangeKind.Merge;
        if (kind == ChangeKind.Add ? codes.Length > 0 && codes[0] != texts[0].Code : several ? codes.Length < 2 : codes.Length != 1)
        {
            throw new Refusal("list.entries", 422, $"change-{kind}");
        }

        DateOnly today = clock.Today();
        foreach (string code in kind == ChangeKind.Add ? [] : codes)
        {
            EntryView entry = await reading.FindAsync(code, today, cancel);
            if (entry.Line.DepartmentId != unit.Id)
            {
                throw Refusal.NotFound();
            }

            bool fits = kind == ChangeKind.Resume ? entry.Line.State == EntryState.Paused : kind == ChangeKind.Pause ? entry.Line.State == EntryState.InForce : entry.Line.State != EntryState.Cancelled;
            if (!fits)
            {
                throw new Refusal("list.state", 422, code, $"entry-{entry.Line.State}");
            }

            if (kind == ChangeKind.Alter && (texts[0].Code != code || texts[0].List != entry.Line.List))
            {
                throw new Refusal("list.entries", 422, $"change-{kind}");
            }
        }

        string[] fresh = kind is ChangeKind.Add or ChangeKind.Split or ChangeKind.Merge ? [.. texts.Select(text => text.Code!)] : [];
        if (fresh.Distinct().Count() != fresh.Length || await apply.FirstTakenAsync(unit.Path, fresh, cancel) is not null)
        {
            throw new Refusal("list.code-taken", 422, string.Join(' ', fresh));
        }

        string[] touched = [.. codes, .. fresh];
        string[] open = [ListChangeProcedure.Drafted, ListChangeProcedure.Proposed, ListChangeProcedure.Reviewed];
        List<string> waiting = await (
            from change in db.Set<ListChange>()
            join file in db.Set<Case>() on change.CaseId equals file.Id
            where change.OrganisationId == unit.Id && change.Id != own && open.Contains(file.Stage)
            select change.Codes).ToListAsync(cancel);
        if (waiting.SelectMany(line => line.Split(' ')).FirstOrDefault(touched.Contains) is { } busy)
        {
            throw new Refusal("list.pending", 422, busy);
        }
    }
}

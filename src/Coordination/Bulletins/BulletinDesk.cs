using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A piece of a bulletin as the editors write it.</summary>
/// <param name="Item">Null for a new piece of the office's own.</param>
/// <param name="Ordinal">Its place; the last when left out.</param>
/// <param name="Version">The bulletin's version last read.</param>
internal sealed record ItemText(long? Item, string? Heading, string? Text, string? Credit, int? Ordinal, long Version);

/// <summary>Makes bulletins: what stands in them, from which contributions. Written by the next save.</summary>
internal sealed class BulletinDesk(PlatformDb db, Cities cities, CaseDesk desk, Ids ids)
{
    public const int MostItems = 30;

    private static readonly string[] s_open = [BulletinProcedure.Editing, BulletinProcedure.Correcting];

    /// <exception cref="Refusal"><c>access.role</c>, <c>bulletins.text</c>, <c>bulletins.audience</c></exception>
    public async Task<Bulletin> OpenAsync(string? title, string? sensitivity, CancellationToken cancel = default)
    {
        Organisation city = await cities.OfRoleAsync(BulletinsModule.Editor, cancel);
        var made = new Bulletin
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = city.Id,
            Title = BulletinText.Read(title, Contribution.LongestTitle).Replace('\n', ' '),
            Sensitivity = Audience(sensitivity),
            Edition = 1,
        };
        made.Version = made.Id;
        made.CaseId = (await desk.OpenAsync(BulletinProcedure.Table, new Subject(Bulletin.SubjectKind, made.Id), city.Id, city.Path, made.Title, cancel)).Id;
        db.Add(made);
        return made;
    }

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c>, <c>case.wrong-stage</c>, <c>bulletins.text</c>, <c>bulletins.audience</c></exception>
    public async Task<Bulletin> RenameAsync(long id, string? title, string? sensitivity, long seen, CancellationToken cancel = default)
    {
        (Bulletin kept, CaseView file) = await OpenForWritingAsync(id, seen, cancel);
        string before = $"{kept.Title} {kept.Sensitivity}";
        kept.Title = BulletinText.Read(title, Contribution.LongestTitle).Replace('\n', ' ');
        // Who has read the first edition reads its correction.
        kept.Sensitivity = file.Stage == BulletinProcedure.Editing ? Audience(sensitivity) : kept.Sensitivity;
        await ChangedAsync(kept, "bulletin.rename", before, $"{kept.Title} {kept.Sensitivity}", cancel);
        return kept;
    }

    /// <summary>Takes contributions in, each as a piece at the end.</summary>
    /// <exception cref="Refusal">Those of <see cref="RenameAsync"/>, <c>bulletins.correction-items</c>, <c>bulletins.items</c>, <c>case.wrong-stage</c></exception>
    public async Task<Bulletin> TakeAsync(long id, IReadOnlyCollection<long>? contributions, long seen, CancellationToken cancel = default)
    {
        (Bulletin kept, CaseView file) = await OpenForWritingAsync(id, seen, cancel);
        if (file.Stage != BulletinProcedure.Editing)
        {
            throw new Refusal("bulletins.correction-items");
        }

        long[] wanted = [.. (contributions ?? []).Distinct()];
        int last = await db.Set<BulletinItem>().Where(row => row.BulletinId == id && row.Edition == kept.Edition).MaxAsync(row => (int?)row.Ordinal, cancel) ?? 0;
        if (wanted.Length == 0 || last + wanted.Length > MostItems)
        {
            throw new Refusal("bulletins.items", 422, MostItems);
        }

        var found = await (
            from row in db.Set<Contribution>().AsNoTracking()
            join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
            where wanted.Contains(row.Id)
            orderby row.Id
            select new { Row = row, unit.Name }).ToListAsync(cancel);
        if (found.Count != wanted.Length)
        {
            throw Refusal.NotFound();
        }

        foreach (var one in found)
        {
            CaseView contribution = await desk.ReadAsync(one.Row.CaseId, cancel);
            await desk.MoveAsync(contribution, contribution.Version, ContributionProcedure.Take, null, cancel);
            db.Add(new BulletinItem
            {
                Id = await ids.NextAsync(cancel),
                BulletinId = id,
                Edition = kept.Edition,
                Ordinal = ++last,
                OrganisationId = kept.OrganisationId,
                ContributionId = one.Row.Id,
                Credit = one.Name,
                Heading = one.Row.Title,
                Text = one.Row.Text,
            });
        }

        await ChangedAsync(kept, "bulletin.take", null, string.Join(' ', wanted), cancel);
        return kept;
    }

    /// <exception cref="Refusal">Those of <see cref="RenameAsync"/>, <c>bulletins.items</c></exception>
    public async Task<BulletinItem> WriteAsync(long id, ItemText asked, CancellationToken cancel = default)
    {
        (Bulletin kept, CaseView _) = await OpenForWritingAsync(id, asked.Version, cancel);
        List<BulletinItem> items = await db.Set<BulletinItem>().Where(row => row.BulletinId == id && row.Edition == kept.Edition).OrderBy(row => row.Ordinal).ToListAsync(cancel);
        BulletinItem? item = asked.Item is { } named ? items.Find(row => row.Id == named) ?? throw Refusal.NotFound() : null;
        if (item is null)
        {
            if (items.Count >= MostItems)
            {
                throw new Refusal("bulletins.items", 422, MostItems);
            }

            item = new BulletinItem { Id = await ids.NextAsync(cancel), BulletinId = id, Edition = kept.Edition, OrganisationId = kept.OrganisationId };
            items.Add(item);
            db.Add(item);
        }

        string before = $"{item.Heading} {item.Text}";
        item.Heading = BulletinText.Read(asked.Heading, Contribution.LongestTitle).Replace('\n', ' ');
        item.Text = BulletinText.Read(asked.Text, Contribution.LongestText);
        // Who wrote a contribution stays credited for it.
        item.Credit = item.ContributionId is null ? BulletinText.ReadOptional(asked.Credit, Contribution.LongestTitle).Replace('\n', ' ') : item.Credit;
        items.Remove(item);
        items.Insert(Math.Clamp((asked.Ordinal ?? items.Count + 1) - 1, 0, items.Count), item);
        Renumber(items);
        await ChangedAsync(kept, "bulletin.write", before, $"{item.Heading} {item.Text}", cancel);
        return item;
    }

    /// <summary>Takes a piece out; its contribution waits again.</summary>
    /// <exception cref="Refusal">Those of <see cref="RenameAsync"/>, <c>bulletins.correction-items</c></exception>
    public async Task<Bulletin> RemoveAsync(long id, long item, long seen, CancellationToken cancel = default)
    {
        (Bulletin kept, CaseView file) = await OpenForWritingAsync(id, seen, cancel);
        List<BulletinItem> items = await db.Set<BulletinItem>().Where(row => row.BulletinId == id && row.Edition == kept.Edition).OrderBy(row => row.Ordinal).ToListAsync(cancel);
        BulletinItem gone = items.Find(row => row.Id == item) ?? throw Refusal.NotFound();
        if (gone.ContributionId is { } contribution)
        {
            if (file.Stage != BulletinProcedure.Editing)
            {
                throw new Refusal("bulletins.correction-items");
            }

            await ReleaseAsync([contribution], cancel);
        }

        items.Remove(gone);
        db.Remove(gone);
        Renumber(items);
        await ChangedAsync(kept, "bulletin.remove", gone.Heading, null, cancel);
        return kept;
    }

    /// <summary>Contributions that were taken in wait again.</summary>
    internal async Task ReleaseAsync(IReadOnlyCollection<long> contributions, CancellationToken cancel)
    {
        foreach (long file in await db.Set<Contribution>().Where(row => contributions.Contains(row.Id)).Select(row => row.CaseId).ToListAsync(cancel))
        {
            CaseView taken = await desk.ReadAsync(file, cancel);
            await desk.MoveAsync(taken, taken.Version, ContributionProcedure.Release, null, cancel);
        }
    }

    private async Task<(Bulletin Bulletin, CaseView File)> OpenForWritingAsync(long id, long seen, CancellationToken cancel)
    {
        Bulletin kept = await db.Set<Bulletin>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(kept.CaseId, cancel);
        if (db.Actor.May(BulletinsModule.Editor, Seat.At, file.OrganisationPath) is null)
        {
            throw Refusal.Role();
        }

        return !s_open.Contains(file.Stage) ? throw new Refusal("case.wrong-stage", 422, file.Stage, "write")
            : kept.Version != seen ? throw Refusal.Stale()
            : (kept, file);
    }

    private async Task ChangedAsync(Bulletin kept, string action, string? before, string? after, CancellationToken cancel)
    {
        kept.Version = await ids.NextAsync(cancel);
        db.Audit(action, new Subject(Bulletin.SubjectKind, kept.Id), kept.OrganisationId, kept.Version, before, after);
    }

    private static void Renumber(List<BulletinItem> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            items[i].Ordinal = i + 1;
        }
    }

    private static string Audience(string? sensitivity) =>
        sensitivity is SensitivityMark.Public or SensitivityMark.Internal ? sensitivity : throw new Refusal("bulletins.audience", 422, sensitivity ?? "");
}

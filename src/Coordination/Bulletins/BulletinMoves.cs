using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>Moves a bulletin on: what is published is copied to its readers, what is withdrawn is taken from them. Written by the next save.</summary>
internal sealed class BulletinMoves(PlatformDb db, CaseDesk desk, BulletinDesk bulletins, PublicationDesk publications, Ids ids, TimeProvider clock)
{
    /// <param name="seen">The version of its case last read.</param>
    /// <param name="confirmed">Somebody has looked at what seems to be a person's number.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>bulletins.empty</c>, <c>bulletins.contribution-internal</c>, <c>bulletins.contribution-sensitive</c>,
    /// <c>bulletins.personal-numbers</c>
    /// </exception>
    public async Task<CaseView> MoveAsync(long id, long seen, string? action, string? note, bool confirmed, CancellationToken cancel = default)
    {
        Bulletin kept = await db.Set<Bulletin>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(kept.CaseId, cancel);
        string why = BulletinText.ReadOptional(note, PolicyComment.LongestText);
        CaseView moved = await desk.MoveAsync(file, seen, action ?? "", why.Length == 0 ? null : why, cancel);
        List<BulletinItem> items = await db.Set<BulletinItem>().Where(row => row.BulletinId == id && row.Edition == kept.Edition).OrderBy(row => row.Ordinal).ToListAsync(cancel);
        switch (action)
        {
            case BulletinProcedure.Submit:
                await RequireSoundAsync(kept, items, cancel);
                break;
            case BulletinProcedure.Publish:
                await RequireSoundAsync(kept, items, cancel);
                RequireLookedAt(kept, items, confirmed);
                await PublishAsync(kept, items, cancel);
                break;
            case BulletinProcedure.Correct:
                await NextEditionAsync(kept, items, why, cancel);
                break;
            case BulletinProcedure.Abandon:
                db.RemoveRange(items);
                kept.Edition = kept.PublishedEdition;
                // Nobody approved the head of the correction either.
                if (await publications.CurrentAsync(kept, cancel) is { } current)
                {
                    (kept.Title, kept.Correction) = (current.Title, current.Correction);
                }

                break;
            case BulletinProcedure.Withdraw:
                await publications.RemoveAsync(Publication.Bulletin, id, cancel);
                break;
            case BulletinProcedure.Drop:
                await bulletins.ReleaseAsync([.. items.Select(item => item.ContributionId).OfType<long>()], cancel);
                break;
        }

        kept.Version = await ids.NextAsync(cancel);
        return moved;
    }

    /// <summary>2026年第3期; empty until it is first published.</summary>
    public static string NumberOf(Bulletin bulletin) => bulletin.Serial is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{bulletin.Year}年第{bulletin.Serial}期");

    private async Task RequireSoundAsync(Bulletin kept, List<BulletinItem> items, CancellationToken cancel)
    {
        if (items.Count == 0)
        {
            throw new Refusal("bulletins.empty");
        }

        // A text travels no further than its unit lets it: what is internal stays in the city, what is sensitive with those who handle it.
        bool toAll = kept.Sensitivity == SensitivityMark.Public;
        long[] sources = [.. items.Select(item => item.ContributionId).OfType<long>()];
        List<string> closed = await db.Set<Contribution>()
            .Where(row => sources.Contains(row.Id) && (row.Sensitivity == SensitivityMark.Sensitive || (toAll && row.Sensitivity != SensitivityMark.Public)))
            .OrderBy(row => row.Id).Select(row => row.Title).ToListAsync(cancel);
        if (closed.Count > 0)
        {
            throw new Refusal(toAll ? "bulletins.contribution-internal" : "bulletins.contribution-sensitive", 422, string.Join('、', closed));
        }
    }

    private static void RequireLookedAt(Bulletin kept, List<BulletinItem> items, bool confirmed)
    {
        if (kept.Sensitivity == SensitivityMark.Public && !confirmed
            && PlainText.PersonalNumbers(items.SelectMany(item => new[] { item.Heading, item.Text })) is { Count: > 0 } found)
        {
            throw new Refusal("bulletins.personal-numbers", 422, string.Join('、', found));
        }
    }

    private async Task PublishAsync(Bulletin kept, List<BulletinItem> items, CancellationToken cancel)
    {
        DateOnly today = clock.Today();
        if (kept.Serial is null)
        {
            // Of two that are published at once the unique key lets one through; the other is stale.
            kept.Year = today.Year;
            kept.Serial = (await db.Set<Bulletin>().Where(row => row.OrganisationId == kept.OrganisationId && row.Year == today.Year).MaxAsync(row => row.Serial, cancel) ?? 0) + 1;
            kept.PublishedOn = today;
            long[] sources = [.. items.Select(item => item.ContributionId).OfType<long>()];
            foreach (Contribution source in await db.Set<Contribution>().Where(row => sources.Contains(row.Id)).ToListAsync(cancel))
            {
                await desk.AdvanceAsync(await desk.ReadAsync(source.CaseId, cancel), ContributionProcedure.Adopt, NumberOf(kept), cancel);
                source.AdoptedOn = today;
            }
        }

        kept.PublishedEdition = kept.Edition;
        await publications.PutAsync(kept, items, NumberOf(kept), cancel);
    }

    private async Task NextEditionAsync(Bulletin kept, List<BulletinItem> items, string why, CancellationToken cancel)
    {
        kept.Edition++;
        kept.Correction = why;
        foreach (BulletinItem item in items)
        {
            db.Add(new BulletinItem
            {
                Id = await ids.NextAsync(cancel),
                BulletinId = kept.Id,
                Edition = kept.Edition,
                Ordinal = item.Ordinal,
                OrganisationId = item.OrganisationId,
                ContributionId = item.ContributionId,
                Credit = item.Credit,
                Heading = item.Heading,
                Text = item.Text,
            });
        }
    }
}

using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>Copies a text to where its readers look, and takes it away again. Written by the next save, together with the move that decided it.</summary>
internal sealed class PublicationDesk(PlatformDb db, TimeProvider clock)
{
    public async Task PutAsync(Bulletin bulletin, IReadOnlyList<BulletinItem> items, string number, CancellationToken cancel = default)
    {
        Publication put = await MadeAsync(bulletin.Sensitivity == SensitivityMark.Public, Publication.Bulletin, bulletin.Id, bulletin.OrganisationId, cancel);
        (put.Ordinal, put.Number, put.Title, put.Correction) = (bulletin.Edition, number, bulletin.Title, bulletin.Correction);
        put.Write(items.OrderBy(item => item.Ordinal).Select(item => new TextSection(item.Heading, item.Text, item.Credit)));
        db.Add(put);
    }

    public async Task PutAsync(PolicyDocument policy, PolicyVersion version, string why, CancellationToken cancel = default)
    {
        Publication put = await MadeAsync(true, Publication.Policy, policy.Id, policy.OrganisationId, cancel);
        (put.Ordinal, put.Number, put.Title, put.Correction) = (version.Ordinal, policy.Number, version.Title, why);
        (put.InForceFrom, put.Until) = (policy.InForceFrom, policy.ExpiresOn);
        put.Write([new TextSection("", version.Text, "")]);
        db.Add(put);
    }

    /// <summary>The public is asked about a draft until a day.</summary>
    public async Task AskAsync(PolicyDocument policy, PolicyVersion version, DateOnly until, CancellationToken cancel = default)
    {
        await RemoveAsync(Publication.Draft, policy.Id, cancel);
        Publication put = await MadeAsync(true, Publication.Draft, policy.Id, policy.OrganisationId, cancel);
        (put.Ordinal, put.Title, put.Until) = (version.Ordinal, version.Title, until);
        put.Write([new TextSection("", version.Text, "")]);
        db.Add(put);
    }

    /// <summary>The comments of the public are over; what was said about the draft and what became of it is published.</summary>
    public async Task AnswerAsync(PolicyDocument policy, PolicyVersion version, IEnumerable<TextSection> answers, CancellationToken cancel = default)
    {
        Publication put = await MadeAsync(true, Publication.Outcome, policy.Id, policy.OrganisationId, cancel);
        (put.Ordinal, put.Title) = (version.Ordinal, version.Title);
        put.Write(answers);
        db.Add(put);
    }

    /// <summary>Everything about a document.</summary>
    public async Task RemovePolicyAsync(long policy, CancellationToken cancel = default)
    {
        foreach (string kind in new[] { Publication.Policy, Publication.Draft, Publication.Outcome })
        {
            await RemoveAsync(kind, policy, cancel);
        }
    }

    /// <summary>What a bulletin's readers read now.</summary>
    public async Task<Publication?> CurrentAsync(Bulletin bulletin, CancellationToken cancel = default) => bulletin.Sensitivity == SensitivityMark.Public
        ? await db.Set<PublicText>().AsNoTracking().FirstOrDefaultAsync(row => row.Kind == Publication.Bulletin && row.SubjectId == bulletin.Id && row.Current, cancel)
        : await db.Set<InternalText>().AsNoTracking().FirstOrDefaultAsync(row => row.Kind == Publication.Bulletin && row.SubjectId == bulletin.Id && row.Current, cancel);

    public async Task RemoveAsync(string kind, long subject, CancellationToken cancel = default)
    {
        db.RemoveRange(await db.Set<PublicText>().Where(row => row.Kind == kind && row.SubjectId == subject).ToListAsync(cancel));
        db.RemoveRange(await db.Set<InternalText>().Where(row => row.Kind == kind && row.SubjectId == subject).ToListAsync(cancel));
    }

    /// <summary>The day up to which a document is read has changed.</summary>
    public async Task ProlongAsync(long policy, DateOnly until, CancellationToken cancel = default)
    {
        foreach (PublicText row in await db.Set<PublicText>().Where(row => row.Kind == Publication.Policy && row.SubjectId == policy && row.Current).ToListAsync(cancel))
        {
            row.Until = until;
        }
    }

    private async Task<Publication> MadeAsync(bool toAll, string kind, long subject, long cityId, CancellationToken cancel)
    {
        List<Publication> before = toAll
            ? [.. await db.Set<PublicText>().Where(row => row.Kind == kind && row.SubjectId == subject).ToListAsync(cancel)]
            : [.. await db.Set<InternalText>().Where(row => row.Kind == kind && row.SubjectId == subject).ToListAsync(cancel)];
        before.ForEach(row => row.Current = false);
        Publication made = toAll ? new PublicText() : new InternalText();
        (made.Kind, made.SubjectId, made.CityId, made.Current, made.PublishedAt) = (kind, subject, cityId, true, clock.Instant());
        made.CityName = await db.Set<Organisation>().Where(row => row.Id == cityId).Select(row => row.Name).FirstAsync(cancel);
        return made;
    }
}

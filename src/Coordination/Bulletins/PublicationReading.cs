using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A line of a list of published texts.</summary>
internal sealed record PublishedLine(string Kind, long SubjectId, string Number, string Title, string City, DateTimeOffset PublishedAt, string Correction, DateOnly? InForceFrom, DateOnly? Until)
{
    /// <summary>Where anybody reads it.</summary>
    public string PublicHref => BulletinsModule.Place($"public/{Room(Kind)}", SubjectId);

    /// <summary>Where the units of its city read what is internal.</summary>
    public string InternalHref => BulletinsModule.Place("bulletins/texts", SubjectId);

    public static string Room(string kind) => kind switch
    {
        Publication.Bulletin => "bulletins",
        Publication.Draft or Publication.Outcome => "drafts",
        _ => "policies",
    };
}

/// <summary>
/// The only reader of what was published. Anybody reads what is public; what is internal is read by who holds a seat in an
/// authority of its city, not by experts and enterprises. A document whose last day has passed and a draft whose time for comments is over are not shown, whether or not the clock has moved them already.
/// </summary>
internal sealed class PublicationReading(PlatformDb db, TimeProvider clock)
{
    public const int PageSize = 20;

    private static readonly string[] s_authorities = [OrganisationKind.City, OrganisationKind.District, OrganisationKind.Park, OrganisationKind.Department];

    private static readonly string[] s_outside = [BulletinsModule.OutsideExpert, BulletinsModule.Applicant];

    /// <summary>Newest first, one page.</summary>
    /// <param name="before">Keyset: only what was published before this instant.</param>
    public Task<List<PublishedLine>> PublicAsync(IReadOnlyCollection<string> kinds, DateTimeOffset? before, int size = PageSize, CancellationToken cancel = default) =>
        LinesAsync(Shown(db.Set<PublicText>()), kinds, before, size, cancel);

    /// <summary>Newest first, one page.</summary>
    public async Task<List<PublishedLine>> InternalAsync(DateTimeOffset? before, int size = PageSize, CancellationToken cancel = default) =>
        await LinesAsync(await OwnAsync(cancel), [Publication.Bulletin], before, size, cancel);

    /// <param name="ordinal">An earlier version; the present one when null.</param>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public Task<Publication> FindPublicAsync(string kind, long id, int? ordinal, CancellationToken cancel = default) =>
        FindAsync(db.Set<PublicText>(), kind, id, ordinal, cancel);

    /// <summary>The draft that the public is asked about, or what became of what it said about the last one.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<Publication> FindDraftAsync(long id, CancellationToken cancel = default) =>
        await Shown(db.Set<PublicText>()).AsNoTracking().FirstOrDefaultAsync(row => row.Kind == Publication.Draft && row.SubjectId == id && row.Current, cancel)
        ?? await FindOutcomeAsync(id, cancel) ?? throw Refusal.NotFound();

    /// <summary>What became of the public's comments on a document's last draft; null when the public was not asked.</summary>
    public async Task<Publication?> FindOutcomeAsync(long id, CancellationToken cancel = default) =>
        await db.Set<PublicText>().AsNoTracking().FirstOrDefaultAsync(row => row.Kind == Publication.Outcome && row.SubjectId == id && row.Current, cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<Publication> FindInternalAsync(long id, int? ordinal, CancellationToken cancel = default) => await FindAsync(await OwnAsync(cancel), Publication.Bulletin, id, ordinal, cancel);

    /// <summary>The present text of each, newest first, whole.</summary>
    public async Task<IReadOnlyList<Publication>> FeedAsync(int size, CancellationToken cancel = default) => await Shown(db.Set<PublicText>())
        .Where(row => row.Current && (row.Kind == Publication.Bulletin || row.Kind == Publication.Policy)).OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.SubjectId).Take(size).ToListAsync(cancel);

    /// <summary>Ordinals of the versions of a text, the newest first.</summary>
    public async Task<List<int>> VersionsAsync(Publication text, CancellationToken cancel = default) => text is PublicText
        ? await db.Set<PublicText>().Where(row => row.Kind == text.Kind && row.SubjectId == text.SubjectId).OrderByDescending(row => row.Ordinal).Select(row => row.Ordinal).ToListAsync(cancel)
        : await (await OwnAsync(cancel)).Where(row => row.Kind == text.Kind && row.SubjectId == text.SubjectId).OrderByDescending(row => row.Ordinal).Select(row => row.Ordinal).ToListAsync(cancel);

    private async Task<Publication> FindAsync<T>(IQueryable<T> texts, string kind, long id, int? ordinal, CancellationToken cancel)
        where T : Publication
    {
        // An earlier version is shown as long as the present one is.
        T present = await Shown(texts).AsNoTracking().FirstOrDefaultAsync(row => row.Kind == kind && row.SubjectId == id && row.Current, cancel) ?? throw Refusal.NotFound();
        return ordinal is null || ordinal == present.Ordinal ? present
            : await texts.AsNoTracking().FirstOrDefaultAsync(row => row.Kind == kind && row.SubjectId == id && row.Ordinal == ordinal, cancel) ?? throw Refusal.NotFound();
    }

    private async Task<IQueryable<InternalText>> OwnAsync(CancellationToken cancel)
    {
        long[] seats = [.. db.Actor.Grants.Where(grant => !s_outside.Contains(grant.Role)).Select(grant => grant.OrganisationId)];
        List<string> paths = await db.Set<Organisation>().Where(row => seats.Contains(row.Id) && s_authorities.Contains(row.Kind)).Select(row => row.Path).ToListAsync(cancel);
        long[] above = [.. paths.SelectMany(Organisation.Chain).Distinct()];
        return db.Set<InternalText>().Where(row => above.Contains(row.CityId));
    }

    private IQueryable<T> Shown<T>(IQueryable<T> texts)
        where T : Publication
    {
        DateOnly today = clock.Today();
        return texts.Where(row => row.Until == null || row.Until >= today);
    }

    private static Task<List<PublishedLine>> LinesAsync<T>(IQueryable<T> texts, IReadOnlyCollection<string> kinds, DateTimeOffset? before, int size, CancellationToken cancel)
        where T : Publication =>
        texts.Where(row => row.Current && kinds.Contains(row.Kind) && (before == null || row.PublishedAt < before)).OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.SubjectId).Take(size)
            .Select(row => new PublishedLine(row.Kind, row.SubjectId, row.Number, row.Title, row.CityName, row.PublishedAt, row.Correction, row.InForceFrom, row.Until)).ToListAsync(cancel);
}

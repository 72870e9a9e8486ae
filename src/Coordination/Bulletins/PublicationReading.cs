using Lodestone.Kernel;
using Lodestone.Kernel.Data;
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
        Publication.Draft => "drafts",
        _ => "policies",
    };
}

/// <summary>
/// The only reader of what was published. Anybody reads what is public; what is internal is read by who holds a seat in its city. A document
/// whose last day has passed and a draft whose time for comments is over are not shown, whether or not the clock has moved them already.
/// </summary>
internal sealed class PublicationReading(PlatformDb db, TimeProvider clock)
{
    public const int PageSize = 20;

    /// <summary>Newest first, one page.</summary>
    /// <param name="before">Keyset: only what was published before this instant.</param>
    public Task<List<PublishedLine>> PublicAsync(IReadOnlyCollection<string> kinds, DateTimeOffset? before, int size = PageSize, CancellationToken cancel = default) =>
        LinesAsync(Shown(db.Set<PublicText>()), kinds, before, size, cancel);

    /// <summary>Newest first, one page.</summary>
    public Task<List<PublishedLine>> InternalAsync(DateTimeOffset? before, int size = PageSize, CancellationToken cancel = default) =>
        LinesAsync(Own(), [Publication.Bulletin], before, size, cancel);

    /// <param name="ordinal">An earlier version; the present one when null.</param>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public Task<Publication> FindPublicAsync(string kind, long id, int? ordinal, CancellationToken cancel = default) =>
        FindAsync(db.Set<PublicText>(), kind, id, ordinal, cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public Task<Publication> FindInternalAsync(long id, int? ordinal, CancellationToken cancel = default) => FindAsync(Own(), Publication.Bulletin, id, ordinal, cancel);

    /// <summary>The present text of each, newest first, whole.</summary>
    public async Task<IReadOnlyList<Publication>> FeedAsync(int size, CancellationToken cancel = default) => await Shown(db.Set<PublicText>())
        .Where(row => row.Current && row.Kind != Publication.Draft).OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.SubjectId).Take(size).ToListAsync(cancel);

    /// <summary>Ordinals of the versions of a text, the newest first.</summary>
    public Task<List<int>> VersionsAsync(Publication text, CancellationToken cancel = default) => text is PublicText
        ? db.Set<PublicText>().Where(row => row.Kind == text.Kind && row.SubjectId == text.SubjectId).OrderByDescending(row => row.Ordinal).Select(row => row.Ordinal).ToListAsync(cancel)
        : Own().Where(row => row.Kind == text.Kind && row.SubjectId == text.SubjectId).OrderByDescending(row => row.Ordinal).Select(row => row.Ordinal).ToListAsync(cancel);

    private async Task<Publication> FindAsync<T>(IQueryable<T> texts, string kind, long id, int? ordinal, CancellationToken cancel)
        where T : Publication
    {
        // An earlier version is shown as long as the present one is.
        T present = await Shown(texts).AsNoTracking().FirstOrDefaultAsync(row => row.Kind == kind && row.SubjectId == id && row.Current, cancel) ?? throw Refusal.NotFound();
        return ordinal is null || ordinal == present.Ordinal ? present
            : await texts.AsNoTracking().FirstOrDefaultAsync(row => row.Kind == kind && row.SubjectId == id && row.Ordinal == ordinal, cancel) ?? throw Refusal.NotFound();
    }

    private IQueryable<InternalText> Own()
    {
        long[] above = db.Actor.Ancestors;
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

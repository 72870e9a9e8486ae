using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Notices;

/// <summary>A notice as its reader sees it.</summary>
/// <param name="Place">The page of this site that it leads to.</param>
public sealed record InboxLine(long Id, string Kind, string Title, string Organisation, DateTimeOffset At, long CaseId, string Place, bool Read);

/// <summary>The actor's notices: those for a role that the actor holds over the notice's organisation, and those for the actor alone.</summary>
public sealed class Inbox(PlatformDb db, TimeProvider clock, IEnumerable<ICaseShare> shares)
{
    /// <summary>So many of one digest are counted; a longer one says so many and leads to the inbox.</summary>
    private const int MostAtOnce = 500;

    /// <summary>Newest first, one page.</summary>
    /// <param name="before">Keyset: the id of the last line of the page before.</param>
    public Task<IReadOnlyList<InboxLine>> PageAsync(long? before, int size = 30, CancellationToken cancel = default) =>
        ReadAsync(before, 0, size, cancel);

    /// <summary>What is not yet read of the notices after one and up to another, newest first.</summary>
    internal async Task<IReadOnlyList<InboxLine>> UnreadBetweenAsync(long after, long upTo, CancellationToken cancel = default) =>
        [.. (await ReadAsync(upTo + 1, after, MostAtOnce, cancel)).Where(line => !line.Read)];

    private async Task<IReadOnlyList<InboxLine>> ReadAsync(long? before, long after, int size, CancellationToken cancel)
    {
        var page = new List<InboxLine>();
        long user = db.Actor.UserId;
        string person = Notice.Person(user);
        string[] told = [.. db.Actor.Grants.Select(grant => grant.Role).Distinct(), person];
        IQueryable<Notice> own = await shares.OfActorAsync(db, db.Set<Notice>().AsNoTracking(), notice => notice.CaseId, cancel);
        while (page.Count < size)
        {
            var rows = await (
                from notice in own
                join organisation in db.Set<Organisation>() on notice.OrganisationId equals organisation.Id
                where told.Contains(notice.Role) && (before == null || notice.Id < before) && notice.Id > after
                orderby notice.Id descending
                select new
                {
                    notice,
                    organisation.Name,
                    organisation.Path,
                    Read = db.Set<NoticeRead>().Any(mark => mark.NoticeId == notice.Id && mark.UserId == user),
                }).Take(size).ToListAsync(cancel);
            page.AddRange(rows.Where(row => row.notice.Role == person || Covers(row.notice.Role, row.Path)).Select(row => new InboxLine(
                row.notice.Id, row.notice.Kind, row.notice.Title, row.Name, row.notice.At, row.notice.CaseId,
                row.notice.Place ?? string.Create(CultureInfo.InvariantCulture, $"/cases/{row.notice.CaseId}"), row.Read)));
            if (rows.Count < size)
            {
                break;
            }

            before = rows[^1].notice.Id;
        }

        return [.. page.Take(size)];
    }

    public async Task<int> UnreadAsync(CancellationToken cancel = default) =>
        (await PageAsync(null, 100, cancel)).Count(line => !line.Read);

    /// <summary>Marks lines as read by the actor; written by the next save.</summary>
    public async Task ReadAsync(IReadOnlyCollection<long> notices, CancellationToken cancel = default)
    {
        long user = db.Actor.UserId;
        List<long> visible = await db.Set<Notice>().Where(row => notices.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancel);
        List<long> known = await db.Set<NoticeRead>().Where(row => row.UserId == user && notices.Contains(row.NoticeId))
            .Select(row => row.NoticeId).ToListAsync(cancel);
        foreach (long id in visible.Except(known))
        {
            db.Add(new NoticeRead { NoticeId = id, UserId = user, At = clock.Instant() });
        }
    }

    /// <summary>The scope is the union of all the actor's branches; a role reaches only its own branch.</summary>
    private bool Covers(string role, string path) => db.Actor.May(role, Seat.At, path) is not null;
}

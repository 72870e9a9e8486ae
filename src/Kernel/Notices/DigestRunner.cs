using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Lodestone.Kernel.Notices;

/// <summary>
/// Sends what is due. A subscriber is claimed, sent to, and only then moved on, each in a save of its own: what was sent and not yet
/// marked when the process died is the only thing that can come twice.
/// </summary>
internal sealed class DigestRunner(
    IDbContextFactory<PlatformDb> contexts, ActorSource actors, CalendarBook calendars, DigestSettings settings, DigestLetter letter, WebhookCall webhooks,
    IDataProtectionProvider protection, IEnumerable<ICaseShare> shares, TimeProvider clock, ILogger<DigestRunner> log)
{
    private static readonly Actor s_platform = Actor.Platform("/1/");

    public async Task RunAsync(CancellationToken cancel = default)
    {
        DateTimeOffset now = clock.Instant();
        if (!DigestSchedule.IsOpen(now, await calendars.CurrentAsync(cancel)))
        {
            return;
        }

        CultureInfo.CurrentUICulture = DigestLetter.Language;
        CultureInfo.CurrentCulture = DigestLetter.Language;
        await using PlatformDb db = contexts.Lease(s_platform);
        DateOnly today = DigestSchedule.DayOf(now);
        List<long> people = settings.Mail is null ? [] : await Due(db.Set<NoticeDigest>().Where(row => row.Daily), today, now)
            .OrderBy(row => row.UserId).Select(row => row.UserId).ToListAsync(cancel);
        List<long> hooks = await Due(db.Set<NoticeWebhook>().Where(row => row.EndedAt == null), today, now)
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancel);
        if (people.Count + hooks.Count == 0)
        {
            return;
        }

        long upTo = await SettledAsync(db, now, cancel);
        if (settings.Mail is { } mail)
        {
            using var session = new MailSession(mail);
            foreach (long user in people.TakeWhile(_ => session.Lives))
            {
                await EachAsync(own => Due(own.Set<NoticeDigest>().Where(row => row.UserId == user && row.Daily), today, now),
                    (_, row) => MailAsync(session, row, upTo, now, cancel), upTo, cancel);
            }
        }

        foreach (long hook in hooks)
        {
            await EachAsync(own => Due(own.Set<NoticeWebhook>().Where(row => row.Id == hook && row.EndedAt == null), today, now),
                (own, row) => PostAsync(own, row, upTo, now, cancel), upTo, cancel);
        }
    }

    private static IQueryable<T> Due<T>(IQueryable<T> subscribers, DateOnly today, DateTimeOffset now)
        where T : Subscriber => subscribers.Where(row => (row.LastDay == null || row.LastDay < today)
            && (row.RetryAt == null || row.RetryAt <= now) && (row.ClaimedUntil == null || row.ClaimedUntil <= now));

    /// <summary>The last notice that no slower transaction can still go under.</summary>
    private static async Task<long> SettledAsync(PlatformDb db, DateTimeOffset now, CancellationToken cancel)
    {
        long last = await db.Set<Notice>().MaxAsync(row => (long?)row.Id, cancel) ?? 0;
        DateTimeOffset old = now - DigestSchedule.Settles;
        return await db.Set<Notice>().Where(row => row.Id <= last && row.At > old).MinAsync(row => (long?)row.Id, cancel) - 1 ?? last;
    }

    /// <summary>One subscriber's turn; what goes wrong in it is not the next one's matter.</summary>
    /// <param name="still">Asks again whether it is due: another node may have begun with it or be done since the list was read.</param>
    private async Task EachAsync<T>(
        Func<PlatformDb, IQueryable<T>> still, Func<PlatformDb, T, Task<(bool Sent, string? Error)>> send, long upTo, CancellationToken cancel)
        where T : Subscriber
    {
        await using PlatformDb db = contexts.Lease(s_platform);
        try
        {
            if (await still(db).FirstOrDefaultAsync(cancel) is not { } row)
            {
                return;
            }

            row.ClaimedUntil = clock.Instant() + DigestSchedule.Claim;
            row.Version++;
            await db.SaveChangesAsync(cancel);
            (bool sent, string? error) = await send(db, row);
            if (error is null)
            {
                row.Done(Math.Max(upTo, row.LastNoticeId), clock.Instant(), sent);
            }
            else
            {
                row.Failed(error, clock.Instant());
                log.LogWarning("A digest was not delivered: {Error}; attempt {Failures}.", error, row.Failures);
            }

            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Refusal stale) when (stale.Status == 409)
        {
            // Another node was faster, or its owner has just changed it.
        }
    }

    private async Task<(bool Sent, string? Error)> MailAsync(
        MailSession session, NoticeDigest row, long upTo, DateTimeOffset now, CancellationToken cancel)
    {
        Actor actor = await actors.OfAsync(row.UserId, cancel);
        DigestContent content = await NewForAsync(actor, row, upTo, cancel);
        return content.Lines.Count == 0
            ? (false, null)
            : (true, await session.SendAsync(letter.Letter(row, actor.DisplayName, content, upTo, now), cancel));
    }

    private async Task<(bool Sent, string? Error)> PostAsync(PlatformDb db, NoticeWebhook row, long upTo, DateTimeOffset now, CancellationToken cancel)
    {
        DigestContent content = await NewForAsync(await actors.OfHouseAsync(row.OrganisationId, cancel), row, upTo, cancel);
        if (content.Lines.Count == 0)
        {
            return (false, null);
        }

        string organisation = await db.Set<Organisation>().Where(one => one.Id == row.OrganisationId).Select(one => one.Code).FirstAsync(cancel);
        try
        {
            // Asked again: the setting may have become narrower since the webhook was made.
            Uri address = SafeAddress.Require(row.Url, settings.AllowPrivate);
            string secret = protection.CreateProtector(WebhookBook.Purpose).Unprotect(row.Secret);
            return (true, await webhooks.PostAsync(address, secret, string.Create(CultureInfo.InvariantCulture, $"{row.Id}-{upTo}"),
                letter.Body(organisation, content, now), now, cancel));
        }
        catch (Refusal)
        {
            return (false, "private");
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return (false, "secret");
        }
    }

    private async Task<DigestContent> NewForAsync(Actor actor, Subscriber row, long upTo, CancellationToken cancel)
    {
        await using PlatformDb own = contexts.Lease(actor);
        return DigestContent.Of(await new Inbox(own, clock, shares).UnreadBetweenAsync(row.LastNoticeId, upTo, cancel));
    }
}

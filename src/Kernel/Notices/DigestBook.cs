using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Lodestone.Kernel.Notices;

/// <summary>Each person's own setting of the digest. Written by the next save.</summary>
public sealed class DigestBook(PlatformDb db, Catalogue catalogue, Ids ids, DigestSettings settings, TimeProvider clock, IDbContextFactory<PlatformDb> contexts)
{
    private const int LongestAddress = 254;

    /// <summary>Whether digests can be sent at all.</summary>
    public bool MailIsSetUp => settings.Mail is not null;

    /// <summary>True for whoever has an inbox.</summary>
    public bool IsOffered => db.Actor.Grants.Any(grant => catalogue.FindRole(grant.Role) is { Administers: false });

    /// <summary>The actor's own; null when never set.</summary>
    public Task<NoticeDigest?> ReadAsync(CancellationToken cancel = default) =>
        db.Set<NoticeDigest>().FirstOrDefaultAsync(row => row.UserId == db.Actor.UserId, cancel);

    /// <summary>Sets the actor's own. Turned on, it begins with what comes from now on.</summary>
    /// <exception cref="Refusal"><c>access.role</c>, <c>digest.no-mail</c>, <c>digest.address</c></exception>
    public async Task<NoticeDigest> SetAsync(string? address, bool daily, CancellationToken cancel = default)
    {
        if (!IsOffered)
        {
            throw Refusal.Role();
        }

        string wanted = address?.Trim() ?? "";
        if (daily && !MailIsSetUp)
        {
            throw new Refusal("digest.no-mail");
        }

        if ((daily || wanted.Length > 0) && !IsAddress(wanted))
        {
            throw new Refusal("digest.address");
        }

        NoticeDigest? row = await ReadAsync(cancel);
        string? before = row is null ? null : Short(row);
        if (row is null)
        {
            row = new NoticeDigest { UserId = db.Actor.UserId };
            db.Add(row);
        }

        if (daily && (!row.Daily || row.Address != wanted))
        {
            row.Begin(await LastNoticeAsync(contexts, cancel), clock.Instant());
        }

        (row.Address, row.Daily) = (wanted, daily);
        db.Audit("digest.set", new Subject("user", row.UserId), 0, await ids.NextAsync(cancel), before, Short(row));
        return row;
    }

    /// <summary>The present end of the notice table, whoever asks.</summary>
    internal static async Task<long> LastNoticeAsync(IDbContextFactory<PlatformDb> contexts, CancellationToken cancel)
    {
        await using PlatformDb all = contexts.Lease(Actor.Platform("/1/"));
        return await all.Set<Notice>().MaxAsync(row => (long?)row.Id, cancel) ?? 0;
    }

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
        && MailboxAddress.TryParse(text, out MailboxAddress? box) && box.Address == text && text.IndexOf('@', StringComparison.Ordinal) > 0;

    private static string Short(NoticeDigest row) => $"{(row.Daily ? "daily" : "off")} {row.Address}";
}

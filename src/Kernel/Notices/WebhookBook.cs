using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Notices;

/// <summary>The webhooks that the system administrator has set for organisations. Written by the next save.</summary>
public sealed class WebhookBook(
    PlatformDb db, Ids ids, OrganisationTree tree, DigestSettings settings, IDataProtectionProvider protection, TimeProvider clock,
    IDbContextFactory<PlatformDb> contexts)
{
    public const int ShortestSecret = 16;

    internal const string Purpose = "Lodestone.Webhook";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    /// <exception cref="Refusal">
    /// <c>webhook.url</c>, <c>webhook.private</c>, <c>webhook.secret</c>, <c>webhook.organisation</c>, <c>webhook.twice</c>, <c>request.not-found</c>
    /// </exception>
    public async Task<NoticeWebhook> AddAsync(string? organisationCode, string? url, string? secret, CancellationToken cancel = default)
    {
        Organisation owner = await tree.FindAsync(organisationCode, cancel);
        if (owner.Kind == OrganisationKind.Platform || owner.ClosedOn is not null)
        {
            throw new Refusal("webhook.organisation", 422, owner.Name);
        }

        string address = SafeAddress.Require(url, settings.AllowPrivate).AbsoluteUri;
        if (secret is null || secret.Length < ShortestSecret)
        {
            throw new Refusal("webhook.secret", 422, ShortestSecret);
        }

        if (await db.Set<NoticeWebhook>().AnyAsync(row => row.OrganisationId == owner.Id && row.Url == address && row.EndedAt == null, cancel))
        {
            throw new Refusal("webhook.twice", 422, owner.Name);
        }

        var made = new NoticeWebhook
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = owner.Id,
            Url = address,
            Secret = _protector.Protect(secret),
        };
        made.Begin(await DigestBook.LastNoticeAsync(contexts, cancel), clock.Instant());
        db.Add(made);
        db.Audit("webhook.add", new Subject("webhook", made.Id), owner.Id, made.Id, null, address);
        return made;
    }

    public async Task EndAsync(long id, CancellationToken cancel = default)
    {
        NoticeWebhook row = await db.Set<NoticeWebhook>().FirstOrDefaultAsync(one => one.Id == id && one.EndedAt == null, cancel) ?? throw Refusal.NotFound();
        row.EndedAt = clock.Instant();
        row.Version++;
        db.Audit("webhook.end", new Subject("webhook", id), row.OrganisationId, await ids.NextAsync(cancel), row.Url, null);
    }
}

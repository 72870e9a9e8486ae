using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Notices;

internal static class DigestEndpoints
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/account/digest", ReadAsync).ForBusiness();
        routes.MapPut("/api/account/digest", SetAsync).ForBusiness();
        routes.MapGet("/api/webhooks", HooksAsync).ForRoles(Role.SystemAdmin);
        routes.MapPost("/api/webhooks", AddAsync).ForRoles(Role.SystemAdmin);
        routes.MapPost("/api/webhooks/{id:long}/end", EndAsync).ForRoles(Role.SystemAdmin);
        routes.MapGet("/api/digests/failures", FailuresAsync).ForRoles(Role.SystemAdmin);
    }

    internal sealed record DigestBody(string? Address, bool Daily);

    /// <param name="MailIsSetUp">False: the platform has no mail server, and no digest goes out.</param>
    internal sealed record DigestView(string Address, bool Daily, bool MailIsSetUp);

    internal sealed record HookBody(string? Organisation, string? Url, string? Secret);

    internal sealed record HookView(
        long Id, string Organisation, string OrganisationName, string Url, DateTimeOffset? SentAt, int Failures, DateTimeOffset? RetryAt, string? LastError);

    /// <param name="User">Whose digest by mail is not delivered; the address stays the person's own.</param>
    internal sealed record FailureView(string User, string DisplayName, int Failures, DateTimeOffset? RetryAt, string LastError);

    internal sealed record Ended(bool Ok);

    private static async Task<Ok<DigestView>> ReadAsync(DigestBook book, CancellationToken cancel)
    {
        NoticeDigest? row = await book.ReadAsync(cancel);
        return TypedResults.Ok(new DigestView(row?.Address ?? "", row is { Daily: true }, book.MailIsSetUp));
    }

    private static async Task<Ok<DigestView>> SetAsync(DigestBody body, DigestBook book, PlatformDb db, CancellationToken cancel)
    {
        NoticeDigest row = await book.SetAsync(body.Address, body.Daily, cancel);
        return TypedResults.Ok(await db.CommitAsync(new DigestView(row.Address, row.Daily, book.MailIsSetUp), cancel));
    }

    private static async Task<Ok<List<HookView>>> HooksAsync(PlatformDb db, CancellationToken cancel) => TypedResults.Ok(await ListAsync(db, cancel));

    private static async Task<Ok<HookView>> AddAsync(HookBody body, WebhookBook book, OrganisationTree tree, PlatformDb db, CancellationToken cancel)
    {
        NoticeWebhook row = await book.AddAsync(body.Organisation, body.Url, body.Secret, cancel);
        Organisation owner = await tree.FindAsync(body.Organisation, cancel);
        return TypedResults.Ok(await db.CommitAsync(new HookView(row.Id, owner.Code, owner.Name, row.Url, null, 0, null, null), cancel));
    }

    private static async Task<Ok<Ended>> EndAsync(long id, WebhookBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.EndAsync(id, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Ended(true), cancel));
    }

    private static async Task<Ok<List<FailureView>>> FailuresAsync(PlatformDb db, CancellationToken cancel) => TypedResults.Ok(await FailingAsync(db, cancel));

    /// <summary>The webhooks in force, by organisation.</summary>
    internal static Task<List<HookView>> ListAsync(PlatformDb db, CancellationToken cancel = default) => (
        from hook in db.Set<NoticeWebhook>().AsNoTracking()
        join owner in db.Set<Organisation>() on hook.OrganisationId equals owner.Id
        where hook.EndedAt == null
        orderby owner.Path, hook.Id
        select new HookView(hook.Id, owner.Code, owner.Name, hook.Url, hook.SentAt, hook.Failures, hook.RetryAt, hook.LastError)).Take(Most).ToListAsync(cancel);

    /// <summary>People whose mail does not arrive, the most attempts first.</summary>
    internal static Task<List<FailureView>> FailingAsync(PlatformDb db, CancellationToken cancel = default) => (
        from digest in db.Set<NoticeDigest>().AsNoTracking()
        join user in db.Set<User>() on digest.UserId equals user.Id
        where digest.Daily && digest.LastError != null
        orderby digest.Failures descending, user.UserName
        select new FailureView(user.UserName!, user.DisplayName, digest.Failures, digest.RetryAt, digest.LastError!)).Take(Most).ToListAsync(cancel);
}

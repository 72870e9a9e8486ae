using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Audit;

internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/audit/records", ListAsync).ForRoles(Role.AuditAdmin);
        routes.MapGet("/api/audit/verification", VerifyAsync).ForRoles(Role.AuditAdmin);
    }

    internal sealed record RecordView(
        long Id, DateTimeOffset At, string User, string Action, string Subject, string? Before, string? After, bool Sealed);

    internal const int PageSize = 100;

    private static async Task<Ok<IReadOnlyList<RecordView>>> ListAsync(PlatformDb db, long? before, string? user, string? action, CancellationToken cancel) =>
        TypedResults.Ok(await PageAsync(db, before, user, action, cancel));

    /// <summary>Newest first, one page.</summary>
    internal static async Task<IReadOnlyList<RecordView>> PageAsync(
        PlatformDb db, long? before, string? user, string? action, CancellationToken cancel = default)
    {
        var rows = await (
            from record in db.Set<AuditRecord>().AsNoTracking()
            join account in db.Set<User>() on record.UserId equals account.Id into accounts
            from account in accounts.DefaultIfEmpty()
            where (before == null || record.Id < before) && (user == null || account.UserName == user) && (action == null || record.Action == action)
            orderby record.Id descending
            select new
            {
                record,
                Name = account == null ? null : account.UserName,
                Sealed = db.Set<AuditSeal>().Any(seal => seal.RecordId == record.Id),
            }).Take(PageSize).ToListAsync(cancel);
        return rows.ConvertAll(row => new RecordView(row.record.Id, row.record.At, row.Name ?? "platform", row.record.Action,
            $"{row.record.SubjectKind}:{row.record.SubjectId}", row.record.Before, row.record.After, row.Sealed));
    }

    private static async Task<Ok<AuditReport>> VerifyAsync(AuditVerifier verifier, CancellationToken cancel) =>
        TypedResults.Ok(await verifier.VerifyAsync(null, cancel));
}

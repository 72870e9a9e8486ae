using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Documents;

internal static class ExportEndpoints
{
    internal const int PageSize = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/exports", ListAsync).ForRoles(Role.AuditAdmin);

    /// <param name="Organisation">Code of whose data it is.</param>
    internal sealed record ExportView(
        long Id, DateTimeOffset At, string User, string DisplayName, string Organisation, string OrganisationName, string Route, string FileName,
        string Sha256, long Size, string Sensitivity);

    private static async Task<Ok<IReadOnlyList<ExportView>>> ListAsync(
        PlatformDb db, long? before, string? user, DateOnly? day, CancellationToken cancel) =>
        TypedResults.Ok(await PageAsync(db, before, user, day, cancel));

    /// <summary>Newest first, one page.</summary>
    /// <param name="day">By legal time.</param>
    internal static async Task<IReadOnlyList<ExportView>> PageAsync(
        PlatformDb db, long? before, string? user, DateOnly? day, CancellationToken cancel = default)
    {
        DateTimeOffset first = day is { } begins ? new DateTimeOffset(begins.ToDateTime(TimeOnly.MinValue), Clock.LegalOffset) : DateTimeOffset.UnixEpoch;
        DateTimeOffset end = day is { } ends && ends < DateOnly.MaxValue
            ? new DateTimeOffset(ends.AddDays(1).ToDateTime(TimeOnly.MinValue), Clock.LegalOffset)
            : DateTimeOffset.MaxValue;
        return await (
            from record in db.Set<ExportRecord>().AsNoTracking()
            join account in db.Set<User>() on record.UserId equals account.Id
            join organisation in db.Set<Organisation>() on record.OrganisationId equals organisation.Id
            where (before == null || record.Id < before) && (user == null || account.UserName == user) && record.At >= first && record.At < end
            orderby record.Id descending
            select new ExportView(record.Id, record.At, account.UserName!, account.DisplayName, organisation.Code, organisation.Name, record.Route,
                record.FileName, record.Sha256, record.Size, record.Sensitivity)).Take(PageSize).ToListAsync(cancel);
    }
}

using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>
/// Whose case it is. The staff's roles reach the whole city, but a department's people work on that department's cases only; the hall's windows take in
/// for all of them.
/// </summary>
internal static class CaseSight
{
    /// <summary>The cases that are the actor's to work on: the own enterprise's, the own department's, for a window of the hall all.</summary>
    public static async Task<IQueryable<ServiceCase>> OwnAsync(PlatformDb db, CancellationToken cancel = default)
    {
        (long[] enterprises, long[] departments, bool hall) = await SeatsAsync(db, cancel);
        return db.Set<ServiceCase>().Where(row => hall || enterprises.Contains(row.OrganisationId) || departments.Contains(row.DepartmentId));
    }

    /// <summary>Ids of the kernel's cases behind those that are not of <see cref="OwnAsync"/>; null when all are.</summary>
    public static async Task<IQueryable<long>?> OthersAsync(PlatformDb db, CancellationToken cancel = default)
    {
        (long[] enterprises, long[] departments, bool hall) = await SeatsAsync(db, cancel);
        return hall ? null : db.Set<ServiceCase>().Where(row => !enterprises.Contains(row.OrganisationId) && !departments.Contains(row.DepartmentId)).Select(row => row.CaseId);
    }

    /// <summary>The cases that the actor may read: the own ones, and those on which the own department is asked for its opinion.</summary>
    public static async Task<IQueryable<ServiceCase>> SeenAsync(PlatformDb db, CancellationToken cancel = default)
    {
        (long[] enterprises, long[] departments, bool hall) = await SeatsAsync(db, cancel);
        return db.Set<ServiceCase>().Where(row => hall || enterprises.Contains(row.OrganisationId) || departments.Contains(row.DepartmentId)
            || db.Set<CaseOpinion>().Any(opinion => opinion.ServiceCaseId == row.Id && departments.Contains(opinion.DepartmentId)));
    }

    /// <summary>The grant by which the actor works on the case in that role.</summary>
    /// <exception cref="Refusal"><c>access.role</c></exception>
    public static async Task<Grant> RequireAsync(PlatformDb db, ServiceCase service, string role, CancellationToken cancel = default) =>
        (await GrantsAsync(db, service, role, cancel)).FirstOrDefault() ?? throw Refusal.Role();

    /// <summary>Whether the actor may handle the case at the window: nobody else keeps it, or the actor fills in for the absent keeper.</summary>
    public static async Task<bool> KeepsAsync(PlatformDb db, ServiceCase service, CancellationToken cancel = default) =>
        await GrantsAsync(db, service, CasesModule.Clerk, cancel) is { Count: > 0 } seats
        && (service.Keeper is not { } keeper || keeper == db.Actor.UserId || seats.Any(grant => grant.OnBehalfOf == keeper));

    /// <summary>Who takes a case first answers for it until a recorded hand-over.</summary>
    /// <exception cref="Refusal"><c>access.role</c>, <c>service.not-keeper</c></exception>
    public static async Task TakeAsync(PlatformDb db, ServiceCase service, CancellationToken cancel = default)
    {
        await RequireAsync(db, service, CasesModule.Clerk, cancel);
        if (!await KeepsAsync(db, service, cancel))
        {
            throw new Refusal("service.not-keeper", 422, await NameAsync(db, service.Keeper!.Value, cancel));
        }

        service.FirstContact ??= db.Actor.UserId;
        service.Keeper ??= db.Actor.UserId;
    }

    public static async Task<string> NameAsync(PlatformDb db, long user, CancellationToken cancel = default) =>
        await db.Set<User>().Where(row => row.Id == user).Select(row => row.DisplayName).FirstOrDefaultAsync(cancel) ?? "";

    /// <summary>The department's own before the hall's.</summary>
    private static async Task<List<Grant>> GrantsAsync(PlatformDb db, ServiceCase service, string role, CancellationToken cancel)
    {
        long place = role == CasesModule.Applicant ? service.OrganisationId : service.DepartmentId;
        long[] halls = role == CasesModule.Clerk ? await HallsAsync(db, cancel) : [];
        return [.. db.Actor.Grants.Where(grant => grant.Role == role && (grant.OrganisationId == place || halls.Contains(grant.OrganisationId))).OrderBy(grant => grant.OrganisationId == place ? 0 : 1)];
    }

    private static async Task<(long[] Enterprises, long[] Departments, bool Hall)> SeatsAsync(PlatformDb db, CancellationToken cancel)
    {
        long[] enterprises = [.. db.Actor.Grants.Where(grant => grant.Role == CasesModule.Applicant).Select(grant => grant.OrganisationId)];
        long[] departments = [.. db.Actor.Grants.Where(grant => CasesModule.Staff.Contains(grant.Role)).Select(grant => grant.OrganisationId).Distinct()];
        return (enterprises, departments, (await HallsAsync(db, cancel)).Length > 0);
    }

    /// <summary>An institution is a hall: its clerks and its head see what all departments' windows take in.</summary>
    private static async Task<long[]> HallsAsync(PlatformDb db, CancellationToken cancel)
    {
        long[] seats = [.. db.Actor.Grants.Where(grant => grant.Role is CasesModule.Clerk or CasesModule.Head).Select(grant => grant.OrganisationId).Distinct()];
        return seats.Length == 0 ? [] : await db.Set<Organisation>().Where(row => seats.Contains(row.Id) && row.Kind == OrganisationKind.Institution).Select(row => row.Id).ToArrayAsync(cancel);
    }
}

/// <summary>Keeps one department's cases out of another's workbench and inbox.</summary>
internal sealed class CaseShare : ICaseShare
{
    public async Task<IQueryable<long>?> OthersAsync(PlatformDb db, CancellationToken cancel = default) =>
        db.Actor.IsAny(CasesModule.Everyone) ? await CaseSight.OthersAsync(db, cancel) : null;
}

/// <summary>Opinions that wait for the actor's department, and cases that a colleague wants to hand over to the actor.</summary>
internal sealed class CaseWork(PlatformDb db) : IWorkSource
{
    private const int Most = 50;

    public async Task<IReadOnlyList<WorkItem>> ListAsync(CancellationToken cancel = default)
    {
        long user = db.Actor.UserId;
        long[] departments = [.. db.Actor.Grants.Where(grant => grant.Role is CasesModule.Examiner or CasesModule.Head).Select(grant => grant.OrganisationId).Distinct()];
        List<WorkItem> items = departments.Length == 0 ? [] : [.. (await (
            from opinion in db.Set<CaseOpinion>()
            join service in db.Set<ServiceCase>() on opinion.ServiceCaseId equals service.Id
            join file in db.Set<Case>() on service.CaseId equals file.Id
            where departments.Contains(opinion.DepartmentId) && opinion.GivenOn == null && (file.Stage == CaseProcedure.Accepted || file.Stage == CaseProcedure.Special)
            orderby opinion.AskedOn
            select new { service.Id, service.ItemName, service.EnterpriseName, file.StageSince }).Take(Most).ToListAsync(cancel))
            .Select(row => new WorkItem("work.service.opinion", row.ItemName, row.EnterpriseName, CaseAddress.Of(row.Id), null, false, row.StageSince))];
        if (db.Actor.IsAny(CasesModule.Staff))
        {
            items.AddRange((await (
                from offer in db.Set<CaseHandOver>()
                join service in db.Set<ServiceCase>() on offer.ServiceCaseId equals service.Id
                where offer.ToUser == user && offer.TakenAt == null && offer.DeclinedAt == null
                orderby offer.Id
                select new { service.Id, service.ItemName, service.EnterpriseName, offer.OfferedAt }).Take(Most).ToListAsync(cancel))
                .Select(row => new WorkItem("work.service.hand-over", row.ItemName, row.EnterpriseName, CaseAddress.Of(row.Id), null, false, row.OfferedAt)));
        }

        return items;
    }
}

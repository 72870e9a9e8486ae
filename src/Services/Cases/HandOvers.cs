using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>First contact (首问负责): who took a case answers for it until a named colleague takes it over on record. Written by the next save.</summary>
internal sealed class HandOvers(PlatformDb db, Ids ids, TimeProvider clock)
{
    /// <param name="to">User name of the colleague.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>service.hand-over-nobody</c>, <c>service.no-keeper</c>, <c>service.not-keeper</c>, <c>service.hand-over-pending</c>, <c>service.hand-over-stranger</c>,
    /// <c>service.hand-over-self</c>, <c>service.hand-over-reason</c>
    /// </exception>
    public async Task<CaseHandOver> OfferAsync(long id, string? to, string? reason, CancellationToken cancel = default)
    {
        ServiceCase service = await FindAsync(id, cancel);
        if (string.IsNullOrWhiteSpace(to))
        {
            throw new Refusal("service.hand-over-nobody");
        }

        long keeper = service.Keeper ?? throw new Refusal("service.no-keeper");
        long[] units = await UnitsAsync(service, cancel);
        await RequireAsync(service, units, cancel);

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ServiceCase.LongestText)
        {
            throw new Refusal("service.hand-over-reason", 422, ServiceCase.LongestText);
        }

        string normalized = to.Trim().ToUpperInvariant();
        long colleague = await db.Set<User>().Where(row => row.NormalizedUserName == normalized && row.ClosedAt == null).Select(row => row.Id).FirstOrDefaultAsync(cancel);
        DateOnly today = clock.Today();
        if (colleague == keeper)
        {
            throw new Refusal("service.hand-over-self");
        }

        IQueryable<Membership> now = db.Set<Membership>().Where(row => row.Role == CasesModule.Clerk && (row.StartsOn == null || row.StartsOn <= today) && (row.EndsOn == null || row.EndsOn >= today));
        if (colleague == 0 || !await now.AnyAsync(row => row.UserId == colleague && units.Contains(row.OrganisationId), cancel))
        {
            throw new Refusal("service.hand-over-stranger", 422, to);
        }

        if (await Open(id).AnyAsync(cancel))
        {
            throw new Refusal("service.hand-over-pending");
        }

        var offer = new CaseHandOver
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = service.OrganisationId,
            ServiceCaseId = id,
            FromUser = keeper,
            ToUser = colleague,
            Reason = reason.Trim(),
            OfferedAt = clock.Instant(),
        };
        db.Add(offer);
        db.Audit("service.hand-over-offer", new Subject(ServiceCase.SubjectKind, id), service.OrganisationId, offer.Id, null, to.Trim());
        return offer;
    }

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>service.hand-over-none</c></exception>
    public async Task AnswerAsync(long id, bool takes, CancellationToken cancel = default)
    {
        ServiceCase service = await FindAsync(id, cancel);
        CaseHandOver offer = await Open(id).FirstOrDefaultAsync(row => row.ToUser == db.Actor.UserId, cancel)
            ?? throw new Refusal("service.hand-over-none");
        if (takes)
        {
            (offer.TakenAt, service.Keeper) = (clock.Instant(), db.Actor.UserId);
        }
        else
        {
            offer.DeclinedAt = clock.Instant();
        }

        db.Audit(takes ? "service.hand-over-take" : "service.hand-over-decline", new Subject(ServiceCase.SubjectKind, id), service.OrganisationId, await ids.NextAsync(cancel), null, null);
    }

    /// <summary>Takes an offer back that nobody has answered, so that another colleague can be asked.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>service.hand-over-no-offer</c>, <c>service.not-keeper</c></exception>
    public async Task CloseAsync(long id, CancellationToken cancel = default)
    {
        ServiceCase service = await FindAsync(id, cancel);
        CaseHandOver offer = await Open(id).FirstOrDefaultAsync(cancel) ?? throw new Refusal("service.hand-over-no-offer");
        await RequireAsync(service, await UnitsAsync(service, cancel), cancel);
        offer.DeclinedAt = clock.Instant();
        db.Audit("service.hand-over-close", new Subject(ServiceCase.SubjectKind, id), service.OrganisationId, await ids.NextAsync(cancel), null, null);
    }

    /// <summary>Whether the actor may hand the case over: its keeper, or a head of the department or of the keeper's unit.</summary>
    public async Task<bool> MayAsync(ServiceCase service, CancellationToken cancel = default) =>
        service.Keeper is not null && db.Actor.IsAny(CasesModule.Staff) && Answers(service, await UnitsAsync(service, cancel));

    private bool Answers(ServiceCase service, long[] units) => service.Keeper == db.Actor.UserId
        || db.Actor.Grants.Any(grant => grant.Role == CasesModule.Head && (grant.OrganisationId == service.DepartmentId || units.Contains(grant.OrganisationId)));

    private async Task RequireAsync(ServiceCase service, long[] units, CancellationToken cancel)
    {
        if (!Answers(service, units))
        {
            throw new Refusal("service.not-keeper", 422, service.Keeper is { } keeper ? await CaseSight.NameAsync(db, keeper, cancel) : "");
        }
    }

    /// <summary>Where the keeper sits or sat as a clerk: who has left still leaves a colleague there.</summary>
    private async Task<long[]> UnitsAsync(ServiceCase service, CancellationToken cancel) =>
        await db.Set<Membership>().Where(row => row.UserId == service.Keeper && row.Role == CasesModule.Clerk).Select(row => row.OrganisationId).Distinct().ToArrayAsync(cancel) is { Length: > 0 } units
            ? units
            : [service.DepartmentId];

    private IQueryable<CaseHandOver> Open(long id) => db.Set<CaseHandOver>().Where(row => row.ServiceCaseId == id && row.TakenAt == null && row.DeclinedAt == null);

    private async Task<ServiceCase> FindAsync(long id, CancellationToken cancel) => db.Actor.IsAny(CasesModule.Staff)
        ? await (await CaseSight.OwnAsync(db, cancel)).FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound()
        : throw Refusal.NotFound();
}

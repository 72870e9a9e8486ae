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
    /// <c>request.not-found</c>, <c>service.hand-over-nobody</c>, <c>service.not-keeper</c>, <c>service.hand-over-pending</c>, <c>service.hand-over-stranger</c>,
    /// <c>service.hand-over-self</c>, <c>service.hand-over-reason</c>
    /// </exception>
    public async Task<CaseHandOver> OfferAsync(long id, string? to, string? reason, CancellationToken cancel = default)
    {
        ServiceCase service = await FindAsync(id, cancel);
        if (string.IsNullOrWhiteSpace(to))
        {
            throw new Refusal("service.hand-over-nobody");
        }

        long user = db.Actor.UserId;
        if (service.Keeper is not { } keeper || (keeper != user && !db.Actor.Is(CasesModule.Head)))
        {
            throw new Refusal("service.not-keeper", 422, "");
        }

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
        if (colleague == 0 || !await now.AnyAsync(row => row.UserId == colleague && now.Any(own => own.UserId == keeper && own.OrganisationId == row.OrganisationId), cancel))
        {
            throw new Refusal("service.hand-over-stranger", 422, to);
        }

        if (await db.Set<CaseHandOver>().AnyAsync(row => row.ServiceCaseId == id && row.TakenAt == null && row.DeclinedAt == null, cancel))
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
        CaseHandOver offer = await db.Set<CaseHandOver>().FirstOrDefaultAsync(row => row.ServiceCaseId == id && row.ToUser == db.Actor.UserId && row.TakenAt == null && row.DeclinedAt == null, cancel)
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

    private async Task<ServiceCase> FindAsync(long id, CancellationToken cancel) => db.Actor.IsAny(CasesModule.Staff)
        ? await (await CaseSight.OwnAsync(db, cancel)).FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound()
        : throw Refusal.NotFound();
}

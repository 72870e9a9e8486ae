using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Identity;

/// <summary>Lets a named deputy act for a dated time. What is delegated cannot be delegated on.</summary>
public sealed class DelegationBook(PlatformDb db, Ids ids, UserBook users, OrganisationTree tree, TimeProvider clock)
{
    public const int LongestDays = 366;

    /// <exception cref="Refusal">
    /// <c>delegation.not-held</c>, <c>delegation.self</c>, <c>delegation.dates</c>, <c>delegation.reason</c>, <c>delegation.reporter</c>,
    /// <c>identity.too-many-branches</c>, <c>request.not-found</c>
    /// </exception>
    public async Task<Delegation> DelegateAsync(
        string? deputyName, string? organisationCode, string? role, DateOnly from, DateOnly until, string? reason, CancellationToken cancel = default)
    {
        Organisation organisation = await tree.FindAsync(organisationCode, cancel);
        Grant? own = db.Actor.Grants.FirstOrDefault(grant =>
            grant.OrganisationId == organisation.Id && grant.Role == role && grant.OnBehalfOf is null);
        if (own is null)
        {
            throw new Refusal("delegation.not-held", 403, role ?? "", organisation.Name);
        }

        User deputy = await users.FindAsync(deputyName, cancel);
        if (deputy.Id == db.Actor.UserId)
        {
            throw new Refusal("delegation.self");
        }

        if (until < from || until < clock.Today() || until.DayNumber - from.DayNumber > LongestDays)
        {
            throw new Refusal("delegation.dates", 422, LongestDays);
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new Refusal("delegation.reason");
        }

        await RequireSameHouseAsync(deputy, organisation, cancel);
        var made = new Delegation
        {
            Id = await ids.NextAsync(cancel),
            OwnerId = db.Actor.UserId,
            DeputyId = deputy.Id,
            OrganisationId = organisation.Id,
            Role = own.Role,
            StartsOn = from,
            EndsOn = until,
            Reason = reason.Trim(),
        };
        db.Add(made);
        db.Audit("delegation.grant", new Subject("delegation", made.Id), organisation.Id, made.Id, null, $"{own.Role} -> {deputy.UserName}");
        return made;
    }

    public async Task RevokeAsync(long id, CancellationToken cancel = default)
    {
        Delegation delegation = await db.Set<Delegation>()
            .FirstOrDefaultAsync(row => row.Id == id && row.OwnerId == db.Actor.UserId && row.RevokedAt == null, cancel) ?? throw Refusal.NotFound();
        delegation.RevokedAt = clock.Instant();
        db.Audit("delegation.revoke", new Subject("delegation", id), delegation.OrganisationId, await ids.NextAsync(cancel), "open", "revoked");
    }

    /// <summary>The deputy must already belong to the organisation or to a house around it; a role never leaves the branch.</summary>
    private async Task RequireSameHouseAsync(User deputy, Organisation organisation, CancellationToken cancel)
    {
        DateOnly today = clock.Today();
        // Asked without the actor's own scope: the deputy may sit above. Only yes or no comes back.
        List<string> houses = await db.HousesOfAsync(deputy.Id, today, cancel);
        if (!houses.Any(house => organisation.Path.StartsWith(house, StringComparison.Ordinal)))
        {
            throw new Refusal("delegation.outside", 422, deputy.DisplayName, organisation.Name);
        }
    }
}

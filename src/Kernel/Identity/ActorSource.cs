using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Identity;

/// <summary>Builds an actor from the memberships and delegations that are in force today.</summary>
public sealed class ActorSource(IDbContextFactory<PlatformDb> contexts, CallerReading callers, Catalogue catalogue, TimeProvider clock)
{
    private static readonly Func<PlatformDb, long, DateOnly, IAsyncEnumerable<Held>> s_house = EF.CompileAsyncQuery(
        (PlatformDb db, long house, DateOnly today) =>
            from membership in db.Set<Membership>().IgnoreQueryFilters()
            join organisation in db.Set<Organisation>().IgnoreQueryFilters() on membership.OrganisationId equals organisation.Id
            join user in db.Set<User>() on membership.UserId equals user.Id
            where organisation.Id == house && user.ClosedAt == null && (membership.StartsOn == null || membership.StartsOn <= today)
                && (membership.EndsOn == null || membership.EndsOn >= today)
            select new Held(membership.Role, null, organisation.Id, organisation.Path, organisation.Kind));

    /// <summary>What the people of one organisation see together by their memberships in it. Stands for nobody, so it reads and never acts.</summary>
    public async Task<Actor> OfHouseAsync(long organisationId, CancellationToken cancel = default)
    {
        await using PlatformDb db = contexts.Lease(Actor.Nobody);
        var grants = new List<Grant>();
        await foreach (Held one in s_house(db, organisationId, clock.Today()).WithCancellation(cancel))
        {
            grants.Add(new Grant(one.OrganisationId, one.Path, Reach(one), one.Role));
        }

        return new Actor(0, "", "", [.. grants.Distinct()]);
    }

    /// <summary>The user's actor; <see cref="Actor.Nobody"/> when the account is closed or unknown.</summary>
    public async Task<Actor> OfAsync(long userId, CancellationToken cancel = default) => Of(await callers.SeatsAsync(userId, clock.Today(), cancel));

    /// <summary>The actor of a token's holder; <see cref="Actor.Nobody"/> when the token is not good or its account is closed.</summary>
    internal async Task<Actor> OfTokenAsync(string tokenHash, CancellationToken cancel = default) =>
        Of(await callers.SeatsOfTokenAsync(tokenHash, clock.Today(), clock.GetUtcNow(), cancel));

    private Actor Of(List<CallerReading.Seat> seats)
    {
        return seats.Count == 0
            ? Actor.Nobody
            : new Actor(seats[0].UserId, seats[0].UserName, seats[0].DisplayName,
            [
                .. seats.Where(seat => seat.Role is not null).Select(seat => new Grant(
                    seat.OrganisationId, seat.Path, ReachOf(catalogue.FindRole(seat.Role!), seat.Kind, seat.Path), seat.Role!, seat.OwnerId)),
            ]);
    }

    /// <summary>A department acts for the government it belongs to, in the roles that say so.</summary>
    private string Reach(Held held) => ReachOf(catalogue.FindRole(held.Role), held.Kind, held.Path);

    internal static string ReachOf(Role? role, string kind, string path) =>
        role is { ActsForParent: true } && OrganisationKind.ActsForParent(kind) && Organisation.Chain(path).Count() > 2
            ? path[..(path.AsSpan(0, path.Length - 1).LastIndexOf('/') + 1)]
            : path;

    internal sealed record Held(string Role, long? OnBehalfOf, long OrganisationId, string Path, string Kind);
}

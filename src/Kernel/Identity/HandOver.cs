using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel.Identity;

/// <summary>
/// A person's seats go to another from a day on: the old ones end the day before, the new ones begin, what the old person had delegated
/// ends. Written by the next save, with one audit record.
/// </summary>
public sealed class HandOver(
    PlatformDb db, Ids ids, UserBook users, ActorSource actors, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>A hand-over may be entered so far ahead.</summary>
    public const int FurthestDays = 366;

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<HandOverSight> LookAsync(string? userName, CancellationToken cancel = default)
    {
        User person = await users.FindAsync(userName, cancel);
        DateOnly today = clock.Today();
        List<HeldSeat> seats = (await Seats(person.Id, today).ToListAsync(cancel)).ConvertAll(row => new HeldSeat(
            row.Code, row.Name, row.Membership.Role, row.Membership.StartsOn, row.Membership.EndsOn));
        var delegations = await (
            from delegation in db.Set<Delegation>().AsNoTracking()
            join owner in db.Set<User>() on delegation.OwnerId equals owner.Id
            join deputy in db.Set<User>() on delegation.DeputyId equals deputy.Id
            join organisation in db.Set<Organisation>() on delegation.OrganisationId equals organisation.Id
            where (delegation.OwnerId == person.Id || delegation.DeputyId == person.Id) && delegation.RevokedAt == null && delegation.EndsOn >= today
            orderby delegation.Id
            select new { delegation, Owner = owner, Deputy = deputy, organisation.Code, organisation.Name }).ToListAsync(cancel);
        HeldDelegation[] Of(bool given) =>
        [
            .. delegations.Where(row => row.delegation.OwnerId == person.Id == given).Select(row => (row, Other: given ? row.Deputy : row.Owner))
                .Select(one => new HeldDelegation(one.Other.UserName!, one.Other.DisplayName, one.row.Code, one.row.Name, one.row.delegation.Role,
                    one.row.delegation.StartsOn, one.row.delegation.EndsOn)),
        ];
        Actor own = Own(await actors.OfAsync(person.Id, cancel));
        IReadOnlyList<WorkItem> work = await AsAsync(own, services => services.GetRequiredService<Workbench>().MineAsync(cancel));
        return new HandOverSight(seats, Of(given: true), Of(given: false),
            [.. work.GroupBy(item => item.Kind).Select(kind => new OpenWork(kind.Key, kind.Count())).OrderBy(kind => kind.Kind, StringComparer.Ordinal)]);
    }

    /// <param name="day">The successor's first day; today at the earliest.</param>
    /// <returns>How many seats went over.</returns>
    /// <exception cref="Refusal">
    /// <c>hand-over.nobody</c>, <c>hand-over.self</c>, <c>hand-over.reason</c>, <c>hand-over.day</c>, <c>hand-over.nothing</c>,
    /// <c>hand-over.recusal</c>, <c>identity.separated-roles</c>, <c>identity.too-many-branches</c>, <c>request.not-found</c>;
    /// at the save <c>request.stale</c>
    /// </exception>
    public async Task<int> MoveAsync(string? userName, string? successorName, DateOnly? day, string? reason, CancellationToken cancel = default)
    {
        User person = await users.FindAsync(userName, cancel);
        if (string.IsNullOrWhiteSpace(successorName))
        {
            throw new Refusal("hand-over.nobody");
        }

        User successor = await users.FindAsync(successorName.Trim(), cancel);
        if (successor.Id == person.Id)
        {
            throw new Refusal("hand-over.self");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new Refusal("hand-over.reason");
        }

        DateOnly today = clock.Today();
        if (day is not { } from || from < today || from > today.AddDays(FurthestDays))
        {
            throw new Refusal("hand-over.day", 422, FurthestDays);
        }

        List<Seated> seats = await Seats(person.Id, from).AsTracking().ToListAsync(cancel);
        if (seats.Count == 0)
        {
            throw new Refusal("hand-over.nothing", 422, person.DisplayName);
        }

        await RequireHearingAsync(person, successor, cancel);
        List<Seated> already = await Seats(successor.Id, from).ToListAsync(cancel);
        await users.GiveAsync(successor.Id, [.. seats.Where(seat => !already.Exists(one => Covers(one.Membership, seat.Membership, from))).Select(seat =>
            new MembershipRequest(seat.Code, seat.Membership.Role, Later(seat.Membership.StartsOn, from), seat.Membership.EndsOn))], cancel);
        seats.ForEach(seat => seat.Membership.EndsOn = from.AddDays(-1));
        // Of two hand-overs that touch one person at once the later one is refused as stale.
        (person.ConcurrencyStamp, successor.ConcurrencyStamp) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        int ended = await EndDelegationsAsync(person.Id, from, cancel);
        Organisation root = await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.ParentId == null, cancel);
        db.Audit("user.hand-over", new Subject("user", person.Id), root.Id, await ids.NextAsync(cancel),
            $"{person.UserName}: {string.Join(", ", seats.Select(seat => $"{seat.Membership.Role}@{seat.Code}"))}",
            string.Create(CultureInfo.InvariantCulture, $"{successor.UserName} {from:yyyy-MM-dd} ({ended} delegations ended): {reason.Trim()}"));
        return seats.Count;
    }

    /// <summary>
    /// No open case may lose who could decide it, and the successor may not be put into an office that the data bar him from.
    /// </summary>
    private async Task RequireHearingAsync(User person, User successor, CancellationToken cancel)
    {
        Actor old = Own(await actors.OfAsync(person.Id, cancel));
        Actor now = await actors.OfAsync(successor.Id, cancel);
        var then = new Actor(now.UserId, now.UserName, now.DisplayName, [.. now.Grants.Concat(old.Grants).Distinct()]);
        IReadOnlyList<Hearing> before = await HearingsAsync(now, cancel);
        IReadOnlyList<Hearing> after = await HearingsAsync(then, cancel);
        long[] heard = [.. (await HearingsAsync(old, cancel)).Where(one => !one.Recused).Select(one => one.CaseId)];
        int broken = after.Count(one => one.Recused && (heard.Contains(one.CaseId) || !before.Any(known => known.Recused && known.CaseId == one.CaseId)));
        if (broken > 0)
        {
            throw new Refusal("hand-over.recusal", 422, successor.DisplayName, broken);
        }
    }

    private Task<IReadOnlyList<Hearing>> HearingsAsync(Actor actor, CancellationToken cancel) => AsAsync<IReadOnlyList<Hearing>>(actor, async services =>
    {
        var all = new List<Hearing>();
        foreach (IHearingSource source in services.GetServices<IHearingSource>())
        {
            all.AddRange(await source.ListAsync(cancel));
        }

        return all;
    });

    private async Task<int> EndDelegationsAsync(long owner, DateOnly from, CancellationToken cancel)
    {
        List<Delegation> given = await db.Set<Delegation>()
            .Where(row => row.OwnerId == owner && row.RevokedAt == null && row.EndsOn >= from).ToListAsync(cancel);
        foreach (Delegation delegation in given)
        {
            if (delegation.StartsOn < from)
            {
                delegation.EndsOn = from.AddDays(-1);
            }
            else
            {
                delegation.RevokedAt = clock.Instant();
            }
        }

        return given.Count;
    }

    /// <summary>Memberships that are in force on a day or later.</summary>
    private IQueryable<Seated> Seats(long user, DateOnly day) =>
        from membership in db.Set<Membership>().AsNoTracking()
        join organisation in db.Set<Organisation>() on membership.OrganisationId equals organisation.Id
        where membership.UserId == user && (membership.EndsOn == null || membership.EndsOn >= day)
            && (membership.StartsOn == null || membership.EndsOn == null || membership.StartsOn <= membership.EndsOn)
        orderby membership.Id
        select new Seated(membership, organisation.Code, organisation.Name);

    /// <summary>In another's place, to read as that person would; nothing is written there.</summary>
    private async Task<T> AsAsync<T>(Actor actor, Func<IServiceProvider, Task<T>> read)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        return await read(scope.ServiceProvider);
    }

    /// <summary>Without what is held for somebody else: that does not go over.</summary>
    private static Actor Own(Actor actor) =>
        new(actor.UserId, actor.UserName, actor.DisplayName, [.. actor.Grants.Where(grant => grant.OnBehalfOf is null)]);

    private static bool Covers(Membership held, Membership given, DateOnly from) =>
        held.OrganisationId == given.OrganisationId && held.Role == given.Role && (held.StartsOn is null || held.StartsOn <= Later(given.StartsOn, from))
        && (held.EndsOn is null || (given.EndsOn is { } end && held.EndsOn >= end));

    private static DateOnly Later(DateOnly? starts, DateOnly from) => starts is { } day && day > from ? day : from;

    private sealed record Seated(Membership Membership, string Code, string Name);
}

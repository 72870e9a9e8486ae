using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Identity;

/// <summary>A membership as it is asked for: organisation by code, role by code.</summary>
public sealed record MembershipRequest(string? Organisation, string? Role, DateOnly? From = null, DateOnly? Until = null);

/// <summary>Opens and closes accounts, gives roles. Written by the next save.</summary>
public sealed class UserBook(
    PlatformDb db, Ids ids, Catalogue catalogue, OrganisationTree tree, ILookupNormalizer normalizer, IPasswordHasher<User> hasher, TimeProvider clock)
{
    public const int ShortestPassword = 8;

    /// <exception cref="Refusal">
    /// <c>user.name</c>, <c>user.name-taken</c>, <c>user.password-short</c>, <c>user.memberships</c>, <c>identity.unknown-role</c>,
    /// <c>identity.role-place</c>, <c>identity.separated-roles</c>, <c>identity.too-many-branches</c>, <c>request.not-found</c>
    /// </exception>
    public async Task<User> AddAsync(
        string? userName, string? displayName, string? password, IReadOnlyList<MembershipRequest>? memberships, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(userName) || userName.Length > 64 || userName.Any(char.IsWhiteSpace))
        {
            throw new Refusal("user.name");
        }

        string normalized = normalizer.NormalizeName(userName);
        if (await db.Set<User>().AnyAsync(row => row.NormalizedUserName == normalized, cancel))
        {
            throw new Refusal("user.name-taken", 422, userName);
        }

        if (memberships is null or { Count: 0 })
        {
            throw new Refusal("user.memberships");
        }

        var user = new User
        {
            Id = await ids.NextAsync(cancel),
            UserName = userName,
            NormalizedUserName = normalized,
            DisplayName = string.IsNullOrWhiteSpace(displayName) ? userName : displayName.Trim(),
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
        SetPassword(user, password);
        db.Add(user);
        await AddMembershipsAsync(user.Id, [], memberships, cancel);
        Organisation root = await RootAsync(cancel);
        db.Audit("user.create", new Subject("user", user.Id), root.Id, user.Id, null,
            $"{userName}: {string.Join(", ", memberships.Select(one => $"{one.Role}@{one.Organisation}"))}");
        return user;
    }

    /// <summary>Gives an account one more role.</summary>
    public async Task GrantAsync(string userName, MembershipRequest request, CancellationToken cancel = default)
    {
        User user = await FindAsync(userName, cancel);
        List<(string Role, string Kind, string Path, string Reach)> held = await HeldAsync(user.Id, cancel);
        await AddMembershipsAsync(user.Id, held, [request], cancel);
        long reference = await ids.NextAsync(cancel);
        db.Audit("user.grant", new Subject("user", user.Id), (await RootAsync(cancel)).Id, reference, null, $"{request.Role}@{request.Organisation}");
    }

    /// <summary>Gives several roles that are audited by the caller's own command.</summary>
    internal async Task GiveAsync(long userId, IReadOnlyList<MembershipRequest> requests, CancellationToken cancel) =>
        await AddMembershipsAsync(userId, await HeldAsync(userId, cancel), requests, cancel);

    /// <summary>Ends an account's memberships of a role in an organisation with yesterday.</summary>
    public async Task RevokeAsync(string userName, MembershipRequest request, CancellationToken cancel = default)
    {
        User user = await FindAsync(userName, cancel);
        Organisation organisation = await tree.FindAsync(request.Organisation ?? OrganisationTree.RootCode, cancel);
        List<Membership> held = await db.Set<Membership>()
            .Where(row => row.UserId == user.Id && row.OrganisationId == organisation.Id && row.Role == request.Role).ToListAsync(cancel);
        if (held.Count == 0)
        {
            throw Refusal.NotFound();
        }

        held.ForEach(row => row.EndsOn = clock.Today().AddDays(-1));
        long reference = await ids.NextAsync(cancel);
        db.Audit("user.revoke", new Subject("user", user.Id), organisation.Id, reference, $"{request.Role}@{request.Organisation}", null);
    }

    /// <summary>Closes an account at once; its tokens and cookies open nothing any more.</summary>
    public async Task CloseAsync(string userName, CancellationToken cancel = default)
    {
        User user = await FindAsync(userName, cancel);
        user.ClosedAt = clock.Instant();
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        long reference = await ids.NextAsync(cancel);
        db.Audit("user.close", new Subject("user", user.Id), (await RootAsync(cancel)).Id, reference, "open", "closed");
    }

    public async Task ResetPasswordAsync(string userName, string? password, CancellationToken cancel = default)
    {
        User user = await FindAsync(userName, cancel);
        SetPassword(user, password);
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        foreach (ApiToken token in await db.Set<ApiToken>().Where(row => row.UserId == user.Id && row.RevokedAt == null).ToListAsync(cancel))
        {
            token.RevokedAt = clock.Instant();
        }

        long reference = await ids.NextAsync(cancel);
        db.Audit("user.reset-password", new Subject("user", user.Id), (await RootAsync(cancel)).Id, reference);
    }

    public async Task<User> FindAsync(string? userName, CancellationToken cancel = default)
    {
        string normalized = normalizer.NormalizeName(userName ?? "") ?? "";
        return await db.Set<User>().FirstOrDefaultAsync(row => row.NormalizedUserName == normalized && row.ClosedAt == null, cancel)
            ?? throw Refusal.NotFound();
    }

    private async Task AddMembershipsAsync(
        long userId, List<(string Role, string Kind, string Path, string Reach)> held, IReadOnlyList<MembershipRequest> requests, CancellationToken cancel)
    {
        foreach (MembershipRequest request in requests)
        {
            Role role = catalogue.FindRole(request.Role ?? "") ?? throw new Refusal("identity.unknown-role", 422, request.Role ?? "");
            Organisation organisation = await tree.FindAsync(request.Organisation ?? OrganisationTree.RootCode, cancel);
            string reach = ActorSource.ReachOf(role, organisation.Kind, organisation.Path);
            string reachKind = reach == organisation.Path
                ? organisation.Kind
                : await db.Set<Organisation>().Where(row => row.Path == reach).Select(row => row.Kind).FirstAsync(cancel);
            if (role.Administers != (organisation.Kind == OrganisationKind.Platform)
                || (role.ReachKinds.Count > 0 && !role.ReachKinds.Contains(reachKind)))
            {
                throw new Refusal("identity.role-place", 422, role.Code, organisation.Name);
            }

            held.Add((role.Code, organisation.Kind, organisation.Path, reach));
            db.Add(new Membership
            {
                Id = await ids.NextAsync(cancel),
                UserId = userId,
                OrganisationId = organisation.Id,
                Role = role.Code,
                StartsOn = request.From,
                EndsOn = request.Until,
            });
        }

        // Three separated administrators (三员分立): none holds another's office or does the city's work.
        string[] offices = [.. held.Where(one => catalogue.FindRole(one.Role) is { Administers: true }).Select(one => one.Role).Distinct()];
        if (offices.Length > 1 || (offices.Length == 1 && held.Any(one => one.Role != offices[0])))
        {
            throw new Refusal("identity.separated-roles");
        }

        Actor.Disjoint(held.Select(one => one.Reach));
        Actor.Disjoint(held.Select(one => catalogue.FindRole(one.Role) is { ReachesWhereNamed: true } ? one.Path : one.Reach));
    }

    private async Task<List<(string Role, string Kind, string Path, string Reach)>> HeldAsync(long userId, CancellationToken cancel)
    {
        DateOnly today = clock.Today();
        var rows = await (
            from membership in db.Set<Membership>()
            join organisation in db.Set<Organisation>() on membership.OrganisationId equals organisation.Id
            where membership.UserId == userId && (membership.EndsOn == null || membership.EndsOn >= today)
            select new { membership.Role, organisation.Kind, organisation.Path }).ToListAsync(cancel);
        return [.. rows.Select(row => (row.Role, row.Kind, row.Path, ActorSource.ReachOf(catalogue.FindRole(row.Role), row.Kind, row.Path)))];
    }

    private void SetPassword(User user, string? password)
    {
        if (password is null || password.Length < ShortestPassword)
        {
            throw new Refusal("user.password-short", 422, ShortestPassword);
        }

        user.PasswordHash = hasher.HashPassword(user, password);
    }

    private Task<Organisation> RootAsync(CancellationToken cancel) =>
        db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.ParentId == null, cancel);
}

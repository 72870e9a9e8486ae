using System.Security.Cryptography;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Identity;

internal static class IdentityEndpoints
{
    private static readonly TimeSpan s_tokenLife = TimeSpan.FromHours(12);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/tokens", IssueAsync).OpenToAnyone("signing in");
        routes.MapPost("/api/tokens/revoke", RevokeAsync).ForSignedIn();
        routes.MapGet("/api/me", Me).ForSignedIn();
        routes.MapPost("/api/users", CreateAsync).ForRoles(Role.SecurityAdmin);
        routes.MapGet("/api/users", ListAsync).ForRoles(Role.SecurityAdmin);
        routes.MapPost("/api/users/{userName}/memberships", GrantAsync).ForRoles(Role.SecurityAdmin);
        routes.MapPost("/api/users/{userName}/memberships/end", EndAsync).ForRoles(Role.SecurityAdmin);
        routes.MapPost("/api/users/{userName}/close", CloseAsync).ForRoles(Role.SecurityAdmin);
        routes.MapPost("/api/users/{userName}/password", ResetAsync).ForRoles(Role.SecurityAdmin);
        routes.MapPost("/api/delegations", DelegateAsync).ForBusiness();
        routes.MapPost("/api/delegations/{id:long}/revoke", RevokeDelegationAsync).ForBusiness();
        routes.MapGet("/api/delegations", DelegationsAsync).ForBusiness();
    }

    internal sealed record Credentials(string? UserName, string? Password);

    internal sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt);

    internal sealed record NewUser(string? UserName, string? DisplayName, string? Password, IReadOnlyList<MembershipRequest>? Memberships);

    internal sealed record UserView(string UserName, string DisplayName, bool Closed);

    internal sealed record NewPassword(string? Password);

    internal sealed record NewDelegation(string? Deputy, string? Organisation, string? Role, DateOnly From, DateOnly Until, string? Reason);

    internal sealed record DelegationView(
        long Id, string Owner, string Deputy, string Organisation, string Role, DateOnly From, DateOnly Until, string Reason, bool Revoked);

    internal sealed record Done(bool Ok);

    internal sealed record MeView(string UserName, string DisplayName, IEnumerable<MembershipRequest> Roles);

    private static async Task<Ok<IssuedToken>> IssueAsync(
        Credentials body, SignInManager<User> signIn, UserManager<User> users, PlatformDb db, Ids ids, TimeProvider clock, CancellationToken cancel)
    {
        User user = await SignInDoor.CheckAsync(signIn, users, body.UserName, body.Password);
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        DateTimeOffset now = clock.Instant();
        var row = new ApiToken
        {
            Id = await ids.NextAsync(cancel),
            UserId = user.Id,
            Hash = TokenScheme.HashOf(token),
            CreatedAt = now,
            ExpiresAt = now + s_tokenLife,
        };
        db.Add(row);
        db.Audit("token.issue", new Subject("user", user.Id), 0, row.Id, null, user.UserName);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(new IssuedToken(token, row.ExpiresAt));
    }

    private static async Task<Ok<Done>> RevokeAsync(HttpContext context, PlatformDb db, Ids ids, TimeProvider clock, CancellationToken cancel)
    {
        string hash = TokenScheme.HashOf(context.Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim());
        ApiToken token = await db.Set<ApiToken>().FirstAsync(row => row.Hash == hash, cancel);
        token.RevokedAt = clock.Instant();
        db.Audit("token.revoke", new Subject("user", token.UserId), 0, await ids.NextAsync(cancel));
        return TypedResults.Ok(await db.CommitAsync(new Done(true), cancel));
    }

    private static async Task<Ok<MeView>> Me(PlatformDb db, CancellationToken cancel)
    {
        long[] organisations = [.. db.Actor.Grants.Select(grant => grant.OrganisationId).Distinct()];
        Dictionary<long, string> codes = await db.Set<Organisation>().Where(row => organisations.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Code, cancel);
        return TypedResults.Ok(new MeView(db.Actor.UserName, db.Actor.DisplayName,
            db.Actor.Grants.Select(grant => new MembershipRequest(codes.GetValueOrDefault(grant.OrganisationId), grant.Role))));
    }

    private static async Task<Ok<UserView>> CreateAsync(NewUser body, UserBook book, PlatformDb db, CancellationToken cancel)
    {
        User user = await book.AddAsync(body.UserName, body.DisplayName, body.Password, body.Memberships, cancel);
        return TypedResults.Ok(await db.CommitAsync(new UserView(user.UserName!, user.DisplayName, false), cancel));
    }

    private static async Task<Ok<List<UserView>>> ListAsync(PlatformDb db, string? after, CancellationToken cancel) =>
        TypedResults.Ok(await db.Set<User>().AsNoTracking().Where(row => after == null || string.Compare(row.UserName, after) > 0)
            .OrderBy(row => row.UserName).Take(500).Select(row => new UserView(row.UserName!, row.DisplayName, row.ClosedAt != null)).ToListAsync(cancel));

    private static async Task<Ok<Done>> GrantAsync(string userName, MembershipRequest body, UserBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.GrantAsync(userName, body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(true), cancel));
    }

    private static async Task<Ok<Done>> EndAsync(string userName, MembershipRequest body, UserBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.RevokeAsync(userName, body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(true), cancel));
    }

    private static async Task<Ok<Done>> CloseAsync(string userName, UserBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.CloseAsync(userName, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(true), cancel));
    }

    private static async Task<Ok<Done>> ResetAsync(string userName, NewPassword body, UserBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.ResetPasswordAsync(userName, body.Password, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(true), cancel));
    }

    private static async Task<Ok<DelegationView>> DelegateAsync(
        NewDelegation body, DelegationBook book, PlatformDb db, CancellationToken cancel)
    {
        Delegation made = await book.DelegateAsync(body.Deputy, body.Organisation, body.Role, body.From, body.Until, body.Reason, cancel);
        return TypedResults.Ok(await db.CommitAsync(new DelegationView(
            made.Id, db.Actor.UserName, body.Deputy!, body.Organisation!, made.Role, made.StartsOn, made.EndsOn, made.Reason, false), cancel));
    }

    private static async Task<Ok<Done>> RevokeDelegationAsync(long id, DelegationBook book, PlatformDb db, CancellationToken cancel)
    {
        await book.RevokeAsync(id, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Done(true), cancel));
    }

    private static async Task<Ok<List<DelegationView>>> DelegationsAsync(PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await (
            from delegation in db.Set<Delegation>().AsNoTracking()
            join owner in db.Set<User>() on delegation.OwnerId equals owner.Id
            join deputy in db.Set<User>() on delegation.DeputyId equals deputy.Id
            join organisation in db.Set<Organisation>() on delegation.OrganisationId equals organisation.Id
            where delegation.OwnerId == db.Actor.UserId || delegation.DeputyId == db.Actor.UserId
            orderby delegation.StartsOn descending, delegation.Id
            select new DelegationView(delegation.Id, owner.UserName!, deputy.UserName!, organisation.Code, delegation.Role, delegation.StartsOn,
                delegation.EndsOn, delegation.Reason, delegation.RevokedAt != null)).Take(200).ToListAsync(cancel));
}

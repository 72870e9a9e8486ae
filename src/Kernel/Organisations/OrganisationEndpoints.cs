using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Organisations;

internal static class OrganisationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/organisations", CreateAsync).ForRoles(Role.SystemAdmin);
        routes.MapGet("/api/organisations", ListAsync).ForSignedIn();
        routes.MapGet("/api/organisations/{code}", ReadAsync).ForSignedIn();
        routes.MapPost("/api/organisations/{code}/successions", SucceedAsync).ForRoles(Role.SystemAdmin);
    }

    internal sealed record NewOrganisation(
        string? Code, string? Name, string? Kind, string? Parent, string? CreditCode, string? CreditCodeOverride);

    internal sealed record OrganisationView(string Code, string Name, string Kind, string? Parent, string? CreditCode, DateOnly? ClosedOn, long Version);

    internal sealed record NewSuccession(string? Kind, string? Successor, string? Name, DateOnly EffectiveOn, string? Basis, long Version);

    internal sealed record SuccessionView(string Kind, string Organisation, string? Successor, DateOnly EffectiveOn, long Version);

    private static async Task<Ok<OrganisationView>> CreateAsync(
        NewOrganisation body, OrganisationTree tree, PlatformDb db, CancellationToken cancel)
    {
        Organisation made = await tree.AddAsync(
            body.Code, body.Name, body.Kind, body.Parent, body.CreditCode, body.CreditCodeOverride, cancel);
        return TypedResults.Ok(await db.CommitAsync(
            new OrganisationView(made.Code, made.Name, made.Kind, body.Parent, made.CreditCode, made.ClosedOn, made.Version), cancel));
    }

    private static async Task<Ok<List<OrganisationView>>> ListAsync(
        PlatformDb db, string? kind, string? parent, string? after, CancellationToken cancel)
    {
        // Only what is below the caller; the chain above is known by name where it is needed, not listed.
        var rows = await (
            from organisation in db.Set<Organisation>().AsNoTracking()
            join above in db.Set<Organisation>() on organisation.ParentId equals above.Id into parents
            from above in parents.DefaultIfEmpty()
            where (kind == null || organisation.Kind == kind) && (parent == null || above.Code == parent)
                && (after == null || string.Compare(organisation.Code, after) > 0) && organisation.Kind != OrganisationKind.Platform
            orderby organisation.Code
            select new { organisation, Parent = above == null ? null : above.Code }).Take(500).ToListAsync(cancel);
        return TypedResults.Ok(rows.Where(row => db.Actor.Sees(row.organisation.Path))
            .Select(row => new OrganisationView(row.organisation.Code, row.organisation.Name, row.organisation.Kind, row.Parent,
                row.organisation.CreditCode, row.organisation.ClosedOn, row.organisation.Version)).ToList());
    }

    private static async Task<Ok<OrganisationView>> ReadAsync(string code, OrganisationTree tree, PlatformDb db, CancellationToken cancel)
    {
        Organisation found = await tree.FindAsync(code, cancel);
        string? parent = await db.Set<Organisation>().Where(row => row.Id == found.ParentId).Select(row => row.Code).FirstOrDefaultAsync(cancel);
        return TypedResults.Ok(new OrganisationView(found.Code, found.Name, found.Kind, parent, found.CreditCode, found.ClosedOn, found.Version));
    }

    private static async Task<Ok<SuccessionView>> SucceedAsync(
        string code, NewSuccession body, OrganisationTree tree, PlatformDb db, CancellationToken cancel)
    {
        Organisation changed = await tree.SucceedAsync(
            code, body.Kind, body.Successor, body.Name, body.EffectiveOn, body.Basis, body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(
            new SuccessionView(body.Kind!, changed.Code, body.Successor, body.EffectiveOn, changed.Version), cancel));
    }
}

using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Plans;

internal static class GroupEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/plans/{plan}/groups", ListAsync).ForBusiness();
        routes.MapPut("/api/plans/{plan}/groups/{code}", SetAsync).ForRoles(PlansModule.Office);
        routes.MapPut("/api/plans/{plan}/contacts/{organisation}", SetContactAsync).ForRoles(PlansModule.Office, PlansModule.Liaison);
    }

    internal sealed record MemberView(string Unit, string? Person, string? Phone);

    internal sealed record GroupView(string Code, string Kind, string Name, string Host, string Person, string Phone, long Version, IReadOnlyList<MemberView> Members);

    internal sealed record GroupBody(string? Kind, string? Name, string? Host, IReadOnlyList<string>? Members, string? Person, string? Phone, long Version);

    internal sealed record ContactBody(string? Person, string? Phone, long Version);

    internal sealed record Kept(long Version);

    private static async Task<Ok<List<GroupView>>> ListAsync(string plan, PlanBook book, GroupBook groups, CancellationToken cancel)
    {
        long id = (await book.FindAsync(plan, cancel)).Id;
        Dictionary<long, UnitContact> contacts = await groups.ContactsAsync(id, cancel);
        return TypedResults.Ok((await groups.ListAsync(id, cancel)).Select(one => new GroupView(
            one.Row.Code, one.Row.Kind, one.Row.Name, one.Row.HostName, one.Row.Person, one.Row.Phone, one.Row.Version,
            [.. one.Members.Select(member => new MemberView(
                member.UnitName, contacts.GetValueOrDefault(member.UnitId)?.Person, contacts.GetValueOrDefault(member.UnitId)?.Phone))])).ToList());
    }

    private static async Task<Ok<Kept>> SetAsync(
        string plan, string code, GroupBody body, PlanBook book, GroupBook groups, PlatformDb db, CancellationToken cancel)
    {
        WorkingGroup set = await groups.SetAsync(await book.FindAsync(plan, cancel),
            new GroupText(code, body.Kind, body.Name, body.Host, body.Members, body.Person, body.Phone), body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Kept(set.Version), cancel));
    }

    private static async Task<Ok<Kept>> SetContactAsync(
        string plan, string organisation, ContactBody body, PlanBook book, GroupBook groups, PlatformDb db, CancellationToken cancel)
    {
        UnitContact set = await groups.SetContactAsync(
            await book.FindAsync(plan, cancel), new ContactText(organisation, body.Person, body.Phone), body.Version, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Kept(set.Version), cancel));
    }
}

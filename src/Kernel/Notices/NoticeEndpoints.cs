using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Kernel.Notices;

internal static class NoticeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/notices", ListAsync).ForBusinessOfAll();
        routes.MapPost("/api/notices/read", ReadAsync).ForBusinessOfAll();
    }

    internal sealed record Marks(IReadOnlyList<long>? Ids);

    internal sealed record Marked(int Count);

    private static async Task<Ok<IReadOnlyList<InboxLine>>> ListAsync(Inbox inbox, long? before, CancellationToken cancel) =>
        TypedResults.Ok(await inbox.PageAsync(before, cancel: cancel));

    private static async Task<Ok<Marked>> ReadAsync(Marks body, Inbox inbox, PlatformDb db, CancellationToken cancel)
    {
        await inbox.ReadAsync(body.Ids ?? [], cancel);
        return TypedResults.Ok(await db.CommitAsync(new Marked(body.Ids?.Count ?? 0), cancel));
    }
}

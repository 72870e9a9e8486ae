using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Kernel.Evidence;

internal static class EvidenceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // The bearer token, not a cookie, authenticates this form, so there is nothing to forge.
        routes.MapPost("/api/evidence", AddAsync).ForBusiness().DisableAntiforgery();
        routes.MapGet("/api/evidence/{id:long}", ReadAsync).ForBusiness();
    }

    internal sealed record EvidenceView(long Id, string Sha256, string Name, string MediaType, long Size);

    private static async Task<Ok<EvidenceView>> AddAsync(
        IFormFile file, string organisation, EvidenceStore store, OrganisationTree tree, PlatformDb db, CancellationToken cancel)
    {
        Organisation owner = await tree.FindAsync(organisation, cancel);
        if (db.Actor.Grants.All(grant => grant.Path != owner.Path))
        {
            throw Refusal.Role();
        }

        await using Stream content = file.OpenReadStream();
        EvidenceFile row = await store.AddAsync(owner.Id, file.FileName, content, cancel: cancel);
        return TypedResults.Ok(await db.CommitAsync(new EvidenceView(row.Id, row.Sha256, row.Name, row.MediaType, row.Size), cancel));
    }

    private static async Task<FileStreamHttpResult> ReadAsync(long id, EvidenceStore store, ExportDesk exports, CancellationToken cancel)
    {
        (EvidenceFile file, Stream content) = await store.OpenAsync(id, cancel);
        return await exports.SendAsync(file, content, cancel);
    }
}

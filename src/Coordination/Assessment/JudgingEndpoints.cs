using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Assessment;

internal static class JudgingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/rounds/{id:long}/judgements", GiveAsync).ForRoles(AssessmentModule.Assessor);
        routes.MapGet("/api/rounds/{id:long}/judgements", ListAsync).ForBusiness();
        // The bearer token, not a cookie, authenticates this form, so there is nothing to forge.
        routes.MapPost("/api/rounds/{id:long}/judgements/{unit}/evidence", StoreAsync).ForRoles(AssessmentModule.Assessor).DisableAntiforgery();
    }

    internal sealed record GivenView(long Id);

    private static async Task<Ok<GivenView>> GiveAsync(
        long id, JudgementRequest body, RoundDoor door, Judging judging, PlatformDb db, CancellationToken cancel)
    {
        Judgement made = await judging.GiveAsync(await door.OpenAsync(id, cancel), body, cancel);
        return TypedResults.Ok(await db.CommitAsync(new GivenView(made.Id), cancel));
    }

    /// <summary>Stores a file for the judged unit, so that the unit can read what its points rest on.</summary>
    private static async Task<Ok<GivenView>> StoreAsync(
        long id, string unit, IFormFile file, RoundDoor door, Judging judging, PlatformDb db, CancellationToken cancel)
    {
        await using Stream content = file.OpenReadStream();
        EvidenceFile stored = await judging.StoreAsync(await door.OpenAsync(id, cancel), unit, file.FileName, content, cancel);
        return TypedResults.Ok(await db.CommitAsync(new GivenView(stored.Id), cancel));
    }

    private static async Task<Ok<IReadOnlyList<JudgementView>>> ListAsync(long id, RoundDoor door, Judging judging, CancellationToken cancel) =>
        TypedResults.Ok(await judging.ListAsync((await door.OpenAsync(id, cancel)).Round.Id, cancel));
}

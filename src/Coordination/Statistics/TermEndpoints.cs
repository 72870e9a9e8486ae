using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Statistics;

internal static class TermEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/terms/{indicator}", ReadAsync).ForBusiness();
        routes.MapPost("/api/terms/{indicator}/questions", AskAsync).ForRoles(Role.Reporter);
        routes.MapGet("/api/term-questions", OpenAsync).ForBusiness();
        routes.MapPost("/api/term-questions/{id:long}/answer", AnswerAsync).ForRoles(StatisticsModule.Reviewer);
    }

    internal sealed record AskBody(string? Organisation, string? Question);

    internal sealed record AnswerBody(string? Answer, bool Publish, long Version);

    internal sealed record Asked(long Id);

    internal sealed record Answered(string Stage, long Version);

    private static async Task<Ok<TermView>> ReadAsync(string indicator, TermDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.ReadAsync(indicator, cancel));

    private static async Task<Ok<List<TermLine>>> OpenAsync(TermDesk desk, CancellationToken cancel) => TypedResults.Ok(await desk.OpenAsync(cancel));

    private static async Task<Ok<Asked>> AskAsync(
        string indicator, AskBody body, TermDesk desk, OrganisationTree tree, PlatformDb db, CancellationToken cancel)
    {
        TermQuestion asked = await desk.AskAsync(indicator, await tree.FindAsync(body.Organisation ?? "", cancel), body.Question, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Asked(asked.Id), cancel));
    }

    private static async Task<Ok<Answered>> AnswerAsync(long id, AnswerBody body, TermDesk desk, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await desk.AnswerAsync(id, body.Version, body.Answer, body.Publish, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Answered(moved.Stage, moved.Version), cancel));
    }
}

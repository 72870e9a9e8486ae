using System.Text;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Assessment;

internal static class RoundEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/rounds", OpenAsync).ForRoles(AssessmentModule.Assessor);
        routes.MapPost("/api/rounds/{id:long}/actions", MoveAsync).ForRoles(AssessmentModule.Assessor);
        routes.MapGet("/api/rounds", ListAsync).ForBusiness();
        routes.MapGet("/api/rounds/{id:long}/results", ResultsAsync).ForBusiness();
        routes.MapGet("/api/rounds/{id:long}/results/document", DocumentAsync).ForBusiness();
        routes.MapGet("/api/rounds/{id:long}/lineage", LineageAsync).ForBusiness();
        routes.MapGet("/api/rounds/{id:long}/preview", PreviewAsync).ForBusiness();
        routes.MapGet("/api/rounds/{id:long}/export", ExportAsync).ForBusiness();
        routes.MapGet("/api/observations/{id:long}/dependents", DependentsAsync).ForBusiness();
    }

    internal sealed record RoundBody(string? Scheme, int? SchemeVersion, string? Period, List<string>? Units, Dictionary<string, string>? Groups);

    internal sealed record MoveBody(string? Action, string? Note, long? Version);

    internal sealed record MoveView(long Id, string Stage, long Version);

    internal sealed record ResultsView(
        string Stage, long Version, string Scheme, int SchemeVersion, string Period, int? Run, string? Sha256, IReadOnlyList<UnitResult> Units);

    internal sealed record PreviewView(IReadOnlyList<Moved> Moved);

    private static async Task<Ok<MoveView>> OpenAsync(RoundBody body, OpenRound open, PlatformDb db, CancellationToken cancel)
    {
        (Round round, CaseView file) = await open.OpenAsync(body.Scheme, body.SchemeVersion, body.Period, body.Units, body.Groups, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(round.Id, file.Stage, file.Version), cancel));
    }

    private static async Task<Ok<MoveView>> MoveAsync(long id, MoveBody body, MoveRound move, PlatformDb db, CancellationToken cancel)
    {
        CaseView moved = await move.MoveAsync(id, body.Action, body.Note, body.Version ?? 0, cancel);
        return TypedResults.Ok(await db.CommitAsync(new MoveView(id, moved.Stage, moved.Version), cancel));
    }

    private static async Task<Ok<IReadOnlyList<RoundLine>>> ListAsync(RoundDoor door, long? before, CancellationToken cancel) =>
        TypedResults.Ok(await door.ListAsync(before, cancel: cancel));

    private static async Task<Ok<ResultsView>> ResultsAsync(long id, RoundDoor door, RunBook runs, CancellationToken cancel)
    {
        OpenedRound opened = await door.OpenAsync(id, cancel);
        ScoreRun? run = opened.Round.RunId is null ? null : await runs.InForceAsync(opened.Round, cancel);
        return TypedResults.Ok(new ResultsView(opened.Stage, opened.Version, opened.Scheme.Code, opened.Scheme.Version,
            opened.Round.Period.ToString(), run?.Ordinal, run?.Sha256, run?.ReadResults().Units ?? []));
    }

    /// <summary>The stored bytes, which the hash is of; writing them anew could only spoil them.</summary>
    private static async Task<FileContentHttpResult> DocumentAsync(
        long id, RoundDoor door, RunBook runs, ExportDesk exports, CancellationToken cancel)
    {
        OpenedRound opened = await door.OpenAsync(id, cancel);
        ScoreRun run = await runs.InForceAsync(opened.Round, cancel);
        return await exports.SendAsync(Encoding.UTF8.GetBytes(run.Results), "application/json", $"round-{id}-results.json", opened.City.Id,
            SensitivityMark.Internal, cancel);
    }

    private static async Task<Ok<ScoreLineage>> LineageAsync(
        long id, string? unit, string? criterion, RoundDoor door, ReadRound reading, CancellationToken cancel) =>
        TypedResults.Ok(await reading.LineageAsync(await door.OpenAsync(id, cancel), unit, criterion, cancel));

    private static async Task<Ok<PreviewView>> PreviewAsync(
        long id, long observation, decimal value, RoundDoor door, ReadRound reading, CancellationToken cancel) =>
        TypedResults.Ok(new PreviewView(await reading.PreviewAsync(await door.OpenAsync(id, cancel), observation, value, cancel)));

    /// <summary>The bundle holds every unit's values, so it is the officers'.</summary>
    private static async Task<FileContentHttpResult> ExportAsync(long id, RoundDoor door, RunBook runs, ExportDesk exports, CancellationToken cancel)
    {
        OpenedRound opened = await door.OpenAsync(id, cancel);
        if (!opened.Officer)
        {
            throw Refusal.NotFound();
        }

        ScoreRun run = await runs.InForceAsync(opened.Round, cancel);
        return await exports.SendAsync(ReplayBundle.Of(run.ReadInputs(), run.Sha256).Write(), "application/json", $"round-{id}.lodestone.json",
            opened.City.Id, SensitivityMark.Sensitive, cancel);
    }

    private static async Task<Ok<IReadOnlyList<Dependent>>> DependentsAsync(long id, ReadRound reading, CancellationToken cancel) =>
        TypedResults.Ok(await reading.DependentsAsync(id, cancel));
}

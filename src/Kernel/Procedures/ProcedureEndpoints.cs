using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Kernel.Procedures;

internal static class ProcedureEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/procedures", List).ForBusiness();
        routes.MapGet("/api/procedures/{code}", ReadAsync).ForBusiness();
        routes.MapGet("/api/procedures/{code}/workbook", WorkbookAsync).ForBusiness();
        routes.MapGet("/api/procedures/{code}/document", DocumentAsync).ForBusiness();
        routes.MapGet("/api/procedures/{code}/difference", DifferenceAsync).ForBusiness();
        routes.MapPost("/api/procedures/{code}/rehearsal", RehearseAsync).ForBusiness();
    }

    internal sealed record LineView(string Code, string Name, int Stages, int Moves, int Limits, string LegalSource);

    internal sealed record VersionView(int Number, string Hash, DateTimeOffset RecordedAt);

    internal sealed record DetailView(
        string Code, string Name, string InitialStage, IReadOnlyList<string> FinalStages, string LegalSource, IReadOnlyList<Transition> Moves,
        IReadOnlyList<ProcedureClock> Clocks, IReadOnlyList<VersionView> Versions);

    /// <param name="Load">1 to 10 cases for each that came; twice as many when left out.</param>
    /// <param name="Staff">People by role; those of last year when left out.</param>
    /// <param name="Minutes">Working minutes by action; those seen last year when left out.</param>
    internal sealed record RehearsalBody(int? Load, Dictionary<string, int>? Staff, Dictionary<string, int>? Minutes);

    internal sealed record RehearsalView(int Cases, IReadOnlyDictionary<string, int> Staff, IReadOnlyDictionary<string, int> Minutes, RehearsalOutcome Was, RehearsalOutcome Would);

    private static Ok<List<LineView>> List(Catalogue catalogue, Words words) => TypedResults.Ok(catalogue.Procedures.Select(table => new LineView(
        table.Code, words.NameOf(table), table.Stages.Count(), table.Transitions.Count, LimitsOf(table), table.LegalSource)).ToList());

    private static async Task<Ok<DetailView>> ReadAsync(string code, Catalogue catalogue, ProcedureBook book, Words words, CancellationToken cancel)
    {
        Procedure table = Find(catalogue, code);
        return TypedResults.Ok(new DetailView(table.Code, words.NameOf(table), table.InitialStage, table.FinalStages, table.LegalSource, table.Transitions, table.Clocks,
            [.. (await book.VersionsAsync(code, cancel)).Select(version => new VersionView(version.Number, version.Hash, version.RecordedAt))]));
    }

    private static async Task<FileContentHttpResult> WorkbookAsync(string code, Catalogue catalogue, ProcedurePapers papers, ExportDesk exports, CancellationToken cancel) =>
        await exports.SendAsync(await papers.WorkbookAsync(Find(catalogue, code), cancel), ExportDesk.Workbook, $"procedure-{code}.xlsx", null, SensitivityMark.Public, cancel);

    private static async Task<FileContentHttpResult> DocumentAsync(string code, Catalogue catalogue, ProcedurePapers papers, ExportDesk exports, CancellationToken cancel) =>
        await exports.SendAsync(papers.Document(Find(catalogue, code)), OfficialDocument.MediaType, $"procedure-{code}.docx", null, SensitivityMark.Public, cancel);

    private static async Task<Ok<ProcedureDifference>> DifferenceAsync(
        string code, int from, int to, Catalogue catalogue, ProcedureBook book, CancellationToken cancel) =>
        TypedResults.Ok(await DifferAsync(Find(catalogue, code), from, to, book, cancel));

    private static async Task<Ok<RehearsalView>> RehearseAsync(string code, RehearsalBody body, Catalogue catalogue, RehearsalReading reading, CancellationToken cancel)
    {
        Procedure table = Find(catalogue, code);
        RehearsalGround ground = await reading.ReadAsync(table, cancel);
        RehearsalPlan plan = PlanOf(ground, body.Load, body.Staff, body.Minutes);
        return TypedResults.Ok(new RehearsalView(ground.Cases.Count, plan.Staff, plan.Minutes, Rehearsal.AsItWas(table, ground.Cases), Rehearsal.Play(table, ground.Cases, plan)));
    }

    /// <summary>Last year's people and minutes, with what is asked for in their place.</summary>
    /// <exception cref="Refusal"><c>procedures.load</c>, <c>procedures.staff</c></exception>
    internal static RehearsalPlan PlanOf(RehearsalGround ground, int? load, IReadOnlyDictionary<string, int>? staff, IReadOnlyDictionary<string, int>? minutes)
    {
        if (load is < 1 or > 10)
        {
            throw new Refusal("procedures.load");
        }

        if ((staff ?? new Dictionary<string, int>()).Values.Concat((minutes ?? new Dictionary<string, int>()).Values).Any(value => value is < 1 or > 10_000))
        {
            throw new Refusal("procedures.staff");
        }

        return new RehearsalPlan(load ?? 2, Merge(ground.Staff, staff), Merge(ground.Minutes, minutes));
    }

    internal static Procedure Find(Catalogue catalogue, string code) =>
        catalogue.Procedures.FirstOrDefault(table => table.Code == code) ?? throw Refusal.NotFound();

    internal static int LimitsOf(Procedure table) => table.Transitions.Count(move => move.Limit is not null) + table.Clocks.Count;

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    internal static async Task<ProcedureDifference> DifferAsync(Procedure table, int from, int to, ProcedureBook book, CancellationToken cancel)
    {
        IReadOnlyList<ProcedureVersion> versions = await book.VersionsAsync(table.Code, cancel);
        ProcedureVersion Version(int number) => versions.FirstOrDefault(version => version.Number == number) ?? throw Refusal.NotFound();
        return ProcedureDifference.Between(ProcedureBook.Read(Version(from)), ProcedureBook.Read(Version(to)));
    }

    private static Dictionary<string, int> Merge(IReadOnlyDictionary<string, int> known, IReadOnlyDictionary<string, int>? asked)
    {
        var merged = known.ToDictionary(one => one.Key, one => one.Value);
        foreach ((string key, int value) in asked ?? new Dictionary<string, int>())
        {
            merged[key] = value;
        }

        return merged;
    }
}

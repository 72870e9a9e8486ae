using System.Text.Json.Serialization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Assessment;

internal static class SchemeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/schemes", MakeAsync).ForRoles(AssessmentModule.Assessor);
        routes.MapGet("/api/schemes", ListAsync).ForBusiness();
        routes.MapGet("/api/schemes/{code}", ReadAsync).ForBusiness();
    }

    internal sealed record SchemeBody(string? Code, List<CriterionBody?>? Criteria, List<GradeBody?>? Grades, List<QuotaBody?>? Quotas, List<OpinionAnswer>? Answers)
    {
        /// <summary>The scheme as stated; what is missing is left for <see cref="SchemeCheck"/> to name.</summary>
        public Scheme ToScheme() => new(
            Code!,
            [.. (Criteria ?? []).Select(row => row is null ? null! : new Criterion(row.Code!, row.Name!, row.Measure, row.Weight, row.Indicator ?? "", row.Rule!))],
            [.. (Grades ?? []).Select(row => row is null ? null! : new Grade(row.Name!, row.From))],
            [.. (Quotas ?? []).Select(row => row is null ? null! : new GradeQuota(row.Grade!, row.Share))]);
    }

    /// <summary>A measure left out would silently be the first of the four, a number 0.</summary>
    internal sealed record CriterionBody(
        string? Code, string? Name, [property: JsonRequired] Measure Measure, [property: JsonRequired] decimal Weight, string? Indicator, ScoreRule? Rule);

    internal sealed record GradeBody(string? Name, [property: JsonRequired] decimal From);

    internal sealed record QuotaBody(string? Grade, [property: JsonRequired] decimal Share);

    internal sealed record SchemeView(
        long Id, string Code, int Version, IReadOnlyList<Criterion> Criteria, IReadOnlyList<Grade> Grades, IReadOnlyList<GradeQuota> Quotas,
        DateTimeOffset MadeAt)
    {
        public static SchemeView Of(SchemeVersion row)
        {
            Scheme content = row.Read();
            return new SchemeView(row.Id, row.Code, row.Version, content.Criteria, content.Grades, content.Quotas, row.MadeAt);
        }
    }

    private static async Task<Ok<SchemeView>> MakeAsync(SchemeBody body, SchemeBook book, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(SchemeView.Of(await book.MakeAsync(body.ToScheme(), body.Answers, cancel)), cancel));

    private static async Task<Ok<List<SchemeView>>> ListAsync(SchemeBook book, CancellationToken cancel) =>
        TypedResults.Ok((await book.ListAsync(cancel)).ConvertAll(SchemeView.Of));

    private static async Task<Ok<SchemeView>> ReadAsync(string code, int? version, SchemeBook book, CancellationToken cancel) =>
        TypedResults.Ok(SchemeView.Of(await book.FindAsync(code, version, cancel)));
}

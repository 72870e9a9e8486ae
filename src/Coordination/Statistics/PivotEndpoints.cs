using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Statistics;

internal static class PivotEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/pivot", AskAsync).ForBusiness();
        routes.MapGet("/api/league/{form}/{period}", LeagueAsync).ForBusiness();
    }

    /// <param name="indicator">Codes with commas between them.</param>
    private static async Task<Ok<Pivot>> AskAsync(
        PivotReading reading, string? rows, string? columns, string? indicator, Period? since, Period? until, bool? published, CancellationToken cancel) =>
        TypedResults.Ok(await reading.AskAsync(new PivotRequest(
            rows ?? PivotReading.ByDistrict, columns ?? PivotReading.ByPeriod, Split(indicator), since, until, published ?? false), cancel));

    private static async Task<Ok<IReadOnlyList<LeagueLine>>> LeagueAsync(string form, Period period, LeagueReading reading, CancellationToken cancel) =>
        TypedResults.Ok(await reading.AskAsync(form, period, cancel));

    internal static IReadOnlyList<string> Split(string? codes) =>
        (codes ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

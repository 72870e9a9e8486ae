using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Cockpit;

internal static class CockpitEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/cockpit", ReadAsync).ForRoles(CockpitModule.Readers);

    /// <param name="Values">By quarter, oldest first; null where nothing is approved.</param>
    internal sealed record UnitSeries(string Organisation, string Name, IReadOnlyList<decimal?> Values);

    internal sealed record HeadlineView(
        string Indicator, string Name, string Unit, IReadOnlyList<string> Quarters, UnitSeries City, IReadOnlyList<UnitSeries> Districts, decimal? Target);

    internal sealed record MatterView(string Light, int Days, string Text, string Href);

    internal sealed record CompletenessView(string Quarter, int Approved, int Asked);

    internal sealed record Answer(
        string City, IReadOnlyList<HeadlineView> Headlines, CompletenessView? Completeness, decimal? PlanReached, decimal? PlanPath,
        IReadOnlyList<MatterView> Matters);

    private static async Task<Ok<Answer>> ReadAsync(CockpitReading reading, CancellationToken cancel)
    {
        CockpitView view = await reading.ReadAsync(cancel);
        return TypedResults.Ok(new Answer(
            view.City.Name,
            [
                .. view.Headlines.Select(one => new HeadlineView(one.Indicator.Code, one.Indicator.Name, one.Indicator.Unit,
                    [.. one.Quarters.Select(quarter => quarter.ToString())], Of(one.City), [.. one.Districts.Select(Of)], one.Target)),
            ],
            view.Completeness is { } complete ? new CompletenessView(complete.Quarter.ToString(), complete.Approved, complete.Asked) : null,
            view.Plan?.Reached,
            view.Plan?.Path,
            [.. view.Matters.Select(one => new MatterView(one.Light.ToString().ToLowerInvariant(), one.Days, one.Text, one.Href))]));
    }

    private static UnitSeries Of(Series series) => new(series.Unit.Code, series.Unit.Name, series.Values);
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Statistics;

internal static class VintageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/returns/{form}/{organisation}/{period}/vintages", ReadAsync).ForBusiness();

    internal sealed record CellView(string Indicator, string Name, string Unit, int Decimals, IReadOnlyList<RevisionView> Revisions);

    internal sealed record RevisionView(
        int Revision, decimal Value, DateTimeOffset RecordedAt, string By, string? Reason, IReadOnlyList<CountedSpan> Counted, bool Counts);

    private static async Task<Ok<List<CellView>>> ReadAsync(
        string form, string organisation, Period period, ReturnReading reading, VintageReading vintages, CancellationToken cancel)
    {
        ReturnFile file = await reading.FindAsync(form, organisation, period, cancel);
        return TypedResults.Ok((await vintages.ReadAsync(file, cancel)).Select(cell => new CellView(
            cell.Indicator.Code, cell.Indicator.Name, cell.Indicator.Unit, cell.Indicator.Decimals,
            [
                .. cell.Vintages.Select(row => new RevisionView(
                    row.Revision, Quantity.FromUnits(row.Value, cell.Indicator.Decimals), row.RecordedAt, row.By, row.Reason, row.Counted, row.Counts)),
            ])).ToList());
    }
}

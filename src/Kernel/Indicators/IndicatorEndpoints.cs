using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Indicators;

internal static class IndicatorEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/indicators", CreateAsync).ForRoles(Role.SystemAdmin);
        routes.MapPut("/api/indicators/{code}", ChangeAsync).ForRoles(Role.SystemAdmin);
        routes.MapGet("/api/indicators", ListAsync).ForSignedIn();
        routes.MapPut("/api/targets/{indicator}/{organisation}/{period}", SetTargetAsync).ForRoles(Role.SystemAdmin);
        routes.MapGet("/api/targets/{indicator}/{organisation}/{period}", TargetsAsync).ForSignedIn();
        routes.MapGet("/api/observations", ObservationsAsync).ForBusiness();
    }

    /// <param name="Owner">Name of the unit that answers for the figure; null while nobody does.</param>
    internal sealed record IndicatorView(
        string Code, string Name, string Unit, int Decimals, string Aggregation, string Direction, string Frequency, string Purpose,
        string Explanation, int Version, string? Area, string? Owner);

    internal sealed record TargetBody(decimal? Value);

    internal sealed record TargetView(string Indicator, string Organisation, Period Period, decimal Value, int Version, DateTimeOffset SetAt);

    internal sealed record ObservationView(
        long? Id, string? Hash, string Indicator, string Organisation, Period Period, decimal Value, int? Revision, DateTimeOffset? ApprovedAt);

    private static async Task<Ok<IndicatorView>> CreateAsync(IndicatorText body, IndicatorBook book, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(View(await book.AddAsync(body, cancel)), cancel));

    private static async Task<Ok<IndicatorView>> ChangeAsync(
        string code, IndicatorText body, IndicatorBook book, PlatformDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.CommitAsync(View(await book.ChangeAsync(code, body, cancel)), cancel));

    private static async Task<Ok<List<IndicatorView>>> ListAsync(PlatformDb db, string? after, CancellationToken cancel) =>
        TypedResults.Ok((await db.Set<Indicator>().AsNoTracking().Where(row => after == null || string.Compare(row.Code, after) > 0)
            .OrderBy(row => row.Code).Take(500).ToListAsync(cancel)).ConvertAll(View));

    private static async Task<Ok<TargetView>> SetTargetAsync(
        string indicator, string organisation, Period period, TargetBody body, PlatformDb db, IndicatorBook book, TargetBook targets,
        OrganisationTree tree, CancellationToken cancel)
    {
        Indicator found = await book.FindAsync(indicator, cancel);
        Organisation unit = await tree.FindAsync(organisation, cancel);
        Target target = await SetAsync(found, unit, period, body.Value, db, targets, cancel);
        return TypedResults.Ok(await db.CommitAsync(
            new TargetView(found.Code, unit.Code, period, Quantity.FromUnits(target.Value, found.Decimals), target.Version, target.SetAt), cancel));
    }

    /// <summary>A target in the indicator's unit; written by the next save.</summary>
    internal static async Task<Target> SetAsync(
        Indicator indicator, Organisation unit, Period period, decimal? stated, PlatformDb db, TargetBook targets, CancellationToken cancel)
    {
        long value = IndicatorBook.ToUnits(indicator, stated ?? throw new Refusal("target.value"));
        Target target = await targets.SetAsync(indicator, unit.Id, period, value, cancel);
        db.Audit("target.set", new Subject("target", target.Id), unit.Id, target.Id, null, $"{indicator.Code} {period} {value}");
        return target;
    }

    private static async Task<Ok<List<TargetView>>> TargetsAsync(
        string indicator, string organisation, Period period, PlatformDb db, IndicatorBook book, OrganisationTree tree, CancellationToken cancel)
    {
        Indicator found = await book.FindAsync(indicator, cancel);
        Organisation unit = await tree.FindAsync(organisation, cancel);
        return TypedResults.Ok((await db.Set<Target>().AsNoTracking()
            .Where(row => row.IndicatorId == found.Id && row.OrganisationId == unit.Id && row.Period == period)
            .OrderByDescending(row => row.Version).ToListAsync(cancel))
            .ConvertAll(row => new TargetView(
                found.Code, unit.Code, period, Quantity.FromUnits(row.Value, found.Decimals), row.Version, row.SetAt)));
    }

    private static async Task<Ok<List<ObservationView>>> ObservationsAsync(
        PlatformDb db, IndicatorBook book, OrganisationTree tree, ObservationReading reading, TimeProvider clock,
        string? indicator, string? organisation, Period? period, string? state, DateTimeOffset? asOf, CancellationToken cancel)
    {
        if (state is not (null or "approved" or "any"))
        {
            throw new Refusal("observation.state", 400, state);
        }

        Indicator? wanted = indicator is null ? null : await book.FindAsync(indicator, cancel);
        Organisation? unit = organisation is null ? null : await tree.FindAsync(organisation, cancel);
        DateTimeOffset moment = asOf ?? clock.Instant();
        if (unit is not null && wanted is not null && ObservationReading.IsTotal(unit, wanted))
        {
            return TypedResults.Ok(await TotalsAsync(reading, unit, wanted, period, moment, cancel));
        }

        IReadOnlyList<ApprovedValue> approved = await reading.ApprovedAsync(
            wanted is null ? null : [wanted.Id], unit?.Path, period, moment, cancel);
        Dictionary<long, DateTimeOffset> approvedAt = approved.ToDictionary(value => value.Observation.Id, value => value.ApprovedAt);
        List<Observation> rows = state == "any"
            ? await AnyAsync(db, wanted?.Id, unit?.Id, period, moment, cancel)
            : [.. approved.Select(value => value.Observation).Where(row => unit is null || row.OrganisationId == unit.Id)];
        return TypedResults.Ok(await NamedAsync(db, rows, approvedAt, cancel));
    }

    private static async Task<List<ObservationView>> TotalsAsync(
        ObservationReading reading, Organisation unit, Indicator indicator, Period? period, DateTimeOffset moment, CancellationToken cancel)
    {
        IEnumerable<Period> periods = period is { } one
            ? [one]
            : (await reading.ApprovedAsync([indicator.Id], unit.Path, null, moment, cancel))
                .Select(value => value.Observation.Period).Distinct().Order();
        var totals = new List<ObservationView>();
        foreach (Period each in periods)
        {
            UnitValue value = (await reading.UnitAsync(unit, [indicator], each, moment, cancel))[indicator.Id];
            if (value.Value is { } units)
            {
                totals.Add(new ObservationView(
                    null, null, indicator.Code, unit.Code, each, Quantity.FromUnits(units, indicator.Decimals), null, value.ApprovedAt));
            }
        }

        return totals;
    }

    private static Task<List<Observation>> AnyAsync(
        PlatformDb db, long? indicator, long? organisation, Period? period, DateTimeOffset moment, CancellationToken cancel)
    {
        IQueryable<Observation> rows = db.Set<Observation>().AsNoTracking().Where(row => row.RecordedAt <= moment
            && (indicator == null || row.IndicatorId == indicator) && (organisation == null || row.OrganisationId == organisation));
        if (period is { } wanted)
        {
            rows = rows.Where(row => row.Period == wanted);
        }

        return rows.OrderBy(row => row.IndicatorId).ThenBy(row => row.OrganisationId).ThenBy(row => row.Period).ThenBy(row => row.Revision)
            .Take(5000).ToListAsync(cancel);
    }

    private static async Task<List<ObservationView>> NamedAsync(
        PlatformDb db, List<Observation> rows, Dictionary<long, DateTimeOffset> approvedAt, CancellationToken cancel)
    {
        long[] indicatorIds = [.. rows.Select(row => row.IndicatorId).Distinct()];
        long[] organisationIds = [.. rows.Select(row => row.OrganisationId).Distinct()];
        Dictionary<long, Indicator> indicators = await db.Set<Indicator>().AsNoTracking().Where(row => indicatorIds.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancel);
        Dictionary<long, string> organisations = await db.Set<Organisation>().Where(row => organisationIds.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Code, cancel);
        return rows.ConvertAll(row => new ObservationView(row.Id, row.Hash, indicators[row.IndicatorId].Code, organisations[row.OrganisationId],
            row.Period, Quantity.FromUnits(row.Value, indicators[row.IndicatorId].Decimals), row.Revision,
            approvedAt.TryGetValue(row.Id, out DateTimeOffset at) ? at : null));
    }

    private static IndicatorView View(Indicator row) => new(row.Code, row.Name, row.Unit, row.Decimals, row.Aggregation, row.Direction,
        IndicatorBook.FrequencyWord(row.Frequency), row.Purpose, row.Explanation, row.Version, row.Area, row.OwnerName);
}

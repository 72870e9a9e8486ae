using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Cockpit;

/// <summary>One unit's approved totals of one indicator by quarter, oldest first, in the indicator's unit; null where nothing is approved.</summary>
internal sealed record Series(Organisation Unit, IReadOnlyList<decimal?> Values)
{
    public decimal? Last => Values.Count > 0 ? Values[^1] : null;

    /// <summary>Against the quarter a year before, or against the one before where there is none; null when neither has a value above 0.</summary>
    public (decimal Share, bool YearOnYear)? Growth =>
        Last is not { } last ? null
        : Values.Count > 4 && Values[^5] is > 0 and { } year ? (last / year - 1, true)
        : Values.Count > 1 && Values[^2] is > 0 and { } quarter ? (last / quarter - 1, false)
        : null;
}

/// <summary>An indicator of the city with that of each district.</summary>
/// <param name="Target">Of the city in the last quarter: its own, or the sum of its districts'; null when there is none.</param>
internal sealed record Headline(Indicator Indicator, IReadOnlyList<Period> Quarters, Series City, IReadOnlyList<Series> Districts, decimal? Target);

/// <summary>Approved totals of the city and its districts. Nothing that is not approved is in them.</summary>
internal sealed class CityFigures(PlatformDb db, ObservationReading reading, TargetBook targets, TimeProvider clock)
{
    /// <summary>Quarters that a trend shows; the fifth from the end is the year before.</summary>
    private const int Quarters = 8;

    /// <summary>The first indicators by code that the city sums up.</summary>
    /// <param name="most">So many at most.</param>
    public async Task<IReadOnlyList<Headline>> ReadAsync(Organisation city, int most, CancellationToken cancel = default)
    {
        DateTimeOffset now = clock.Instant();
        List<Indicator> summed = await db.Set<Indicator>().AsNoTracking().Where(row => row.Aggregation == Aggregation.Sum).OrderBy(row => row.Code).ToListAsync(cancel);
        Period current = Period.Of(PeriodKind.Quarter, clock.Today());
        Dictionary<long, string> paths = (await db.Set<Organisation>().AsNoTracking().Select(row => new { row.Id, row.Path }).ToListAsync(cancel))
            .ToDictionary(row => row.Id, row => row.Path);
        ILookup<long, ApprovedValue> values = (await reading.ApprovedAsync([.. summed.Select(row => row.Id)], city.Path, null, now, cancel))
            .Where(value => value.Observation.Period.Kind == PeriodKind.Quarter && value.Observation.Period.LastDay < current.FirstDay)
            .ToLookup(value => value.Observation.IndicatorId);
        Indicator[] shown = [.. summed.Where(row => values.Contains(row.Id)).Take(most)];
        if (shown.Length == 0)
        {
            return [];
        }

        Period last = LastWhole([.. shown.SelectMany(row => values[row.Id])]);
        Period[] quarters = [.. From(last).Take(Quarters).Reverse()];
        List<Organisation> districts = await db.Set<Organisation>().AsNoTracking()
            .Where(row => row.ParentId == city.Id && row.Kind == OrganisationKind.District && row.ClosedOn == null).OrderBy(row => row.Code).ToListAsync(cancel);
        long[] units = [city.Id, .. districts.Select(row => row.Id)];
        IReadOnlyDictionary<(long Indicator, long Organisation), Target> wanted =
            await targets.InForceAsync([.. shown.Select(row => row.Id)], units, last, now, cancel);
        return
        [
            .. shown.Select(indicator => new Headline(
                indicator,
                quarters,
                Of(city, indicator, values[indicator.Id], quarters, paths),
                [.. districts.Select(district => Of(district, indicator, values[indicator.Id], quarters, paths))],
                TargetOf(indicator, city, districts, wanted))),
        ];
    }

    private static Series Of(
        Organisation unit, Indicator indicator, IEnumerable<ApprovedValue> values, Period[] quarters, Dictionary<long, string> paths)
    {
        Dictionary<Period, long> sums = values.Where(value => paths[value.Observation.OrganisationId].StartsWith(unit.Path, StringComparison.Ordinal))
            .GroupBy(value => value.Observation.Period)
            .ToDictionary(quarter => quarter.Key, quarter => Quantity.Sum([.. quarter.Select(value => value.Observation.Value)]));
        return new Series(unit,
            [.. quarters.Select(quarter => sums.TryGetValue(quarter, out long sum) ? Quantity.FromUnits(sum, indicator.Decimals) : (decimal?)null)]);
    }

    private static decimal? TargetOf(
        Indicator indicator, Organisation city, List<Organisation> districts, IReadOnlyDictionary<(long Indicator, long Organisation), Target> wanted)
    {
        if (wanted.TryGetValue((indicator.Id, city.Id), out Target? own))
        {
            return Quantity.FromUnits(own.Value, indicator.Decimals);
        }

        Target[] parts = [.. districts.Select(district => wanted.GetValueOrDefault((indicator.Id, district.Id))).OfType<Target>()];
        return parts.Length == districts.Count && parts.Length > 0 ? Quantity.FromUnits(Quantity.Sum([.. parts.Select(part => part.Value)]), indicator.Decimals) : null;
    }

    /// <summary>
    /// The newest quarter in which everybody is approved who was in the quarter before: a total of half the reporters beside one of all
    /// would read as a fall.
    /// </summary>
    private static Period LastWhole(IReadOnlyCollection<ApprovedValue> values)
    {
        ILookup<Period, long> reporters = values.ToLookup(value => value.Observation.Period, value => value.Observation.OrganisationId);
        return From(values.MaxBy(value => value.Observation.Period.LastDay)!.Observation.Period)
            .First(quarter => reporters[quarter].Any() && !reporters[quarter.Previous()].Except(reporters[quarter]).Any());
    }

    /// <summary>A quarter and those before it, without end.</summary>
    private static IEnumerable<Period> From(Period last)
    {
        for (Period quarter = last; ; quarter = quarter.Previous())
        {
            yield return quarter;
        }
    }
}

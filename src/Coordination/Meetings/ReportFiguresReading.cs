using Lodestone.Coordination.Assessment;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>Counts a half-yearly report's figures within the actor's scope: approved observations and targets, orders, released grades.</summary>
internal sealed class ReportFiguresReading(PlatformDb db, ObservationReading reading, TargetBook targets, SupervisionReading orders, RunBook runs, TimeProvider clock)
{
    private const int MostIndicators = 6;
    private const int MostTrend = 6;

    public async Task<ReportFigures> CountAsync(HalfReport report, Organisation city, CancellationToken cancel = default)
    {
        DateTimeOffset now = clock.Instant();
        Period last = Period.Of(PeriodKind.Quarter, report.Period.LastDay);
        Period[] quarters = [last.Previous(), last];
        var sources = new SourceList();
        List<IndicatorFigures> indicators = await IndicatorsAsync(city, quarters, now, sources, cancel);
        IReadOnlyList<StandingLine> standing = await orders.StandingAsync(report.Period.FirstDay, report.Period.LastDay, cancel);
        return new ReportFigures(now, [.. quarters.Select(quarter => quarter.ToString())], indicators,
            new OrderFigures(standing.Sum(line => line.Due), standing.Sum(line => line.InTime), standing.Sum(line => line.Late), standing.Sum(line => line.Overdue),
                [.. standing.Where(line => line.Overdue > 0).Select(line => line.Unit)]),
            await GradesAsync(city, quarters, now, cancel), sources.All);
    }

    private async Task<List<IndicatorFigures>> IndicatorsAsync(Organisation city, Period[] quarters, DateTimeOffset now, SourceList sources, CancellationToken cancel)
    {
        List<Indicator> summed = await db.Set<Indicator>().AsNoTracking()
            .Where(row => row.Aggregation == Kernel.Indicators.Aggregation.Sum && row.Frequency == PeriodKind.Quarter).OrderBy(row => row.Code).ToListAsync(cancel);
        ILookup<long, ApprovedValue> values = (await reading.ApprovedAsync([.. summed.Select(row => row.Id)], city.Path, null, now, cancel))
            .Where(value => value.Observation.Period.Kind == PeriodKind.Quarter && value.Observation.Period <= quarters[^1]).ToLookup(value => value.Observation.IndicatorId);
        List<Organisation> districts = await db.Set<Organisation>().AsNoTracking()
            .Where(row => row.ParentId == city.Id && row.Kind == OrganisationKind.District && row.ClosedOn == null).OrderBy(row => row.Code).ToListAsync(cancel);
        long[] owners = [.. values.SelectMany(one => one).Select(value => value.Observation.OrganisationId).Distinct()];
        Dictionary<long, string> paths = await db.Set<Organisation>().AsNoTracking().Where(row => owners.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Path, cancel);
        Indicator[] shown = [.. summed.Where(row => values[row.Id].Any(value => quarters.Contains(value.Observation.Period))).Take(MostIndicators)];
        IReadOnlyDictionary<(long Indicator, long Organisation), Target> wanted = await targets.InForceAsync(
            [.. shown.Select(row => row.Id)], [city.Id, .. districts.Select(row => row.Id)], quarters[^1], now, cancel);
        return [.. shown.Select(indicator => Figures(indicator, [.. values[indicator.Id]], city, districts, paths, quarters, wanted, sources))];
    }

    private static IndicatorFigures Figures(
        Indicator indicator, IReadOnlyList<ApprovedValue> values, Organisation city, List<Organisation> districts, Dictionary<long, string> paths, Period[] quarters,
        IReadOnlyDictionary<(long Indicator, long Organisation), Target> wanted, SourceList sources)
    {
        Organisation? PlaceOf(ApprovedValue value) => districts.Find(district => paths[value.Observation.OrganisationId].StartsWith(district.Path, StringComparison.Ordinal));
        ILookup<(long Place, Period Quarter), ApprovedValue> cells = values.ToLookup(value => (PlaceOf(value)?.Id ?? city.Id, value.Observation.Period));
        (long Id, string Name)[] places = [.. districts.Select(row => (row.Id, row.Name)), (city.Id, city.Name)];
        // The city's own row is there only when something stands directly under it.
        places = [.. places.Where(place => place.Id != city.Id || quarters.Any(quarter => cells[(place.Id, quarter)].Any()))];
        var cited = new Dictionary<(long, Period), CitedFigure>();
        CitedFigure Cell(long place, string name, Period quarter)
        {
            if (!cited.TryGetValue((place, quarter), out CitedFigure? figure))
            {
                ApprovedValue[] parts = [.. cells[(place, quarter)]];
                figure = parts.Length == 0 ? new CitedFigure(null, []) : sources.Add(indicator, name, quarter, Quantity.Sum([.. parts.Select(part => part.Observation.Value)]), parts);
                cited[(place, quarter)] = figure;
            }

            return figure;
        }

        CitedFigure Total(Period quarter) => Sum([.. places.Select(place => Cell(place.Id, place.Name, quarter))]);
        List<RowFigures> rows = [.. places.Select(place => new RowFigures(place.Name, [.. quarters.Select(quarter => Cell(place.Id, place.Name, quarter))]))];
        HashSet<long>[] reporters = [.. quarters.Select(quarter => values.Where(value => value.Observation.Period == quarter).Select(value => value.Observation.OrganisationId).ToHashSet())];
        Period[] trend = [.. values.Select(value => value.Observation.Period).Distinct().Order().TakeLast(MostTrend)];
        return new IndicatorFigures(
            indicator.Code, indicator.Name, indicator.Unit, indicator.Decimals, rows, new RowFigures(city.Name, [.. quarters.Select(Total)]),
            [.. reporters.Select(units => units.Count)],
            TargetOf(indicator, city, districts, quarters[^1], wanted, sources),
            [.. trend.Select(quarter => new TrendFigure(quarter.ToString(), Total(quarter)))], reporters[0].SetEquals(reporters[1]));
    }

    private static CitedFigure? TargetOf(
        Indicator indicator, Organisation city, List<Organisation> districts, Period quarter, IReadOnlyDictionary<(long Indicator, long Organisation), Target> wanted, SourceList sources)
    {
        if (wanted.TryGetValue((indicator.Id, city.Id), out Target? own))
        {
            return sources.Add(indicator, city.Name, quarter, own);
        }

        (Organisation District, Target? Target)[] parts = [.. districts.Select(district => (district, wanted.GetValueOrDefault((indicator.Id, district.Id))))];
        return parts.Length == 0 || parts.Any(part => part.Target is null) ? null
            : Sum([.. parts.Select(part => sources.Add(indicator, part.District.Name, quarter, part.Target!))]);
    }

    private static CitedFigure Sum(IReadOnlyList<CitedFigure> parts)
    {
        CitedFigure[] known = [.. parts.Where(part => part.Value is not null)];
        return known.Length == 0 ? new CitedFigure(null, [])
            : new CitedFigure(Quantity.Sum([.. known.Select(part => part.Value!.Value)]), [.. known.SelectMany(part => part.Sources)]);
    }

    private async Task<List<GradeFigures>> GradesAsync(Organisation city, Period[] quarters, DateTimeOffset now, CancellationToken cancel)
    {
        var grades = new List<GradeFigures>();
        List<Round> rounds = await db.Set<Round>().AsNoTracking()
            .Where(row => row.CityId == city.Id && quarters.Contains(row.Period) && row.ReleasedAt != null && row.ReleasedAt <= now).OrderBy(row => row.Period).ThenBy(row => row.Id).ToListAsync(cancel);
        foreach (Round round in rounds)
        {
            RoundResults results = (await runs.InForceAsync(round, cancel)).ReadResults();
            string[] codes = [.. results.Units.Select(unit => unit.Unit)];
            Dictionary<string, string> names = await db.Set<Organisation>().Where(row => codes.Contains(row.Code)).ToDictionaryAsync(row => row.Code, row => row.Name, cancel);
            grades.AddRange(results.Units.Where(unit => unit.Grade is not null)
                .Select(unit => new GradeFigures(results.Period, names.GetValueOrDefault(unit.Unit, unit.Unit), unit.Total, unit.Grade!)));
        }

        return grades;
    }

    /// <summary>The numbered sources, in the order in which they are first cited.</summary>
    private sealed class SourceList
    {
        private readonly List<SourceFigures> _all = [];

        public IReadOnlyList<SourceFigures> All => _all;

        public CitedFigure Add(Indicator indicator, string unit, Period quarter, long value, IReadOnlyList<ApprovedValue> parts) => Add(new SourceFigures(
            _all.Count + 1, "values", indicator.Name, unit, quarter.ToString(), value, [.. parts.Select(part => new ValueReference(part.Observation.Id, part.Observation.Hash))]));

        public CitedFigure Add(Indicator indicator, string unit, Period quarter, Target target) => Add(new SourceFigures(
            _all.Count + 1, "target", indicator.Name, unit, quarter.ToString(), target.Value,
            [new ValueReference(target.Id, target.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))]));

        private CitedFigure Add(SourceFigures source)
        {
            _all.Add(source);
            return new CitedFigure(source.Value, [source.Number]);
        }
    }
}

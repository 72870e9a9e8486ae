using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice;

/// <summary>How an indicator of the city went around the day when a proposal was adopted.</summary>
/// <param name="Points">Approved totals, oldest first, each of the same reporters, in the indicator's unit.</param>
/// <param name="Before">The last that ended before the day; null when nothing is approved.</param>
/// <param name="After">The last that began after it: the period that contains the day is neither before nor after; null while there is none.</param>
/// <param name="Reporters">How many reporters are in every point.</param>
internal sealed record IndicatorEffect(string Name, string Unit, IReadOnlyList<(Period Period, decimal Value)> Points, decimal? Before, decimal? After, int Reporters);

/// <summary>Shows the effect of adopted proposals from approved values, as far as the reader may see them. It says what followed, not that it followed from it.</summary>
internal sealed class EffectReading(PlatformDb db, ObservationReading observations, TimeProvider clock)
{
    private const int Most = 6;

    /// <summary>By the proposal's id; what has no indicator or no approved value is missing.</summary>
    public async Task<IReadOnlyDictionary<long, IndicatorEffect>> OfAsync(IReadOnlyCollection<Proposal> proposals, CancellationToken cancel = default)
    {
        Proposal[] adopted = [.. proposals.Where(row => row.Outcome == Proposal.Adopted && row.IndicatorCode.Length > 0 && row.DecidedOn is not null)];
        if (adopted.Length == 0)
        {
            return new Dictionary<long, IndicatorEffect>();
        }

        string[] codes = [.. adopted.Select(row => row.IndicatorCode).Distinct()];
        List<Indicator> indicators = await db.Set<Indicator>().AsNoTracking().Where(row => codes.Contains(row.Code)).ToListAsync(cancel);
        long committee = adopted[0].OrganisationId;
        string path = await db.Set<Organisation>().Where(row => row.Id == committee).Select(row => row.Path).FirstAsync(cancel);
        string city = path[..(path.AsSpan(0, path.Length - 1).LastIndexOf('/') + 1)];
        ILookup<long, ApprovedValue> values = (await observations.ApprovedAsync([.. indicators.Select(row => row.Id)], city, null, clock.Instant(), cancel)).ToLookup(value => value.Observation.IndicatorId);
        var effects = new Dictionary<long, IndicatorEffect>();
        foreach (Proposal proposal in adopted)
        {
            if (indicators.Find(row => row.Code == proposal.IndicatorCode) is { } indicator && Of(indicator, [.. values[indicator.Id]], proposal.DecidedOn!.Value) is { } effect)
            {
                effects[proposal.Id] = effect;
            }
        }

        return effects;
    }

    /// <summary>Pure. Of the kind of period with the most values, the last few; only who reported in all of them is summed.</summary>
    internal static IndicatorEffect? Of(Indicator indicator, IReadOnlyCollection<ApprovedValue> values, DateOnly adoptedOn)
    {
        if (values.Count == 0)
        {
            return null;
        }

        PeriodKind kind = values.GroupBy(value => value.Observation.Period.Kind).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
        ILookup<Period, Observation> cells = values.Where(value => value.Observation.Period.Kind == kind).ToLookup(value => value.Observation.Period, value => value.Observation);
        Period[] periods = [.. cells.Select(cell => cell.Key).OrderBy(period => period.LastDay).TakeLast(Most)];
        HashSet<long> always = [.. cells[periods[0]].Select(row => row.OrganisationId)];
        foreach (Period period in periods)
        {
            always.IntersectWith(cells[period].Select(row => row.OrganisationId));
        }

        if (always.Count == 0)
        {
            return null;
        }

        (Period Period, decimal Value)[] points = [.. periods.Select(period => (period,
            Quantity.FromUnits(Quantity.Sum([.. cells[period].Where(row => always.Contains(row.OrganisationId)).Select(row => row.Value)]), indicator.Decimals)))];
        decimal? before = points.Where(point => point.Period.LastDay < adoptedOn).Select(point => (decimal?)point.Value).LastOrDefault();
        decimal? after = points.Where(point => point.Period.FirstDay > adoptedOn).Select(point => (decimal?)point.Value).LastOrDefault();
        return new IndicatorEffect(indicator.Name, indicator.Unit, points, before, after, always.Count);
    }
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Indicators;

/// <summary>Targets are versioned: a new figure is a new row, and a score names the version it used.</summary>
public sealed class TargetBook(PlatformDb db, Ids ids, TimeProvider clock)
{
    public async Task<Target> SetAsync(Indicator indicator, long organisationId, Period period, long value, CancellationToken cancel = default)
    {
        int last = await db.Set<Target>()
            .Where(row => row.IndicatorId == indicator.Id && row.OrganisationId == organisationId && row.Period == period)
            .MaxAsync(row => (int?)row.Version, cancel) ?? 0;
        var target = new Target
        {
            Id = await ids.NextAsync(cancel),
            IndicatorId = indicator.Id,
            OrganisationId = organisationId,
            Period = period,
            Version = last + 1,
            Value = value,
            SetAt = clock.Instant(),
        };
        db.Add(target);
        return target;
    }

    /// <summary>The versions in force at a moment, by (indicator, organisation).</summary>
    public async Task<IReadOnlyDictionary<(long Indicator, long Organisation), Target>> InForceAsync(
        IReadOnlyCollection<long> indicators, IReadOnlyCollection<long> organisations, Period period, DateTimeOffset asOf,
        CancellationToken cancel = default)
    {
        List<Target> rows = await db.Set<Target>().AsNoTracking()
            .Where(row => row.Period == period && row.SetAt <= asOf && indicators.Contains(row.IndicatorId)
                && organisations.Contains(row.OrganisationId))
            .ToListAsync(cancel);
        return rows.GroupBy(row => (row.IndicatorId, row.OrganisationId)).ToDictionary(cell => cell.Key, cell => cell.MaxBy(row => row.Version)!);
    }
}

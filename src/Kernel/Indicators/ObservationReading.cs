using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Indicators;

/// <summary>A value that counts at a moment, and since when.</summary>
public sealed record ApprovedValue(Observation Observation, DateTimeOffset ApprovedAt);

/// <summary>What a unit shows for an indicator: its own value, or a total computed from those below it, never typed.</summary>
/// <param name="Value">Whole smallest units; null when nothing is approved.</param>
/// <param name="Inputs">The values it rests on, ordered by organisation.</param>
public sealed record UnitValue(long? Value, bool Computed, IReadOnlyList<ApprovedValue> Inputs)
{
    public DateTimeOffset? ApprovedAt => Inputs.Count == 0 ? null : Inputs.Max(input => input.ApprovedAt);
}

/// <summary>Reads values as of a moment, within the actor's scope.</summary>
public sealed class ObservationReading(PlatformDb db)
{
    /// <summary>
    /// The value that counts in each cell: the highest revision that was recorded before an approval which is in force at
    /// <paramref name="asOf"/>.
    /// </summary>
    public async Task<IReadOnlyList<ApprovedValue>> ApprovedAsync(
        IReadOnlyCollection<long>? indicators, string? branch, Period? period, DateTimeOffset asOf, CancellationToken cancel = default)
    {
        IQueryable<Observation> observations = db.Set<Observation>().AsNoTracking();
        if (indicators is not null)
        {
            observations = observations.Where(row => indicators.Contains(row.IndicatorId));
        }

        if (period is { } wanted)
        {
            observations = observations.Where(row => row.Period == wanted);
        }

        if (branch is not null)
        {
            string end = Organisation.EndOf(branch);
            observations = observations.Where(row => db.Set<Organisation>().Any(organisation => organisation.Id == row.OrganisationId
                && string.Compare(organisation.Path, branch) >= 0 && string.Compare(organisation.Path, end) < 0));
        }

        var rows = await (
            from observation in observations
            join approval in db.Set<Approval>() on observation.CaseId equals approval.CaseId
            where approval.Final && approval.GrantedAt <= asOf && (approval.WithdrawnAt == null || approval.WithdrawnAt > asOf)
                && observation.RecordedAt <= approval.GrantedAt
            select new { observation, approval.GrantedAt }).ToListAsync(cancel);
        return
        [
            .. rows.GroupBy(row => (row.observation.IndicatorId, row.observation.OrganisationId, row.observation.Period))
                .Select(cell => cell.MaxBy(row => row.observation.Revision)!)
                .Select(row => new ApprovedValue(row.observation, row.GrantedAt))
                .OrderBy(value => value.Observation.IndicatorId).ThenBy(value => value.Observation.OrganisationId)
                .ThenBy(value => value.Observation.Period.Code),
        ];
    }

    /// <summary>
    /// True when the unit's figure is computed from those below it: a district or city, for anything but <c>last</c>.
    /// </summary>
    public static bool IsTotal(Organisation unit, Indicator indicator) =>
        indicator.Aggregation != Aggregation.Last && unit.Kind is (OrganisationKind.District or OrganisationKind.City);

    /// <summary>One unit's figures for several indicators in a period.</summary>
    public async Task<IReadOnlyDictionary<long, UnitValue>> UnitAsync(
        Organisation unit, IReadOnlyCollection<Indicator> indicators, Period period, DateTimeOffset asOf, CancellationToken cancel = default)
    {
        IReadOnlyList<ApprovedValue> values = await ApprovedAsync([.. indicators.Select(row => row.Id)], unit.Path, period, asOf, cancel);
        ILookup<long, ApprovedValue> byIndicator = values.ToLookup(value => value.Observation.IndicatorId);
        return indicators.ToDictionary(indicator => indicator.Id, indicator => Combine(unit, indicator, byIndicator[indicator.Id]));
    }

    private static UnitValue Combine(Organisation unit, Indicator indicator, IEnumerable<ApprovedValue> values)
    {
        bool total = IsTotal(unit, indicator);
        ApprovedValue[] inputs = [.. values.Where(value => total || value.Observation.OrganisationId == unit.Id)];
        if (inputs.Length == 0)
        {
            return new UnitValue(null, total, []);
        }

        long[] units = [.. inputs.Select(input => input.Observation.Value)];
        long value = !total ? units[0]
            : indicator.Aggregation == Aggregation.Sum ? Quantity.Sum(units)
            : Quantity.Average(units)!.Value;
        return new UnitValue(value, total, inputs);
    }
}

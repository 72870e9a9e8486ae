using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// Reads everything that a round rests on as it stands now. A handful of queries whatever the number of units: the values of
/// the city once, shared out in memory by the organisations' paths.
/// </summary>
internal sealed class FreezeRound(
    PlatformDb db, ObservationReading reading, TargetBook targets, Judging judging, CalendarBook calendars, TimeProvider clock)
{
    /// <exception cref="Refusal">The first code of <see cref="RoundCheck"/>; all are in <c>problems</c>.</exception>
    public async Task<RoundInputs> ReadAsync(OpenedRound opened, CancellationToken cancel = default)
    {
        Scheme scheme = opened.Scheme.Read();
        Period period = opened.Round.Period;
        DateTimeOffset asOf = clock.Instant();
        string[] codes = [.. scheme.Criteria.Where(criterion => criterion.Rule is not JudgedRule).Select(criterion => criterion.Indicator).Distinct()];
        Dictionary<string, Indicator> indicators = await db.Set<Indicator>().AsNoTracking()
            .Where(row => codes.Contains(row.Code)).ToDictionaryAsync(row => row.Code, cancel);
        long[] indicatorIds = [.. indicators.Values.Select(row => row.Id)];
        var assessed = await (
            from unit in db.Set<RoundUnit>()
            join organisation in db.Set<Organisation>().AsNoTracking() on unit.OrganisationId equals organisation.Id
            where unit.RoundId == opened.Round.Id
            orderby organisation.Code
            select new { Organisation = organisation, unit.Peers }).ToListAsync(cancel);
        List<Organisation> units = [.. assessed.Select(row => row.Organisation)];
        IReadOnlyDictionary<(long Unit, string Criterion), Judgement> judgements = await judging.InForceAsync(opened.Round.Id, cancel);

        Shelf shelf = await ShelveAsync(opened.City, units, indicatorIds, period, asOf, cancel);
        IReadOnlyDictionary<(long Indicator, long Organisation), Target> wanted =
            await targets.InForceAsync(indicatorIds, [.. units.Select(unit => unit.Id)], period, asOf, cancel);
        var inputs = new RoundInputs(
            opened.Round.Id,
            opened.Scheme.Version,
            scheme,
            period.ToString(),
            asOf,
            (await calendars.CurrentAsync(cancel)).Version,
            [
                .. assessed.Select(row => new UnitInput(row.Organisation.Code, row.Organisation.Name,
                [
                    .. scheme.Criteria.Select(criterion => criterion.Rule is JudgedRule
                        ? CriterionInput.OfJudgement(criterion.Code, judgements.GetValueOrDefault((row.Organisation.Id, criterion.Code))?.Input())
                        : Found(criterion, row.Organisation, indicators[criterion.Indicator], shelf, wanted)),
                ], row.Peers)),
            ]);
        return RoundCheck.Problems(inputs) is [var first, ..] problems
            ? throw new Refusal(first.Code, 422, first.Unit ?? "", first.Criterion ?? "") { Details = { ["problems"] = problems } }
            : inputs;
    }

    /// <summary>The approved values by indicator and by each unit above or at their reporter, and the reporters' codes.</summary>
    private sealed record Shelf(ILookup<(long Indicator, long Unit), Observation> Values, Dictionary<long, string> Reporters);

    private async Task<Shelf> ShelveAsync(
        Organisation city, List<Organisation> units, long[] indicators, Period period, DateTimeOffset asOf, CancellationToken cancel)
    {
        IReadOnlyList<ApprovedValue> values = await reading.ApprovedAsync(indicators, city.Path, period, asOf, cancel);
        long[] reporterIds = [.. values.Select(value => value.Observation.OrganisationId).Distinct()];
        Dictionary<long, Organisation> reporters = await db.Set<Organisation>().AsNoTracking()
            .Where(row => reporterIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancel);
        HashSet<long> assessed = [.. units.Select(unit => unit.Id)];
        return new Shelf(
            (from value in values
             from unit in Organisation.Chain(reporters[value.Observation.OrganisationId].Path)
             where assessed.Contains(unit)
             select (Unit: unit, value.Observation)).ToLookup(pair => (pair.Observation.IndicatorId, pair.Unit), pair => pair.Observation),
            reporters.ToDictionary(pair => pair.Key, pair => pair.Value.Code));
    }

    private static CriterionInput Found(
        Criterion criterion, Organisation unit, Indicator indicator, Shelf shelf,
        IReadOnlyDictionary<(long Indicator, long Organisation), Target> wanted)
    {
        bool total = ObservationReading.IsTotal(unit, indicator);
        return new CriterionInput(
            criterion.Code,
            indicator.Code,
            Enum.Parse<Direction>(indicator.Direction, ignoreCase: true),
            indicator.Decimals,
            Enum.Parse<Aggregation>(indicator.Aggregation, ignoreCase: true),
            wanted.GetValueOrDefault((indicator.Id, unit.Id)) is { } target
                ? new TargetInput(Quantity.FromUnits(target.Value, indicator.Decimals), target.Version)
                : null,
            [
                .. shelf.Values[(indicator.Id, unit.Id)].Where(row => total || row.OrganisationId == unit.Id)
                    .Select(row => Input(row, shelf.Reporters[row.OrganisationId], indicator.Decimals)),
            ]);
    }

    internal static ObservationInput Input(Observation row, string reporter, int decimals) =>
        new(row.Id, row.Hash, Quantity.FromUnits(row.Value, decimals), row.Revision, reporter, decimals);
}

using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>Opens a round over units of one city; written by the next save.</summary>
internal sealed class OpenRound(PlatformDb db, Ids ids, CaseDesk desk, SchemeBook schemes)
{
    private const int MostUnits = 2000;

    private const int LongestGroup = 40;

    /// <param name="groups">
    /// The group of comparable units of every unit, by its code (同类比较); null or empty when all are compared with all.
    /// </param>
    /// <exception cref="Refusal">
    /// <c>scheme.unknown</c>, <c>round.period</c>, <c>round.no-units</c>, <c>round.too-many-units</c>, <c>round.duplicate-unit</c>,
    /// <c>round.unit-unknown</c>, <c>round.unit-closed</c>, <c>round.groups</c>, <c>round.several-cities</c>, <c>round.statistics-only</c>, <c>access.role</c>
    /// </exception>
    public async Task<(Round Round, CaseView File)> OpenAsync(
        string? schemeCode, int? schemeVersion, string? periodText, IReadOnlyList<string>? unitCodes,
        IReadOnlyDictionary<string, string>? groups = null, CancellationToken cancel = default)
    {
        SchemeVersion scheme = await schemes.FindAsync(schemeCode, schemeVersion, cancel);
        if (!Period.TryParse(periodText, out Period period))
        {
            throw new Refusal("round.period", 422, periodText ?? "");
        }

        List<Organisation> units = await UnitsAsync(unitCodes ?? [], period, cancel);
        CheckGroups(groups, units);
        Organisation city = await CityAsync(units, cancel);
        if (db.Actor.May(AssessmentModule.Assessor, Seat.At, city.Path) is null)
        {
            throw Refusal.Role();
        }

        await CheckIndicatorsAsync(scheme.Read(), period, units, cancel);
        long id = await ids.NextAsync(cancel);
        CaseView file = await desk.OpenAsync(RoundProcedure.Table, new Subject(RoundProcedure.Code, id), city.Id, city.Path,
            $"{period.Label(CultureInfo.CurrentCulture)} {scheme.Code}", cancel);
        var round = new Round { Id = id, SchemeId = scheme.Id, Period = period, CityId = city.Id, CaseId = file.Id };
        db.Add(round);
        db.AddRange(units.Select(unit => new RoundUnit
        {
            RoundId = id,
            OrganisationId = unit.Id,
            Code = unit.Code,
            Peers = groups is { Count: > 0 } ? groups[unit.Code].Trim() : null,
        }));
        return (round, file);
    }

    /// <summary>A unit outside every group would be compared with nobody, so either all have one or none.</summary>
    private static void CheckGroups(IReadOnlyDictionary<string, string>? groups, List<Organisation> units)
    {
        if (groups is { Count: > 0 } && units.Find(unit =>
            !groups.TryGetValue(unit.Code, out string? name) || string.IsNullOrWhiteSpace(name) || name.Length > LongestGroup) is { } outside)
        {
            throw new Refusal("round.groups", 422, outside.Name, LongestGroup);
        }
    }

    private async Task<List<Organisation>> UnitsAsync(IReadOnlyList<string> codes, Period period, CancellationToken cancel)
    {
        if (codes.Count is 0 or > MostUnits)
        {
            throw codes.Count == 0 ? new Refusal("round.no-units") : new Refusal("round.too-many-units", 422, MostUnits);
        }

        if (codes.GroupBy(code => code).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new Refusal("round.duplicate-unit", 422, twice.Key ?? "");
        }

        List<Organisation> found = [.. (await db.Set<Organisation>().AsNoTracking().Where(row => codes.Contains(row.Code)).ToListAsync(cancel))
            .Where(row => db.Actor.Sees(row.Path))];
        if (codes.FirstOrDefault(code => found.TrueForAll(row => row.Code != code)) is { } unknown)
        {
            throw new Refusal("round.unit-unknown", 422, unknown);
        }

        return found.Find(row => row.ClosedOn <= period.FirstDay) is { } closed
            ? throw new Refusal("round.unit-closed", 422, closed.Name, closed.ClosedOn!.Value)
            : found;
    }

    /// <summary>The one city above all the units; a city is not a unit of its own round.</summary>
    private async Task<Organisation> CityAsync(List<Organisation> units, CancellationToken cancel)
    {
        long[] above = [.. units.SelectMany(unit => Organisation.Chain(unit.Path).SkipLast(1)).Distinct()];
        List<Organisation> cities = await db.Set<Organisation>().AsNoTracking()
            .Where(row => above.Contains(row.Id) && row.Kind == OrganisationKind.City).ToListAsync(cancel);
        return cities is [var city] && units.TrueForAll(unit => unit.Path.StartsWith(city.Path, StringComparison.Ordinal) && unit.Id != city.Id)
            ? city
            : throw new Refusal("round.several-cities");
    }

    private async Task CheckIndicatorsAsync(Scheme scheme, Period period, List<Organisation> units, CancellationToken cancel)
    {
        string[] codes = [.. scheme.Criteria.Select(criterion => criterion.Indicator)];
        List<Indicator> indicators = await db.Set<Indicator>().AsNoTracking().Where(row => codes.Contains(row.Code)).ToListAsync(cancel);
        if (indicators.Find(row => row.Frequency != period.Kind) is { } other)
        {
            throw new Refusal("round.other-frequency", 422, other.Name, period.ToString());
        }

        // Identifiable survey data serves statistics only (Statistics Law); a department's or district's figures name no respondent.
        if (units.Find(unit => unit.Kind == OrganisationKind.Enterprise) is { } enterprise
            && indicators.Find(row => row.Purpose == Purpose.Statistics) is { } survey)
        {
            throw new Refusal("round.statistics-only", 422, enterprise.Name, survey.Name);
        }
    }
}

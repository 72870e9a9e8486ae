using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>A year's results by one scheme.</summary>
/// <param name="Scheme">The version that the last released quarter used; its lines and quotas grade the year.</param>
/// <param name="Released">The quarters, 1 to 4, with released results.</param>
/// <param name="Names">Names of the units by code, as at their last quarter.</param>
internal sealed record YearView(
    int Year, Scheme Scheme, int SchemeVersion, IReadOnlyList<int> Released, IReadOnlyList<YearUnit> Units, IReadOnlyDictionary<string, string> Names);

/// <summary>Reads the year from the released rounds that the actor may open.</summary>
internal sealed class YearReading(PlatformDb db, RoundDoor door, RunBook runs)
{
    /// <summary>Codes of the schemes with released quarters in the year.</summary>
    public async Task<IReadOnlyList<string>> SchemesAsync(int year, CancellationToken cancel = default) =>
        [.. (await RoundsAsync(year, cancel)).Select(row => row.Scheme.Code).Distinct().Order(StringComparer.Ordinal)];

    /// <exception cref="Refusal"><c>year.none</c>: no released quarter that the actor may open.</exception>
    public async Task<YearView> ReadAsync(int year, string? code, CancellationToken cancel = default)
    {
        var quarters = new Dictionary<int, (Scheme Scheme, RoundResults Results)>();
        var names = new Dictionary<string, string>();
        int version = 0;
        // A quarter that was assessed twice counts by its last round.
        foreach ((OpenedRound opened, SchemeVersion scheme) in (await RoundsAsync(year, cancel)).Where(row => row.Scheme.Code == code)
            .OrderBy(row => row.Opened.Round.Period.ToString(), StringComparer.Ordinal).ThenBy(row => row.Opened.Round.Id))
        {
            ScoreRun run = await runs.InForceAsync(opened.Round, cancel);
            quarters[opened.Round.Period.Ordinal] = (scheme.Read(), run.ReadResults());
            version = scheme.Version;
            foreach (UnitInput unit in run.ReadInputs().Units)
            {
                names[unit.Unit] = unit.Name;
            }
        }

        if (quarters.Count == 0)
        {
            throw new Refusal("year.none", 404, year);
        }

        Scheme last = quarters[quarters.Keys.Max()].Scheme;
        return new YearView(year, last, version, [.. quarters.Keys.Order()], YearRollup.Of(last, quarters), names);
    }

    private async Task<List<(OpenedRound Opened, SchemeVersion Scheme)>> RoundsAsync(int year, CancellationToken cancel)
    {
        if (year is < Period.FirstYear or > Period.LastYear)
        {
            return [];
        }

        Period[] wanted = [.. Enumerable.Range(1, YearRollup.Quarters).Select(quarter => new Period(PeriodKind.Quarter, year, quarter))];
        List<long> ids = await db.Set<Round>().AsNoTracking()
            .Where(row => row.ReleasedStep != null && wanted.Contains(row.Period)).Select(row => row.Id).ToListAsync(cancel);
        var found = new List<(OpenedRound, SchemeVersion)>();
        foreach (long id in ids)
        {
            try
            {
                OpenedRound opened = await door.OpenAsync(id, cancel);
                found.Add((opened, opened.Scheme));
            }
            catch (Refusal closed) when (closed.Status == 404)
            {
                // Another city's.
            }
        }

        return found;
    }
}

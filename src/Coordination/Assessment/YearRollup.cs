namespace Lodestone.Coordination.Assessment;

/// <summary>What a unit came to in one quarter's released results.</summary>
internal sealed record YearQuarter(int Quarter, decimal Total, string? Grade, int Rank);

/// <summary>A unit's year.</summary>
/// <param name="Total">The mean of its quarterly totals, rounded half up to two decimals.</param>
/// <param name="Rank">Within its group.</param>
/// <param name="Missing">The quarters, 1 to 4, without released results.</param>
/// <param name="Vetoed">A veto of one of its quarters caps the year's grade.</param>
internal sealed record YearUnit(
    string Unit, string? Group, decimal Total, string? Grade, int Rank, IReadOnlyList<YearQuarter> Quarters, IReadOnlyList<int> Missing, bool Vetoed);

/// <summary>
/// The year's results from the released quarters (年度汇总): means, graded by the lines and quotas of the scheme that the last
/// quarter used. Pure and exact.
/// </summary>
internal static class YearRollup
{
    public const int Quarters = 4;

    /// <param name="scheme">The version that the last quarter used.</param>
    /// <param name="quarters">Results by quarter, with the scheme of each, which a veto of that quarter names its grade in.</param>
    public static IReadOnlyList<YearUnit> Of(Scheme scheme, IReadOnlyDictionary<int, (Scheme Scheme, RoundResults Results)> quarters)
    {
        var rows =
            from quarter in quarters
            from unit in quarter.Value.Results.Units
            group (Quarter: quarter.Key, Unit: unit, Contender: Contender.Of(quarter.Value.Scheme, unit.Criteria)) by unit.Unit;
        var years = rows.Select(unit => new
        {
            Unit = unit.Key,
            unit.MaxBy(row => row.Quarter).Unit.Group,
            Contender = new Contender(
                new Tally(Mean(unit.Select(row => row.Contender.Tally.Total)), Mean(unit.Select(row => row.Contender.Tally.Base))),
                unit.Min(row => row.Contender.Ceiling)),
            Quarters = (IReadOnlyList<YearQuarter>)
            [
                .. unit.OrderBy(row => row.Quarter).Select(row => new YearQuarter(row.Quarter, row.Unit.Total, row.Unit.Grade, row.Unit.Rank)),
            ],
        }).ToList();

        return
        [
            .. years.GroupBy(year => year.Group, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).SelectMany(group =>
            {
                var units = group.OrderBy(year => year.Contender.Tally, Tally.BestFirst).ThenBy(year => year.Unit, StringComparer.Ordinal).ToList();
                var grades = Grading.Hold(scheme, [.. units.Select(year => year.Contender)]);
                return units.Select((year, i) => new YearUnit(
                    year.Unit,
                    year.Group,
                    year.Contender.Tally.Total,
                    grades[i],
                    1 + units.FindIndex(other => other.Contender.Tally == year.Contender.Tally),
                    year.Quarters,
                    [.. Enumerable.Range(1, Quarters).Except(year.Quarters.Select(quarter => quarter.Quarter))],
                    year.Contender.Ceiling is not null));
            }),
        ];
    }

    private static decimal Mean(IEnumerable<decimal> totals)
    {
        List<decimal> all = [.. totals];
        return ((Rational)all.Sum() / (decimal)all.Count).RoundHalfUp(2);
    }
}

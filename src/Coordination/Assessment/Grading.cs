namespace Lodestone.Coordination.Assessment;

/// <summary>
/// What orders units against each other: the total, then the base score, which are the points of the criteria that neither deduct
/// nor come on top. Equal in both is a tie.
/// </summary>
internal readonly record struct Tally(decimal Total, decimal Base)
{
    public static IComparer<Tally> BestFirst { get; } = Comparer<Tally>.Create((left, right) =>
        right.Total.CompareTo(left.Total) is var byTotal and not 0 ? byTotal : right.Base.CompareTo(left.Base));

    /// <param name="scheme">The scheme of the round.</param>
    /// <param name="points">The unit's points, in the order of the scheme's criteria.</param>
    public static Tally Of(Scheme scheme, IReadOnlyList<CriterionResult> points) => new(
        points.Sum(criterion => criterion.Points),
        scheme.Criteria.Zip(points).Where(pair => pair.First.IsBase).Sum(pair => pair.Second.Points));

    /// <summary>The same unit with more points, or fewer, on a criterion that counts for the base score or does not.</summary>
    public Tally Plus(decimal points, bool onBase) => new(Total + points, onBase ? Base + points : Base);
}

/// <summary>A unit that asks for a grade. A veto lets it hold none whose line is above <paramref name="Ceiling"/>.</summary>
internal readonly record struct Contender(Tally Tally, decimal? Ceiling = null)
{
    /// <summary>Who was vetoed takes no seat from who was not, whatever the points.</summary>
    public static IComparer<Contender> BestFirst { get; } = Comparer<Contender>.Create((left, right) =>
        (left.Ceiling is not null).CompareTo(right.Ceiling is not null) is var byVeto and not 0
            ? byVeto
            : Tally.BestFirst.Compare(left.Tally, right.Tally));

    public static Contender Of(Scheme scheme, IReadOnlyList<CriterionResult> points) =>
        new(Tally.Of(scheme, points), CeilingOf(scheme, points));

    public bool Reaches(Grade grade) => Tally.Total >= grade.From && !(Ceiling < grade.From);

    private static decimal? CeilingOf(Scheme scheme, IReadOnlyList<CriterionResult> points)
    {
        decimal? ceiling = null;
        foreach (var (criterion, result) in scheme.Criteria.Zip(points))
        {
            if (result.Vetoes && criterion.Rule is VetoRule veto)
            {
                var line = scheme.Grades.FirstOrDefault(grade => grade.Name == veto.Cap)?.From ?? scheme.Grades.Min(grade => grade.From);
                ceiling = ceiling is { } lower && lower <= line ? lower : line;
            }
        }

        return ceiling;
    }
}

/// <summary>
/// Who holds which grade within one group. A unit's natural grade is the highest whose line its total reaches and no veto forbids.
/// From the highest grade down, a quota seats the natural holders together with those who fell from above, best first; a tied
/// group is seated whole or not at all, and from the first group that does not fit everyone goes one grade down.
/// </summary>
internal static class Grading
{
    /// <returns>The name of each contender's grade, in the order given; null below the lowest line.</returns>
    public static string?[] Hold(Scheme scheme, IReadOnlyList<Contender> contenders)
    {
        var held = new string?[contenders.Count];
        var candidates = new List<int>();
        var waiting = Enumerable.Range(0, contenders.Count).ToList();
        foreach (var grade in BestFirst(scheme))
        {
            candidates = [.. candidates.Concat(waiting.Where(i => contenders[i].Reaches(grade))).OrderBy(i => contenders[i], Contender.BestFirst)];
            waiting.RemoveAll(i => contenders[i].Reaches(grade));

            var seated = Seated(scheme, grade, candidates, contenders);
            foreach (var i in candidates.Take(seated))
            {
                held[i] = grade.Name;
            }

            candidates.RemoveRange(0, seated);
        }

        return held;
    }

    /// <summary>The scheme's grades, highest first.</summary>
    public static IReadOnlyList<Grade> BestFirst(Scheme scheme) => [.. scheme.Grades.OrderByDescending(grade => grade.From)];

    /// <summary>The grade a unit reaches before any quota; null below the lowest line.</summary>
    public static string? Natural(Scheme scheme, Contender contender) => BestFirst(scheme).FirstOrDefault(contender.Reaches)?.Name;

    private static int Seated(Scheme scheme, Grade grade, List<int> candidates, IReadOnlyList<Contender> contenders)
    {
        if (scheme.Quotas.FirstOrDefault(quota => quota.Grade == grade.Name) is not { } quota)
        {
            return candidates.Count;
        }

        var seats = Seats(quota, contenders.Count);
        if (candidates.Count <= seats)
        {
            return candidates.Count;
        }

        var seated = 0;
        while (seated < seats)
        {
            var first = contenders[candidates[seated]];
            var tied = candidates.Skip(seated).TakeWhile(i => Contender.BestFirst.Compare(contenders[i], first) == 0).Count();
            if (seated + tied > seats)
            {
                break;
            }

            seated += tied;
        }

        return seated;
    }

    /// <summary>How many of a group's units may hold the grade.</summary>
    public static int Seats(GradeQuota quota, int units) => ((Rational)quota.Share * (decimal)units).Floor();
}

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// What orders units against each other: the total, then the sum of undeducted points, which are the points of the criteria
/// whose rule is not a deduction. Equal in both is a tie.
/// </summary>
internal readonly record struct Tally(decimal Total, decimal Undeducted)
{
    public static IComparer<Tally> BestFirst { get; } = Comparer<Tally>.Create((left, right) =>
        right.Total.CompareTo(left.Total) is var byTotal and not 0 ? byTotal : right.Undeducted.CompareTo(left.Undeducted));

    /// <param name="scheme">The scheme of the round.</param>
    /// <param name="points">The unit's points, in the order of the scheme's criteria.</param>
    public static Tally Of(Scheme scheme, IReadOnlyList<CriterionResult> points) => new(
        points.Sum(criterion => criterion.Points),
        scheme.Criteria.Zip(points).Where(pair => pair.First.Rule is not DeductRule).Sum(pair => pair.Second.Points));
}

/// <summary>
/// Who holds which grade. A unit's natural grade is the highest whose line its total reaches. From the highest grade down, a
/// quota seats the natural holders together with those who fell from above, best first; a tied group is seated whole or not
/// at all, and from the first group that does not fit everyone goes one grade down.
/// </summary>
internal static class Grading
{
    /// <returns>The name of each tally's grade, in the order given; null below the lowest line.</returns>
    public static string?[] Hold(Scheme scheme, IReadOnlyList<Tally> tallies)
    {
        var grades = BestFirst(scheme);
        var held = new string?[tallies.Count];
        var candidates = new List<int>();
        var waiting = Enumerable.Range(0, tallies.Count).OrderBy(i => tallies[i], Tally.BestFirst).ToList();
        foreach (var grade in grades)
        {
            // Those who fell stay ahead of those who reach only this line, so candidates remain best first.
            var natural = waiting.TakeWhile(i => tallies[i].Total >= grade.From).ToList();
            waiting.RemoveRange(0, natural.Count);
            candidates.AddRange(natural);

            var seated = Seated(scheme, grade, candidates, tallies);
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

    /// <summary>The grade a total reaches before any quota; null below the lowest line.</summary>
    public static string? Natural(Scheme scheme, decimal total) =>
        BestFirst(scheme).FirstOrDefault(grade => grade.From <= total)?.Name;

    private static int Seated(Scheme scheme, Grade grade, List<int> candidates, IReadOnlyList<Tally> tallies)
    {
        if (scheme.Quotas.FirstOrDefault(quota => quota.Grade == grade.Name) is not { } quota)
        {
            return candidates.Count;
        }

        var seats = ((Rational)quota.Share * (decimal)tallies.Count).Floor();
        if (candidates.Count <= seats)
        {
            return candidates.Count;
        }

        var seated = 0;
        while (seated < seats)
        {
            var tied = candidates.Skip(seated).TakeWhile(i => tallies[i] == tallies[candidates[seated]]).Count();
            if (seated + tied > seats)
            {
                break;
            }

            seated += tied;
        }

        return seated;
    }
}

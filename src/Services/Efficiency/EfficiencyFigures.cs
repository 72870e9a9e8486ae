namespace Lodestone.Services.Efficiency;

/// <summary>What is counted of one case: nothing here is judged, all of it opens to the case's ledgers.</summary>
/// <param name="Due">The promise's or the law's day has come, or it was decided.</param>
/// <param name="NetDays">Working days that the clock ran from acceptance to the decision, or to now.</param>
internal sealed record CaseFact(
    long Case, string Group, bool Due, bool InPromise, bool InLaw, bool Decided, int NetDays, int PromisedDays, bool Corrected, bool Deemed, int? Rating, DateOnly Day);

/// <summary>A department's, a window's or a person's figures in a time. Pure.</summary>
/// <param name="Key">Code of the group, for the way to its cases.</param>
/// <param name="Due">Cases whose promise came due or that were decided in the time.</param>
/// <param name="NetTenths">Tenths of a working day: mean of the decided cases; null when none was decided.</param>
/// <param name="PromisedTenths">Tenths of a working day: mean of their promises.</param>
/// <param name="RatingHundredths">Mean rating times a hundred; null when none was rated.</param>
/// <param name="Satisfied">Ratings of four and five.</param>
internal sealed record FigureLine(
    string Key, string Name, int Due, int InPromise, int InLaw, int Decided, int? NetTenths, int? PromisedTenths, int Corrected, int Deemed, int Rated, int Satisfied, int? RatingHundredths)
{
    /// <summary>Tenths of a per cent, rounded half up; null when nothing was due.</summary>
    public int? InPromisePermille => Share(InPromise, Due);

    public int? InLawPermille => Share(InLaw, Due);

    public int? SatisfiedPermille => Share(Satisfied, Rated);

    /// <summary>Overdue by promise: open past the day, or decided late.</summary>
    public int Late => Due - InPromise;

    public static FigureLine Of(string key, string name, IReadOnlyCollection<CaseFact> facts)
    {
        CaseFact[] due = [.. facts.Where(fact => fact.Due)];
        CaseFact[] decided = [.. due.Where(fact => fact.Decided)];
        int[] ratings = [.. facts.Select(fact => fact.Rating).OfType<int>()];
        return new FigureLine(key, name, due.Length, due.Count(fact => fact.InPromise), due.Count(fact => fact.InLaw), decided.Length, Mean(decided.Sum(fact => fact.NetDays), decided.Length, 10),
            Mean(decided.Sum(fact => fact.PromisedDays), decided.Length, 10), facts.Count(fact => fact.Corrected), facts.Count(fact => fact.Deemed), ratings.Length,
            ratings.Count(rating => rating >= 4), Mean(ratings.Sum(), ratings.Length, 100));
    }

    /// <summary>Rounded half up.</summary>
    private static int? Mean(int sum, int count, int scale) => count == 0 ? null : ((2 * scale * sum) + count) / (2 * count);

    private static int? Share(int part, int whole) => whole == 0 ? null : ((2000 * part) + whole) / (2 * whole);
}

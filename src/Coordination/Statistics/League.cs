using Lodestone.Kernel.Calendar;

namespace Lodestone.Coordination.Statistics;

/// <summary>One return that was due, as the league counts it.</summary>
/// <param name="Branch">The district, or the unit itself where no district stands above it.</param>
/// <param name="SubmittedOn">Legal day of the first submission; null when nothing was submitted.</param>
/// <param name="Cells">Cells that the form asks for.</param>
/// <param name="Filled">Cells that have a value.</param>
/// <param name="SentBack">How often a level gave it back.</param>
internal sealed record DueEntry(string Branch, DateOnly DueOn, DateOnly? SubmittedOn, int Cells, int Filled, int SentBack);

/// <summary>How a branch did in a period.</summary>
/// <param name="OnTime">Submitted by the due day.</param>
/// <param name="LateDays">Working days beyond the due day, all late returns together.</param>
/// <param name="Completeness">Millionths: filled cells of all cells that were due.</param>
/// <param name="Timeliness">Millionths: returns on time of all returns that were due.</param>
internal sealed record LeagueLine(
    int Place, string Branch, int Due, int Submitted, int OnTime, int LateDays, int SentBack, int Completeness, int Timeliness);

/// <summary>Completeness and timeliness by branch: pure arithmetic on whole numbers.</summary>
internal static class League
{
    private const int Whole = 1_000_000;

    /// <summary>By timeliness, then completeness, then fewer returns sent back; equals share a place.</summary>
    /// <param name="today">An unsent return is late since its due day.</param>
    public static IReadOnlyList<LeagueLine> Of(IEnumerable<DueEntry> entries, WorkCalendar calendar, DateOnly today)
    {
        List<LeagueLine> lines =
        [
            .. entries.GroupBy(entry => entry.Branch).Select(branch => Line(branch.Key, [.. branch], calendar, today))
                .OrderByDescending(line => line.Timeliness).ThenByDescending(line => line.Completeness).ThenBy(line => line.SentBack)
                .ThenBy(line => line.Branch, StringComparer.Ordinal),
        ];
        for (int i = 0; i < lines.Count; i++)
        {
            bool shared = i > 0 && Rank(lines[i]) == Rank(lines[i - 1]);
            lines[i] = lines[i] with { Place = shared ? lines[i - 1].Place : i + 1 };
        }

        return lines;
    }

    private static (int, int, int) Rank(LeagueLine line) => (line.Timeliness, line.Completeness, line.SentBack);

    private static LeagueLine Line(string branch, DueEntry[] entries, WorkCalendar calendar, DateOnly today)
    {
        int onTime = entries.Count(entry => entry.SubmittedOn is { } day && day <= entry.DueOn);
        int late = entries.Sum(entry => (entry.SubmittedOn ?? today) is var day && day > entry.DueOn ? calendar.WorkdaysBetween(entry.DueOn, day) : 0);
        return new LeagueLine(0, branch, entries.Length, entries.Count(entry => entry.SubmittedOn is not null), onTime, late,
            entries.Sum(entry => entry.SentBack), Share(entries.Sum(entry => entry.Filled), entries.Sum(entry => entry.Cells)), Share(onTime, entries.Length));
    }

    private static int Share(int part, int whole) => whole == 0 ? 0 : (int)((long)part * Whole / whole);
}

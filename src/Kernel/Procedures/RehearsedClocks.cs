namespace Lodestone.Kernel.Procedures;

/// <summary>
/// How the time limits over several stages did in a rehearsal. As in the ledger of a clock, the day on which it begins or goes on is day 0; unlike there,
/// a limit that the law dates back to an earlier day is counted from the move. Pure.
/// </summary>
internal static class RehearsedClocks
{
    public static IReadOnlyList<ClockOutcome> Of(Procedure table, IReadOnlyList<Rehearsal.Run> runs)
    {
        var outcomes = new List<ClockOutcome>();
        foreach (ProcedureClock clock in table.Clocks)
        {
            var times = new List<(int Limit, int Days, bool Late)>();
            var minutes = new Dictionary<string, long>();
            foreach (Rehearsal.Run run in runs)
            {
                if (run.Case.Clocks.FirstOrDefault(one => one.Name == clock.Name) is { } limit && Stretches(clock, run, out bool open) is { Count: > 0 } stretches)
                {
                    int days = clock.Anew ? stretches.Max() : stretches.Sum();
                    if (open && days <= limit.Workdays)
                    {
                        // It stands where the limit runs and may still be in time.
                        continue;
                    }

                    times.Add((limit.Workdays, days, days > limit.Workdays));
                    foreach (Rehearsal.Stay stay in Through(run).Where(stay => clock.RunsIn.Contains(stay.Stage)))
                    {
                        minutes[stay.Stage] = minutes.GetValueOrDefault(stay.Stage) + stay.Minutes;
                    }
                }
            }

            if (times.Count > 0)
            {
                int[] days = [.. times.Select(time => time.Days).Order()];
                outcomes.Add(new ClockOutcome(clock.Name, times.Count, times.Count(time => time.Late), times.Min(time => time.Limit), times.Max(time => time.Limit),
                    days[(days.Length - 1) * 9 / 10], minutes.MaxBy(stage => stage.Value).Key));
            }
        }

        return outcomes;
    }

    /// <summary>Working days that it ran at a time.</summary>
    /// <param name="open">The case still stands where it runs; the last time goes to its last move.</param>
    private static List<int> Stretches(ProcedureClock clock, Rehearsal.Run run, out bool open)
    {
        var stretches = new List<int>();
        long? since = null;
        long until = 0;
        foreach (Rehearsal.Stay stay in Through(run))
        {
            if (clock.RunsIn.Contains(stay.Stage))
            {
                (since, until) = (since ?? stay.From, stay.Until);
            }
            else if (since is { } begun)
            {
                stretches.Add(Days(begun, until));
                since = null;
            }
        }

        open = since is not null;
        if (since is { } still)
        {
            stretches.Add(Days(still, until));
        }

        return stretches;
    }

    /// <summary>The stages in which it was, the one where it stands last.</summary>
    private static IEnumerable<Rehearsal.Stay> Through(Rehearsal.Run run) => run.Standing is { } standing ? run.Stays.Append(standing) : run.Stays;

    /// <summary>The evening of a day is still that day.</summary>
    private static int Days(long from, long until) => (int)Math.Max(0, ((until - 1) / Rehearsal.Day) - (from / Rehearsal.Day));
}

namespace Lodestone.Kernel.Procedures;

/// <summary>A move that somebody made, in working minutes since the beginning of the period looked at.</summary>
/// <param name="Worker">Who made it; 0 for the platform, which needs no time.</param>
internal sealed record PlayedMove(string From, string Action, string To, long Worker, long At);

/// <summary>A case as it came and went.</summary>
/// <param name="ArrivedAt">Working minutes.</param>
/// <param name="Clocks">Its time limits in working days, extensions included.</param>
internal sealed record PlayedCase(long Id, long ArrivedAt, IReadOnlyList<PlayedMove> Moves, IReadOnlyList<PlayedClock> Clocks);

/// <param name="Name">One of the procedure's clocks.</param>
internal sealed record PlayedClock(string Name, int Workdays);

/// <summary>What a rehearsal assumes.</summary>
/// <param name="Load">So many cases for each that came.</param>
/// <param name="Staff">People by role.</param>
/// <param name="Minutes">Working minutes that one person needs for an action.</param>
internal sealed record RehearsalPlan(int Load, IReadOnlyDictionary<string, int> Staff, IReadOnlyDictionary<string, int> Minutes);

/// <summary>How a stage did.</summary>
/// <param name="Passed">Cases that left it.</param>
/// <param name="Late">Of these, beyond the limit of the move that led to it; null when it has none.</param>
/// <param name="LimitWorkdays">The limit; null when it has none.</param>
/// <param name="MedianMinutes">Half of the cases stayed no longer, in working minutes.</param>
/// <param name="NineTenthsMinutes">Nine of ten stayed no longer.</param>
internal sealed record StageOutcome(string Stage, int Passed, int? Late, int? LimitWorkdays, long MedianMinutes, long NineTenthsMinutes)
{
    /// <summary>Millionths of the cases that stayed within the limit.</summary>
    public int? InTime => Late is { } late && Passed > 0 ? (int)((long)(Passed - late) * 1_000_000 / Passed) : null;

    /// <summary>More than one case in ten is late.</summary>
    public bool Breaks => Late is { } late && late * 10L > Passed;
}

/// <summary>How a time limit over several stages did.</summary>
/// <param name="Judged">Cases that went past where it runs, or stand there beyond the limit.</param>
/// <param name="Late">Of these, beyond the limit.</param>
/// <param name="Least">The shortest limit of these cases. Working days.</param>
/// <param name="Most">The longest.</param>
/// <param name="NineTenthsDays">Nine of ten took no more of it. Working days.</param>
/// <param name="Slowest">The stage in which most of its time went.</param>
internal sealed record ClockOutcome(string Name, int Judged, int Late, int Least, int Most, int NineTenthsDays, string Slowest)
{
    /// <summary>Millionths of the cases that stayed within the limit.</summary>
    public int InTime => (int)((long)(Judged - Late) * 1_000_000 / Judged);

    /// <summary>More than one case in ten is late.</summary>
    public bool Breaks => Late * 10L > Judged;
}

/// <summary>How busy the people of a role were.</summary>
/// <param name="Busy">Millionths of their working time, between the first arrival and the last move.</param>
/// <param name="LongestQueue">The most cases that waited for them at once.</param>
internal sealed record PoolOutcome(string Role, int Staff, int Busy, int LongestQueue);

internal sealed record RehearsalOutcome(IReadOnlyList<StageOutcome> Stages, IReadOnlyList<ClockOutcome> Clocks, IReadOnlyList<PoolOutcome> Pools);

/// <summary>
/// Replays cases on their table of moves with given people: each case comes when it came and takes the way it took, but waits for a free person of the
/// role that moves it on (discrete events, first come first served). The applicant's own time and the platform's moves pass as they did. Pure.
/// </summary>
internal static class Rehearsal
{
    /// <summary>Working minutes of a working day.</summary>
    public const int Day = 480;

    /// <summary>Copies of a case come so many working minutes after one another.</summary>
    private const int Apart = 7;

    /// <summary>How the cases really did.</summary>
    public static RehearsalOutcome AsItWas(Procedure table, IReadOnlyList<PlayedCase> cases)
    {
        var runs = new List<Run>();
        foreach (PlayedCase one in cases)
        {
            var run = new Run(one, one.ArrivedAt);
            foreach (PlayedMove move in one.Moves)
            {
                run.Move(move.At);
            }

            runs.Add(run);
        }

        return new RehearsalOutcome(Outcomes(table, runs), RehearsedClocks.Of(table, runs), []);
    }

    public static RehearsalOutcome Play(Procedure table, IReadOnlyList<PlayedCase> cases, RehearsalPlan plan)
    {
        var pools = new Dictionary<string, Pool>();
        var runs = new List<Run>();
        var events = new PriorityQueue<Run, (long At, long Order)>();
        long order = 0;
        foreach (PlayedCase one in cases.Where(one => one.Moves.Count > 0))
        {
            for (int copy = 0; copy < plan.Load; copy++)
            {
                long arrives = one.ArrivedAt + (copy * Apart);
                var run = new Run(one, arrives);
                runs.Add(run);
                events.Enqueue(run, (arrives, order++));
            }
        }

        long first = events.Count == 0 ? 0 : events.UnorderedItems.Min(item => item.Priority.At);
        long end = first;
        while (events.TryDequeue(out Run? run, out (long At, long Order) now))
        {
            PlayedMove move = run.Case.Moves[run.Next];
            long done;
            if (PoolOf(table, move) is { } role)
            {
                if (!pools.TryGetValue(role, out Pool? pool))
                {
                    pools[role] = pool = new Pool(Math.Max(1, plan.Staff.GetValueOrDefault(role, 1)));
                }

                done = pool.Serve(now.At, Math.Max(1, plan.Minutes.GetValueOrDefault(move.Action, 30)));
            }
            else
            {
                // The applicant's time, or a clock's: as long as it took then.
                long before = run.Next == 0 ? run.Case.ArrivedAt : run.Case.Moves[run.Next - 1].At;
                done = now.At + Math.Max(0, move.At - before);
            }

            run.Move(done);
            end = Math.Max(end, done);
            if (run.Next < run.Case.Moves.Count)
            {
                events.Enqueue(run, (done, order++));
            }
        }

        long span = Math.Max(1, end - first);
        return new RehearsalOutcome(Outcomes(table, runs), RehearsedClocks.Of(table, runs),
        [
            .. pools.OrderBy(pool => pool.Key, StringComparer.Ordinal).Select(pool => new PoolOutcome(
                pool.Key, pool.Value.Staff, (int)Math.Min(1_000_000, pool.Value.BusyMinutes * 1_000_000 / (span * pool.Value.Staff)), pool.Value.LongestQueue)),
        ]);
    }

    /// <summary>The role whose people make a move; null for the platform's moves and for those of the case's own side, whose time is not ours.</summary>
    private static string? PoolOf(Procedure table, PlayedMove move) =>
        table.Find(move.From, move.Action) is { Automatic: false } known && known.Seat != Identity.Seat.Own && move.Worker != 0 ? known.Role : null;

    private static IReadOnlyList<StageOutcome> Outcomes(Procedure table, List<Run> runs)
    {
        ILookup<string, Stay> stays = runs.SelectMany(run => run.Stays).ToLookup(stay => stay.Stage);
        return
        [
            .. from stage in table.Stages
               let here = stays[stage].ToList()
               where here.Count > 0
               let times = here.Select(stay => stay.Minutes).Order().ToList()
               let limited = here.Select(stay => (stay.Minutes, Limit: LimitOf(table, stay))).Where(stay => stay.Limit is not null).ToList()
               select new StageOutcome(stage, here.Count, limited.Count == 0 ? null : limited.Count(stay => stay.Minutes > (long)stay.Limit!.Value * Day),
                   limited.Count == 0 ? null : limited.Max(stay => stay.Limit), times[(times.Count - 1) / 2], times[(times.Count - 1) * 9 / 10]),
        ];
    }

    /// <summary>Working days of the move that led to the stage.</summary>
    private static int? LimitOf(Procedure table, Stay stay) => stay.Entry is null
        ? null
        : table.Transitions.FirstOrDefault(move => move.To == stay.Stage && move.Action == stay.Entry) is { StopsClock: false, Limit: { } limit } ? limit.Workdays : null;

    /// <param name="Entry">The action that led to the stage; null for the first.</param>
    internal sealed record Stay(string Stage, string? Entry, long From, long Until)
    {
        public long Minutes => Until - From;
    }

    /// <summary>A case on its way.</summary>
    internal sealed class Run(PlayedCase file, long since)
    {
        private readonly List<Stay> _stays = [];
        private string? _entry;
        private long _since = since;
        private long _seen = since;

        public PlayedCase Case { get; } = file;

        /// <summary>The move that comes next.</summary>
        public int Next { get; private set; }

        /// <summary>The stages that it left. A reminder or a report that leaves a case where it is ends no stay.</summary>
        public IReadOnlyList<Stay> Stays => _stays;

        /// <summary>Where it stands, to its last move; null when it never moved.</summary>
        public Stay? Standing => Next == 0 ? null : new Stay(Case.Moves[Next - 1].To, _entry, _since, _seen);

        /// <summary>Makes the next move.</summary>
        public void Move(long at)
        {
            PlayedMove move = Case.Moves[Next++];
            if (move.From != move.To)
            {
                _stays.Add(new Stay(move.From, _entry, _since, at));
                (_since, _entry) = (at, move.Action);
            }

            _seen = at;
        }
    }

    private sealed class Pool(int staff)
    {
        private readonly PriorityQueue<int, long> _free = new(Enumerable.Range(0, staff).Select(person => (person, long.MinValue)));
        private readonly Queue<long> _begins = new();

        public int Staff { get; } = staff;

        public long BusyMinutes { get; private set; }

        public int LongestQueue { get; private set; }

        /// <returns>When it is done.</returns>
        public long Serve(long at, int minutes)
        {
            _free.TryDequeue(out int person, out long free);
            long begin = Math.Max(at, free);
            _free.Enqueue(person, begin + minutes);
            while (_begins.TryPeek(out long begun) && begun <= at)
            {
                _begins.Dequeue();
            }

            if (begin > at)
            {
                _begins.Enqueue(begin);
                LongestQueue = Math.Max(LongestQueue, _begins.Count);
            }

            BusyMinutes += minutes;
            return begin + minutes;
        }
    }
}

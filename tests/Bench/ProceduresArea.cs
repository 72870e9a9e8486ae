using System.Globalization;
using Lodestone.Kernel.Data;

namespace Lodestone.Bench;

/// <summary>What a transition through the kernel's door costs beside hand-written SQL and beside tracked EF, on both engines.</summary>
internal static class ProceduresArea
{
    private const int Workers = 16;
    private const string Door = "door";
    private const string Reference = "reference";
    private const string Tracked = "tracked EF";

    /// <param name="brief">One run of few, short turns against half of each limit: finds a gross loss, not a small one.</param>
    public static async Task<Board> RunAsync(bool brief)
    {
        var board = new Board();
        Console.WriteLine($"procedures: a move with scope check, step, audit record, notice and idempotency key; {Workers} workers, moves per second");
        await using (PostgresServer server = await PostgresServer.StartAsync())
        {
            await OnAsync(board, "PostgreSQL, fsync on", Database.OfServer(server.ConnectionString), 0.75, brief);
        }

        string folder = Directory.CreateTempSubdirectory("lodestone-bench-").FullName;
        try
        {
            await OnAsync(board, "SQLite, synchronous FULL", Database.OfFile(Path.Combine(folder, "full.db")), 0.75, brief);
            await OnAsync(board, "SQLite, synchronous NORMAL", Database.OfFile(Path.Combine(folder, "normal.db"), "NORMAL"), 0.70, brief);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return board;
    }

    private static async Task OnAsync(Board board, string engine, Database database, double least, bool brief)
    {
        await using Ground ground = await Ground.LayAsync(database);
        await using var race = new Race(ground, Workers);
        var tracked = TrackedEf.Factory(database);
        await race.EnterAsync(Door, () => Task.FromResult<Worker>(new DoorWorker(ground)));
        await race.EnterAsync(Reference, () => ReferenceSql.HireAsync(ground));
        await race.EnterAsync(Tracked, () => Task.FromResult<Worker>(new TrackedEf(ground, tracked)));

        TimeSpan turn = TimeSpan.FromSeconds(brief ? 0.7 : 1.5);
        int pairs = brief ? 3 : 5;
        double scale = brief ? 0.5 : 1;
        var byReference = new Bar("door / reference", least * scale);
        var byTracked = new Bar("door / tracked EF", 1.8 * scale);
        var referenceMedians = new List<double>();
        var trackedMedians = new List<double>();
        Console.WriteLine(engine);
        await race.RoundAsync(0, TimeSpan.FromSeconds(brief ? 0.7 : 2));
        for (int run = 0; run < (brief ? 1 : 3) && !(Settled(byReference, referenceMedians) && Settled(byTracked, trackedMedians)); run++)
        {
            var rounds = new List<Dictionary<string, double>>();
            for (int pair = 0; pair < pairs; pair++)
            {
                rounds.Add(await race.RoundAsync(pair, turn));
            }

            referenceMedians.Add(Board.Median(rounds.Select(rates => rates[Door] / rates[Reference])));
            trackedMedians.Add(Board.Median(rounds.Select(rates => rates[Door] / rates[Tracked])));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  run {run + 1}: {string.Join("   ", new[] { Door, Reference, Tracked }.Select(way =>
                    string.Create(CultureInfo.InvariantCulture, $"{way} {Board.Median(rounds.Select(rates => rates[way])):0}")))}"));
        }

        await race.CheckRowsAsync();
        board.Enter(byReference, referenceMedians);
        board.Enter(byTracked, trackedMedians);
    }

    /// <summary>Two runs that agree decide; a third could not turn it.</summary>
    private static bool Settled(Bar bar, List<double> medians) =>
        medians.Count(median => median >= bar.Least) == 2 || medians.Count(median => median < bar.Least) == 2;
}

using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Bench;

/// <summary>What a transition through the kernel's door costs beside hand-written SQL and beside tracked EF, on both engines.</summary>
internal static class ProceduresArea
{
    private const int Workers = 16;
    private const string Door = "door";
    private const string Reference = "reference";
    private const string Tracked = "tracked EF";
    private static readonly string[] s_ways = [Door, Reference, Tracked];

    /// <param name="brief">One run of few, short turns against half of each limit: finds a gross loss, not a small one.</param>
    public static async Task<Board> RunAsync(bool brief)
    {
        var board = new Board();
        Console.WriteLine($"A move with scope check, step, audit record, notice, idempotency key, clock, line of its ledger and rung; {Workers} workers on {Ground.Cases} cases.");
        Console.WriteLine(brief
            ? $"Brief: one run of {Pairs(brief)} pairs against half of each limit."
            : $"Median of {Pairs(brief)} paired ratios a run; held when two of three runs hold.");
        Console.WriteLine("On SQLite the door lets saves that wait for the file share a commit; the reference commits each by itself.");
        await using (PostgresServer server = await PostgresServer.StartAsync())
        {
            await OnAsync(board, "PostgreSQL, fsync on", Database.OfServer(PostgresServer.ConnectionString(server.Port)), 0.75, brief);
            await CountWireAsync(server);
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

    private static int Pairs(bool brief) => brief ? 3 : 5;

    private static async Task OnAsync(Board board, string engine, Database database, double least, bool brief)
    {
        await using Ground ground = await Ground.LayAsync(database);
        await using var race = new Race(ground, Workers);
        var tracked = TrackedEf.Factory(database);
        foreach (string way in s_ways)
        {
            await race.EnterAsync(way, () => HireAsync(way, ground, tracked));
        }

        TimeSpan turn = TimeSpan.FromSeconds(brief ? 0.7 : 1.5);
        double scale = brief ? 0.5 : 1;
        var byReference = new Bar("door / reference", least * scale);
        var byTracked = new Bar("door / tracked EF", 1.8 * scale);
        var referenceMedians = new List<double>();
        var trackedMedians = new List<double>();
        Console.WriteLine();
        Console.WriteLine($"{engine}: moves per second, with this process's processor time a move");
        await race.RoundAsync(0, TimeSpan.FromSeconds(brief ? 1 : 4));
        for (int run = 0; run < (brief ? 1 : 3) && !(Settled(byReference, referenceMedians) && Settled(byTracked, trackedMedians)); run++)
        {
            var rounds = new List<Dictionary<string, Race.Turn>>();
            for (int pair = 0; pair < Pairs(brief); pair++)
            {
                rounds.Add(await race.RoundAsync(pair, turn));
            }

            referenceMedians.Add(Board.Median(rounds.Select(rates => rates[Door].Rate / rates[Reference].Rate)));
            trackedMedians.Add(Board.Median(rounds.Select(rates => rates[Door].Rate / rates[Tracked].Rate)));
            Console.WriteLine($"  run {run + 1}: {string.Join("   ", s_ways.Select(way => string.Create(CultureInfo.InvariantCulture,
                $"{way} {Board.Median(rounds.Select(rates => rates[way].Rate)):0}/s at {Board.Median(rounds.Select(rates => rates[way].Cost)):0} us")))}");
        }

        await race.CheckRowsAsync();
        board.Enter(byReference, referenceMedians);
        board.Enter(byTracked, trackedMedians);
    }

    private static async Task<Worker> HireAsync(string way, Ground ground, IDbContextFactory<TrackedDb> tracked) => way switch
    {
        Door => new DoorWorker(ground),
        Reference => await ReferenceSql.HireAsync(ground),
        _ => new TrackedEf(ground, tracked),
    };

    /// <summary>What one move says to PostgreSQL, once its statements are prepared.</summary>
    private static async Task CountWireAsync(PostgresServer server)
    {
        const int Counted = 100;
        await using var wire = new WireCount(server.Port);
        await using var ground = new Ground(Database.OfServer(PostgresServer.ConnectionString(wire.Port)));
        var tracked = TrackedEf.Factory(ground.Database);
        foreach (string way in s_ways)
        {
            await using Worker worker = await HireAsync(way, ground, tracked);
            await MoveAsync(worker, ground, 20);
            (long statements, long trips) = wire.Read();
            await MoveAsync(worker, ground, Counted);
            (long statementsThen, long tripsThen) = wire.Read();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {way}: {(statementsThen - statements) / (double)Counted:0.0} statements in {(tripsThen - trips) / (double)Counted:0.0} round trips a move"));
        }
    }

    private static async Task MoveAsync(Worker worker, Ground ground, int times)
    {
        for (int place = 0; place < times; place++)
        {
            (long file, Actor actor) = ground.At(place);
            await worker.MoveAsync(file, actor, new PendingRequest(Guid.NewGuid().ToString("N"), new string('a', 64)));
        }
    }

    /// <summary>Two runs that agree decide; a third could not turn it.</summary>
    private static bool Settled(Bar bar, List<double> medians) =>
        medians.Count(median => median >= bar.Least) == 2 || medians.Count(median => median < bar.Least) == 2;
}

using System.Diagnostics;
using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Bench;

/// <summary>Fifty moves in one commit beside fifty single ones, each with clock, ledger line, audit record and notice.</summary>
internal static class BatchArea
{
    private const int Together = 50;

    public static async Task RunAsync(Board board, bool brief)
    {
        await using (PostgresServer server = await PostgresServer.StartAsync())
        {
            await OnAsync(board, "PostgreSQL, fsync on", Database.OfServer(PostgresServer.ConnectionString(server.Port)), brief);
        }

        string folder = Directory.CreateTempSubdirectory("lodestone-bench-").FullName;
        try
        {
            await OnAsync(board, "SQLite, synchronous FULL", Database.OfFile(Path.Combine(folder, "batch.db")), brief);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task OnAsync(Board board, string engine, Database database, bool brief)
    {
        await using Ground ground = await Ground.LayAsync(database);
        var medians = new List<double>();
        (double single, double together) = (0, 0);
        int next = 0;
        for (int run = 0; run < (brief ? 1 : 3); run++)
        {
            var ratios = new List<double>();
            for (int pair = 0; pair < (brief ? 4 : 12); pair++)
            {
                long[] cases = CasesOf(ground, ref next, out Actor actor);
                var watch = Stopwatch.StartNew();
                foreach (long file in cases)
                {
                    await MoveAsync(ground, actor, [file]);
                }

                single = watch.Elapsed.TotalMilliseconds;
                cases = CasesOf(ground, ref next, out actor);
                watch.Restart();
                await MoveAsync(ground, actor, cases);
                together = watch.Elapsed.TotalMilliseconds;
                if (pair > 1)
                {
                    ratios.Add(single / together);
                }
            }

            medians.Add(Board.Median(ratios));
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine}: {Together} moves singly {single:0.0} ms, in one commit {together:0.0} ms"));
        board.Enter(new Bar($"{Together} in one commit / singly", brief ? 2.5 : 5), medians);
    }

    /// <summary>Fifty files of one clerk's district.</summary>
    private static long[] CasesOf(Ground ground, ref int next, out Actor actor)
    {
        (_, actor) = ground.At(0);
        var cases = new List<long>();
        while (cases.Count < Together)
        {
            (long file, Actor clerk) = ground.At(next++ % Ground.Cases);
            if (clerk == actor)
            {
                cases.Add(file);
            }
        }

        return [.. cases];
    }

    private static async Task MoveAsync(Ground ground, Actor actor, long[] cases)
    {
        await using AsyncServiceScope scope = ground.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        CaseDesk desk = scope.ServiceProvider.GetRequiredService<CaseDesk>();
        ClockDesk clocks = scope.ServiceProvider.GetRequiredService<ClockDesk>();
        DateOnly today = TimeProvider.System.Today();
        IReadOnlyDictionary<long, CaseView> files = await desk.ReadAsync(cases);
        IReadOnlyDictionary<(long, string), CaseTime> times = await clocks.OfAsync(cases);
        foreach (CaseView file in files.Values)
        {
            CaseView moved = await desk.MoveAsync(file, file.Version, BenchModule.Next(file.Stage).Action, null);
            Deadline term = times[(file.Id, BenchModule.Term)].Deadline;
            await clocks.WriteAsync(moved, BenchModule.Term, term, BenchModule.Next(file.Stage, term, today));
        }

        await scope.ServiceProvider.GetRequiredService<PlatformDb>().SaveChangesAsync();
    }
}

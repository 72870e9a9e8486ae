using System.Diagnostics;
using System.Globalization;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Data;

namespace Lodestone.Bench;

/// <summary>What bulk import, recomputing and pivots cost, beside the engines' own means and stated limits.</summary>
internal static class StatisticsArea
{
    private const string Product = "import";
    private const string Again = "re-import";
    private const string Reference = "reference";
    private const string AddRange = "EF AddRange";

    /// <param name="brief">One run of few pairs on small tables against half of each ratio and twice each time: finds a gross loss.</param>
    public static async Task<Board> RunAsync(bool brief)
    {
        var board = new Board();
        Console.WriteLine(brief
            ? "Brief: one run on small tables, half of each ratio, twice each time."
            : "Median of 5 paired ratios a run; held when two of three runs hold.");
        await SheetArea.RunAsync(board, brief);
        await using (PostgresServer server = await PostgresServer.StartAsync())
        {
            await ImportAsync(board, "PostgreSQL", Database.OfServer(PostgresServer.ConnectionString(server.Port)), 0.80, brief);
        }

        string folder = Directory.CreateTempSubdirectory("lodestone-bench-").FullName;
        try
        {
            await ImportAsync(board, "SQLite", Database.OfFile(Path.Combine(folder, "import.db")), 0.70, brief);
            await CubeArea.RecomputeAsync(board, "SQLite", years => Database.OfFile(Path.Combine(folder, $"years{years}.db")), brief);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await using (PostgresServer server = await PostgresServer.StartAsync())
        {
            await CubeArea.RecomputeAsync(board, "PostgreSQL", years => Database.OfServer(server.NewDatabase($"years{years}")), brief);
            await CubeArea.PivotAsync(board, server, brief);
        }

        return board;
    }

    private static async Task ImportAsync(Board board, string engine, Database database, double least, bool brief)
    {
        await using StatisticsGround ground = await StatisticsGround.LayAsync(database, units: 100, indicators: brief ? 10 : 50);
        byte[] first = ground.Csv(2024);
        byte[] changed = ground.Csv(2024, changed: 1);
        // The rows that the references write: those of a first import, whose cases stay.
        await StoreAsync(ground, first);
        ValueRow[] rows = await BulkReference.ReadAsync(database);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine}: import of {rows.Length} values from CSV, rows per second"));
        double scale = brief ? 0.5 : 1;
        var bars = new Dictionary<Bar, (string Way, string Beside, List<double> Medians)>
        {
            [new Bar($"{engine}: import / {(database.Engine == Engine.Postgres ? "COPY" : "prepared inserts")}", least * scale)] = (Product, Reference, []),
            [new Bar($"{engine}: re-import, 1 % changed / the same", 0.5 * scale)] = (Again, Reference, []),
            [new Bar($"{engine}: import / EF AddRange", 10 * scale)] = (Product, AddRange, []),
        };
        for (int run = 0; run < (brief ? 1 : 3); run++)
        {
            var rounds = new List<Dictionary<string, double>>();
            for (int pair = 0; pair < (brief ? 3 : 5); pair++)
            {
                rounds.Add(await RoundAsync(ground, first, changed, rows, pair));
            }

            foreach ((string way, string beside, List<double> medians) in bars.Values)
            {
                medians.Add(Board.Median(rounds.Select(rates => rates[way] / rates[beside])));
            }

            Console.WriteLine($"  run {run + 1}: {string.Join("   ", rounds[0].Keys.Order().Select(way => string.Create(CultureInfo.InvariantCulture, $"{way} {Board.Median(rounds.Select(rates => rates[way])):0}/s")))}");
        }

        foreach ((Bar bar, (string _, string _, List<double> medians)) in bars)
        {
            board.Enter(bar, medians);
        }
    }

    /// <summary>Each way once, on an empty table but for the re-import. The order turns with <paramref name="round"/>.</summary>
    private static async Task<Dictionary<string, double>> RoundAsync(StatisticsGround ground, byte[] first, byte[] changed, ValueRow[] rows, int round)
    {
        var ways = new (string Name, Func<Task<TimeSpan>> Run)[]
        {
            (Product, async () =>
            {
                await EmptyAsync(ground);
                return await StoreAsync(ground, first);
            }),
            (Reference, async () =>
            {
                await EmptyAsync(ground);
                return await TimedAsync(() => BulkReference.WriteAsync(ground.Database, rows));
            }),
            (AddRange, async () =>
            {
                await EmptyAsync(ground);
                return await TimedAsync(() => BulkReference.AddRangeAsync(ground, rows));
            }),
            (Again, async () =>
            {
                await EmptyAsync(ground);
                await BulkReference.WriteAsync(ground.Database, rows);
                TimeSpan spent = await StoreAsync(ground, changed);
                long written = await ground.CountAsync("select count(*) from observation where revision = 2");
                return written * 100 == rows.Length ? spent : throw new InvalidOperationException($"The re-import wrote {written} values.");
            }),
        };
        var rates = new Dictionary<string, double>();
        for (int i = 0; i < ways.Length; i++)
        {
            (string name, Func<Task<TimeSpan>> run) = ways[(i + round) % ways.Length];
            rates[name] = rows.Length / (await run()).TotalSeconds;
            long stands = await ground.CountAsync("select count(*) from observation where revision = 1");
            if (stands != rows.Length)
            {
                throw new InvalidOperationException($"{name} left {stands} values of {rows.Length}.");
            }
        }

        return rates;
    }

    /// <summary>Checks a file, which is not timed, and stores it, which is: read, checked again, compared with what stands, written, committed.</summary>
    private static async Task<TimeSpan> StoreAsync(StatisticsGround ground, byte[] file)
    {
        long import = await ground.AsAsync(async services =>
        {
            Import made = await services.GetRequiredService<ImportDesk>().CheckAsync(new ImportRequest(
                ImportKind.History, StatisticsGround.Layout, "bench", SheetEncoding.Utf8, "bench.csv", new MemoryStream(file)));
            await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            return made.RefusedRows == 0 ? made.Id : throw new InvalidOperationException($"{made.RefusedRows} rows were refused: {made.FirstRefusals}");
        });
        return await TimedAsync(() => ground.AsAsync(async services =>
        {
            await services.GetRequiredService<ImportDesk>().StoreAsync(import);
            return await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        }));
    }

    private static Task EmptyAsync(StatisticsGround ground) =>
        ground.ExecuteAsync(ground.Database.Engine == Engine.Postgres ? "truncate observation cascade" : "delete from observation");

    private static async Task<TimeSpan> TimedAsync(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed;
    }
}

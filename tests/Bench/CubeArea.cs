using System.Diagnostics;
using System.Globalization;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Bench;

/// <summary>Totals from revisions and approvals, in full and after one corrected cell; pivots with the approval check on.</summary>
internal static class CubeArea
{
    private const int Revisions = 10;

    /// <summary>A city year: 100 units x 8 indicators x 12 months = 9,600 cells x 10 revisions.</summary>
    public static async Task RecomputeAsync(Board board, string engine, Func<int, Database> databaseOf, bool brief)
    {
        (int runs, double scale) = brief ? (1, 2.0) : (3, 1.0);
        await using StatisticsGround year = await LayAsync(databaseOf(1), years: 1);
        await using StatisticsGround decade = await LayAsync(databaseOf(10), years: 10);
        Console.WriteLine();
        Console.WriteLine($"{engine}: totals of 10 districts and the city, from 9,600 cells with 10 revisions each, and of ten such years");
        var one = new List<double>();
        var ratios = new List<double>();
        var corrected = new List<double>();
        for (int run = 0; run < runs; run++)
        {
            var pairs = new List<(double Year, double Decade)>();
            for (int pair = 0; pair < (brief ? 3 : 5); pair++)
            {
                pairs.Add((await FullAsync(year), await FullAsync(decade)));
            }

            one.Add(Board.Median(pairs.Select(pair => pair.Year)));
            ratios.Add(Board.Median(pairs.Select(pair => pair.Decade / pair.Year)));
            corrected.Add(await CorrectAsync(decade, run));
        }

        board.EnterMost($"{engine}: a city year in full", "ms", 300 * scale, one);
        board.EnterMost($"{engine}: ten years / one year", "x", 11 * scale, ratios);
        board.EnterMost($"{engine}: one corrected cell", "ms", 50 * scale, corrected);
    }

    public static async Task PivotAsync(Board board, PostgresServer server, bool brief)
    {
        (int units, int indicators, int years) = brief ? (100, 50, 5) : (500, 100, 8);
        string place = server.NewDatabase("pivot");
        await using StatisticsGround ground = await StatisticsGround.LayAsync(Database.OfServer(place), units, indicators);
        await FillAsync(ground, years, revisions: 1);
        long values = await ground.CountAsync("select count(*) from observation");
        await using var other = new OtherNode(place);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL: pivot of all {values} approved values, districts x indicators, in scope, asked what was approved or withdrawn before each answer"));
        var load = Stopwatch.StartNew();
        await AskAsync(ground);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  first question, which reads everything: {load.Elapsed.TotalSeconds:0.0} s"));
        var p95 = new List<double>();
        for (int run = 0; run < (brief ? 1 : 3); run++)
        {
            var times = new List<double>();
            for (int i = 0; i < (brief ? 40 : 100); i++)
            {
                var clock = Stopwatch.StartNew();
                await AskAsync(ground);
                times.Add(clock.Elapsed.TotalMilliseconds);
            }

            p95.Add(times.Order().ElementAt((int)(times.Count * 0.95)));
        }

        board.EnterMost("pivot, p95", "ms", 200 * (brief ? 2 : 1), p95);
        var seen = new List<double>();
        for (int run = 0; run < (brief ? 1 : 3); run++)
        {
            int before = await UnitsAsync(ground);
            var clock = Stopwatch.StartNew();
            await other.WithdrawAsync(run);
            while (await UnitsAsync(ground) == before && clock.Elapsed.TotalSeconds < 10)
            {
            }

            seen.Add(clock.Elapsed.TotalMilliseconds);
        }

        board.EnterMost("withdrawal on another node seen within", "ms", 1000, seen);
    }

    /// <summary>As a node computes them that has just started.</summary>
    private static async Task<double> FullAsync(StatisticsGround ground)
    {
        GC.Collect();
        using var cube = new ApprovedCube(ground.Database);
        var clock = Stopwatch.StartNew();
        await TotalsAsync(cube);
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>A new approved revision of one cell, then the totals again; they must be those that a fresh computation gives.</summary>
    private static async Task<double> CorrectAsync(StatisticsGround ground, int run)
    {
        using var cube = new ApprovedCube(ground.Database);
        await TotalsAsync(cube);
        await ground.ExecuteAsync(Correction(run));
        var clock = Stopwatch.StartNew();
        CubeTotals after = await TotalsAsync(cube);
        double spent = clock.Elapsed.TotalMilliseconds;
        using var fresh = new ApprovedCube(ground.Database);
        CubeTotals full = await TotalsAsync(fresh);
        return after.Sums.Cast<long>().SequenceEqual(full.Sums.Cast<long>()) ? spent : throw new InvalidOperationException("The corrected totals are not the full ones.");
    }

    private static Task<CubeTotals> TotalsAsync(ApprovedCube cube) => cube.AskAsync(values =>
    {
        // Each indicator in each period of ten years: a column; each district a row, the city the last.
        int[] rows = [.. values.Units.Select(unit => (int)((unit - StatisticsGround.FirstUnit) % StatisticsGround.Districts))];
        return values.Pivot(StatisticsGround.Districts, rows, 8 * 12 * 10,
            (indicator, period) => ((int)(indicator - StatisticsGround.FirstIndicator) * 120) + ((period.Year - 2016) * 12) + period.Ordinal - 1);
    });

    private static async Task<StatisticsGround> LayAsync(Database database, int years)
    {
        StatisticsGround ground = await StatisticsGround.LayAsync(database, units: 100, indicators: 8);
        await FillAsync(ground, years, Revisions);
        return ground;
    }

    /// <summary>Approved values of every unit, indicator and month; each unit's year and revision is a case of its own with an approval of its own.</summary>
    private static Task FillAsync(StatisticsGround ground, int years, int revisions)
    {
        int unit = ground.Units;
        string series = $"(with recursive n (i) as (select 0 union all select i + 1 from n where i < {(unit * years * revisions) - 1}) select i % {unit} as u, i / {unit} % {years} as y, i / {unit * years} + 1 as r, i from n)";
        string lines = $"(with recursive n (i) as (select 0 union all select i + 1 from n where i < {(ground.Indicators * 12) - 1}) select i / 12 as k, i % 12 + 1 as m from n)";
        bool server = ground.Database.Engine == Engine.Postgres;
        return ground.ExecuteAsync(
            $"""
            insert into case_file (id, procedure, stage, version, organisation_id, subject_kind, subject_id, title, opened_at, stage_since)
            select 1000000 + i, 'history', 'recorded', 1, {StatisticsGround.FirstUnit} + u, 'history', i, '', 0, 0 from {series} c
            """,
            $"""
            insert into approval (id, case_id, workflow, level, final, organisation_id, period, granted_at, granted_by)
            select 5000000 + i, 1000000 + i, 'bench', 1, {(server ? "true" : "1")}, {StatisticsGround.FirstUnit} + u, (2016 + y) * 1000 + 1, r * 1000, 1 from {series} c
            """,
            // Only how the table is filled, not how it is asked: the foreign keys hold by construction.
            server ? "set session_replication_role = replica" : "pragma foreign_keys = off",
            $"""
            insert into observation (id, indicator_id, organisation_id, period, revision, value, case_id, recorded_at, recorded_by, hash)
            select 10000000 + c.i * {ground.Indicators * 12} + l.k * 12 + l.m, {StatisticsGround.FirstIndicator} + l.k, {StatisticsGround.FirstUnit} + c.u,
                   (2016 + c.y) * 1000 + 300 + l.m, c.r, 100000 + (c.i * 31 + l.k * 7 + l.m * 3) % 900000, 1000000 + c.i, c.r * 1000, 1,
                   '0000000000000000000000000000000000000000000000000000000000000000'
            from {series} c cross join {lines} l
            """,
            server ? "set session_replication_role = origin" : "pragma foreign_keys = on", "analyze");
    }

    private static string[] Correction(int run) =>
    [
        $"""
        insert into case_file (id, procedure, stage, version, organisation_id, subject_kind, subject_id, title, opened_at, stage_since)
        values ({900 + run}, 'correction', 'approved', 1, {StatisticsGround.FirstUnit}, 'correction', {run}, '', 0, 0)
        """,
        $"""
        insert into observation (id, indicator_id, organisation_id, period, revision, value, case_id, recorded_at, recorded_by, hash)
        values ({900 + run}, {StatisticsGround.FirstIndicator}, {StatisticsGround.FirstUnit}, 2016301, {Revisions + 1 + run}, {run + 1}, {900 + run}, {20_000 + run}, 1, '0')
        """,
        $"""
        insert into approval (id, case_id, workflow, level, final, organisation_id, period, granted_at, granted_by)
        values ({900 + run}, {900 + run}, 'bench', 3, true, {StatisticsGround.FirstUnit}, 2016301, {20_000 + run}, 1)
        """,
    ];

    private static Task<Pivot> AskAsync(StatisticsGround ground) => ground.AsAsync(services => services.GetRequiredService<PivotReading>().AskAsync(
        new PivotRequest(PivotReading.ByDistrict, PivotReading.ByIndicator, [], null, null, Published: true)));

    private static async Task<int> UnitsAsync(StatisticsGround ground) => (await AskAsync(ground)).Rows.Sum(row => row.Cells.Sum(cell => cell.Units));

    /// <summary>A node with connections and memory of its own.</summary>
    private sealed class OtherNode(string place) : IAsyncDisposable
    {
        private readonly Database _database = Database.OfServer(place);

        /// <summary>Takes back every year of one unit.</summary>
        public async Task WithdrawAsync(int unit)
        {
            await using System.Data.Common.DbConnection connection = await _database.OpenAsync();
            await using System.Data.Common.DbCommand command = connection.CreateCommand();
            long now = InstantConverter.ToMicroseconds(TimeProvider.System.Instant());
            command.CommandText = string.Create(CultureInfo.InvariantCulture,
                $"update approval set withdrawn_at = {now}, withdrawn_by = 1 where organisation_id = {StatisticsGround.FirstUnit + unit}");
            await command.ExecuteNonQueryAsync();
        }

        public ValueTask DisposeAsync() => _database.DisposeAsync();
    }
}

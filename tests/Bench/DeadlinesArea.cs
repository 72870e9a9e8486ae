using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lodestone.Bench;

/// <summary>What a holiday notice costs over a million open deadlines, and what finding those that are due costs beside a plain index range.</summary>
internal static class DeadlinesArea
{
    private const int Many = 1_000_000;
    private const int Few = 100_000;
    private const double SecondsAllowed = 10;

    /// <param name="brief">A twentieth of the deadlines in a twentieth of the time, once; ratios against twice their limits.</param>
    public static async Task<Board> RunAsync(bool brief)
    {
        var board = new Board();
        int clocks = brief ? Few : Many;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clocks} open deadlines, every one counted over the new year; the notice moves each, with its reason on record."));
        await using (PostgresServer server = await PostgresServer.StartAsync())
        {
            await OnAsync(board, "PostgreSQL, fsync on", Database.OfServer(PostgresServer.ConnectionString(server.Port)), clocks, brief);
        }

        string folder = Directory.CreateTempSubdirectory("lodestone-bench-").FullName;
        try
        {
            await OnAsync(board, "SQLite, synchronous FULL", Database.OfFile(Path.Combine(folder, "deadlines.db")), clocks, brief);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await BatchArea.RunAsync(board, brief);
        await HttpArea.RunAsync(board, brief);
        return board;
    }

    private static async Task OnAsync(Board board, string engine, Database database, int clocks, bool brief)
    {
        Console.WriteLine();
        Console.WriteLine($"{engine}:");
        await using Ground ground = await Ground.LayAsync(database);
        await LayAsync(ground, clocks);
        Rederivation rederivation = ground.Services.GetRequiredService<Rederivation>();
        // The first pass puts the placeholders right; it is the same work and warms the file.
        await ChangeAsync(ground, 1, 0, "");
        await rederivation.RunAsync();
        await CheckAsync(ground, clocks, WorkCalendar.Published);
        var seconds = new List<double>();
        for (int run = 0; run < (brief ? 1 : 3); run++)
        {
            // Each notice takes one working day more than the one before.
            string days = string.Join('\n', new[] { "01", "04", "05" }.Take(run + 1).Select(day => $"2027-01-{day},off,元旦"));
            await ChangeAsync(ground, 10 + run, 2027, days);
            var watch = Stopwatch.StartNew();
            await rederivation.RunAsync();
            seconds.Add(watch.Elapsed.TotalSeconds);
            await CheckAsync(ground, clocks, await ground.Services.GetRequiredService<CalendarBook>().CurrentAsync());
            await CheckMovesAsync(ground, 10 + run, clocks);
        }

        board.EnterMost("derived again", "s", brief ? SecondsAllowed * 2 * Few / Many : SecondsAllowed, seconds);
        await DueSoonAsync(board, ground, brief);
    }

    /// <summary>Clocks that began in the last quarter and are due in the next year, a few of them to be looked at today.</summary>
    private static async Task LayAsync(Ground ground, int clocks)
    {
        bool server = ground.Database.Engine == Engine.Postgres;
        string day = server ? "date '2026-10-09' + i % 84" : "date('2026-10-09', '+' || (i % 84) || ' days')";
        (string no, string away) = server ? ("false", "date '2100-01-01'") : ("0", "'2100-01-01'");
        string numbers = $"with recursive n (i) as (select 0 union all select i + 1 from n where i < {clocks - 1})";
        await ground.ExecuteAsync("delete from case_clock_entry");
        await ground.ExecuteAsync("delete from case_clock");
        await ground.ExecuteAsync(
            $"""
            insert into case_file (id, procedure, stage, version, organisation_id, subject_kind, subject_id, title, opened_at, stage_since)
            {numbers} select 10000000 + i, 'bench', 'desk', 1, 100 + i % 200, 'bench', i, '办件 ' || i, 0, 0 from n
            """);
        await ground.ExecuteAsync(
            $"""
            insert into case_clock
              (case_id, name, organisation_id, budget, unit, state, started_on, run_from, left_days, late, first_due_on, due_on, provisional, next_rung, look_on)
            {numbers} select 10000000 + i, '{BenchModule.Term}', 100 + i % 200, 70 + i % 40, 0, 0, {day}, {day}, 70 + i % 40, {no}, {away}, {away}, {no},
              case i % 3 when 0 then -3 when 1 then 1 else null end, case i % 3 when 2 then null else {away} end from n
            """);
        await ground.ExecuteAsync(
            "insert into case_clock_entry (case_id, name, ordinal, organisation_id, day, event, days) select case_id, name, 1, organisation_id, run_from, 0, 0 from case_clock");
        await ground.ExecuteAsync("analyze");
    }

    private static async Task ChangeAsync(Ground ground, long id, int year, string days)
    {
        if (year != 0)
        {
            await ground.ExecuteAsync($"delete from calendar_notice where year = {year}");
            await ground.ExecuteAsync($"insert into calendar_notice (year, days, source, imported_at) values ({year}, '{days}', 'https://www.gov.cn/notice', 0)");
        }

        // Done with one pass: nobody else counts with the old calendar.
        await ground.ExecuteAsync(
            $"insert into calendar_change (id, year, source, before, after, first_day, at, moved, done_at) values ({id}, {(year == 0 ? 1 : year)}, '', '', '', '2026-12-31', 0, 0, null)");
        ground.Services.GetRequiredService<CalendarBook>().Forget();
    }

    /// <summary>A sample of clocks against the definition; a rate for wrong days says nothing.</summary>
    private static async Task CheckAsync(Ground ground, int clocks, WorkCalendar calendar)
    {
        await using DbConnection connection = await ground.Database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = $"select run_from, budget, due_on, provisional from case_clock where case_id % {Math.Max(clocks / 2000, 1)} = 0";
        await using DbDataReader row = await command.ExecuteReaderAsync();
        int seen = 0;
        while (await row.ReadAsync())
        {
            seen++;
            DueDate right = Deadline.Start(row.GetInt32(1), LimitUnit.Workdays, row.GetFieldValue<DateOnly>(0)).Due(calendar)!.Value;
            if (right != new DueDate(row.GetFieldValue<DateOnly>(2), row.GetBoolean(3)))
            {
                throw new InvalidOperationException($"A clock is due on {row.GetFieldValue<DateOnly>(2)}; the definition says {right}.");
            }
        }

        if (seen < 1000)
        {
            throw new InvalidOperationException($"Only {seen} clocks were compared.");
        }
    }

    private static async Task CheckMovesAsync(Ground ground, long change, int clocks)
    {
        await using DbConnection connection = await ground.Database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = $"select count(*) from clock_move where change_id = {change}";
        long moved = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        if (moved < clocks * 9L / 10)
        {
            throw new InvalidOperationException($"Of {clocks} days only {moved} moved.");
        }
    }

    private static async Task DueSoonAsync(Board board, Ground ground, bool brief)
    {
        double scale = brief ? 2 : 1;
        var perDue = new Dictionary<int, double>();
        foreach (int due in new[] { 500, 5000 })
        {
            await ground.ExecuteAsync($"update case_clock set look_on = '2026-11-{(due == 500 ? "02" : "03")}' where case_id >= 10000000 and case_id < {10_000_000 + due}");
            var today = new DateOnly(2026, 11, 3);
            var ratios = new List<double>();
            var scans = new List<double>();
            for (int run = 0; run < 3; run++)
            {
                var pairs = new List<double>();
                for (int pair = 0; pair < 7; pair++)
                {
                    double scan = await TimeAsync(async () => await ScanAsync(ground, today, due), due);
                    double range = await TimeAsync(() => RangeAsync(ground, today, due), due);
                    pairs.Add(scan / range);
                    scans.Add(scan);
                }

                ratios.Add(Board.Median(pairs));
            }

            perDue[due] = Board.Median(scans) / due;
            board.EnterMost($"scan for {due} due / index range read", "x", 1.5 * scale, ratios);
        }

        board.EnterMost("per due one, 5000 due / 500 due", "x", 1.5 * scale, [perDue[5000] / perDue[500]]);
    }

    private static async Task<int> ScanAsync(Ground ground, DateOnly today, int due)
    {
        await using AsyncServiceScope scope = ground.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<PlatformDb>().ClocksToLookAtAsync(today, due, CancellationToken.None)).Count;
    }

    /// <summary>The least that any scan must do: the same rows by the same index on a kept connection.</summary>
    private static async Task<int> RangeAsync(Ground ground, DateOnly today, int due)
    {
        (DbConnection connection, DbCommand command) = await RangeCommandAsync(ground);
        command.Parameters[0].Value = connection is NpgsqlConnection ? today : today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        command.Parameters[1].Value = (long)due;
        await using DbDataReader row = await command.ExecuteReaderAsync();
        var found = new List<(long, string)>();
        while (row.Read())
        {
            found.Add((row.GetInt64(0), row.GetString(1)));
        }

        return found.Count;
    }

    private static readonly Dictionary<Ground, (DbConnection, DbCommand)> s_kept = [];

    private static async Task<(DbConnection Connection, DbCommand Command)> RangeCommandAsync(Ground ground)
    {
        if (!s_kept.TryGetValue(ground, out (DbConnection, DbCommand) kept))
        {
            DbConnection connection = await ground.Database.OpenAsync();
            DbCommand command = connection.CreateCommand();
            command.CommandText = "select case_id, name from case_clock where look_on <= $1 order by look_on limit $2";
            if (command is NpgsqlCommand server)
            {
                server.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date });
                server.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
            }
            else
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$1" });
                command.Parameters.Add(new SqliteParameter { ParameterName = "$2" });
            }

            kept = s_kept[ground] = (connection, command);
        }

        return kept;
    }

    /// <returns>Microseconds of one of twenty runs, each of which must find all that is due.</returns>
    private static async Task<double> TimeAsync(Func<Task<int>> run, int due)
    {
        const int Times = 20;
        var watch = Stopwatch.StartNew();
        for (int time = 0; time < Times; time++)
        {
            if (await run() is var found && found != due)
            {
                throw new InvalidOperationException($"Found {found} of {due}.");
            }
        }

        return watch.Elapsed.TotalMicroseconds / Times;
    }
}

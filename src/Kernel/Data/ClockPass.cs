using System.Data.Common;
using System.Runtime.CompilerServices;
using Lodestone.Kernel.Calendar;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Lodestone.Kernel.Data;

/// <summary>Running clocks that a change of the calendar treats alike: same unit, day 0, days left and next rung.</summary>
internal readonly record struct AlikeClocks(LimitUnit Unit, DateOnly RunFrom, int LeftDays, int? NextRung);

/// <summary>What a clock's projection says about its due day.</summary>
internal readonly record struct ClockDay(DateOnly DueOn, bool Provisional, DateOnly? LookOn);

/// <summary>
/// Moves the due days of all running clocks after a change of the calendar, set by set and portion by portion; it works for the platform and so
/// without a scope. A pass may be cut off anywhere and begun anew: what already stands is not written again.
/// </summary>
internal sealed class ClockPass(Database storage)
{
    private const int Portion = 50_000;

    /// <summary>Portions that the server works on at once; they touch different clocks. SQLite has one writer.</summary>
    private const int AtOnce = 2;

    /// <summary>Holds other nodes off while one makes the pass.</summary>
    private const string Lock = "select pg_try_advisory_lock(7203)";

    private const string Unlock = "select pg_advisory_unlock(7203)";

    private const string AlikeText =
        """
        select unit, run_from, left_days, next_rung, due_on, provisional, look_on from case_clock
        where state = 0 and left_days >= 0 and due_on >= $1 group by unit, run_from, left_days, next_rung, due_on, provisional, look_on
        """;

    private const string StoreText =
        """
        insert into calendar_shift (change_id, unit, run_from, left_days, next_rung, due_on, provisional, look_on) values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string EndText = "select max(case_id) from (select case_id from case_clock where case_id > $1 order by case_id limit $2) portion";

    private const string Alike =
        """
        s.change_id = $1 and s.unit = c.unit and s.run_from = c.run_from and s.left_days = c.left_days and s.next_rung = coalesce(c.next_rung, 1000000)
          and c.case_id > $2 and c.case_id <= $3 and c.state = 0
        """;

    private const string JournalText =
        $"""
        insert into clock_move (case_id, name, change_id, before_on, after_on)
        select c.case_id, c.name, $1, c.due_on, s.due_on from case_clock c join calendar_shift s on {Alike}
        where c.due_on <> s.due_on on conflict (case_id, name, change_id) do nothing
        """;

    private const string ShiftText =
        $"""
        update case_clock as c set due_on = s.due_on, provisional = s.provisional, look_on = s.look_on from calendar_shift s
        where {Alike} and (c.due_on <> s.due_on or c.provisional <> s.provisional or c.look_on is distinct from s.look_on)
        """;

    /// <param name="change">Id of the change.</param>
    /// <param name="since">Clocks due earlier cannot be touched.</param>
    /// <param name="derive">The right answer for clocks that are alike.</param>
    /// <returns>How many due days moved; null when another node makes the pass.</returns>
    public async Task<long?> RunAsync(long change, DateOnly since, Func<AlikeClocks, ClockDay> derive, CancellationToken cancel)
    {
        await using DbConnection connection = await storage.OpenAsync(cancel);
        if (connection is NpgsqlConnection && await OneAsync(connection, Lock, [], cancel) is not true)
        {
            return null;
        }

        try
        {
            await StoreAsync(connection, change, since, derive, cancel);
            long moved = 0;
            var pace = new ParallelOptions { MaxDegreeOfParallelism = connection is NpgsqlConnection ? AtOnce : 1, CancellationToken = cancel };
            await Parallel.ForEachAsync(PortionsAsync(connection, cancel), pace, async (portion, stop) =>
                Interlocked.Add(ref moved, await ShiftAsync(change, portion.After, portion.End, stop)));
            return moved;
        }
        finally
        {
            if (connection is NpgsqlConnection)
            {
                await OneAsync(connection, Unlock, [], CancellationToken.None);
            }
        }
    }

    /// <summary>Ranges of case ids, each with about as many clocks.</summary>
    private static async IAsyncEnumerable<(long After, long End)> PortionsAsync(DbConnection connection, [EnumeratorCancellation] CancellationToken cancel)
    {
        long after = 0;
        while (await OneAsync(connection, EndText, [after, (long)Portion], cancel) is long end)
        {
            yield return (after, end);
            after = end;
        }
    }

    /// <returns>How many due days of the portion moved.</returns>
    private async Task<int> ShiftAsync(long change, long after, long end, CancellationToken cancel)
    {
        await using DbConnection connection = await storage.OpenAsync(cancel);
        using IDisposable? pass = await storage.WriteAsync(cancel);
        await using DbTransaction portion = await connection.BeginTransactionAsync(cancel);
        int moved = await ExecuteAsync(connection, JournalText, [change, after, end], cancel);
        await ExecuteAsync(connection, ShiftText, [change, after, end], cancel);
        WritePoint.Reached("portion");
        await portion.CommitAsync(cancel);
        return moved;
    }

    private async Task StoreAsync(DbConnection connection, long change, DateOnly since, Func<AlikeClocks, ClockDay> derive, CancellationToken cancel)
    {
        var shifts = new Dictionary<AlikeClocks, ClockDay>();
        await using (DbCommand command = Command(connection, AlikeText, [since]))
        await using (DbDataReader row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                var alike = new AlikeClocks((LimitUnit)row.GetInt32(0), Day(row, 1)!.Value, row.GetInt32(2), await row.IsDBNullAsync(3, cancel) ? null : row.GetInt32(3));
                ClockDay right = derive(alike);
                if (right != new ClockDay(Day(row, 4)!.Value, row.GetBoolean(5), Day(row, 6)))
                {
                    shifts[alike] = right;
                }
            }
        }

        using IDisposable? pass = await storage.WriteAsync(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, "delete from calendar_shift where change_id = $1", [change], cancel);
        await (connection is NpgsqlConnection server ? CopyAsync(server, change, shifts, cancel) : InsertAsync((SqliteConnection)connection, change, shifts));
        await transaction.CommitAsync(cancel);
        if (connection is NpgsqlConnection)
        {
            // Without its figures the planner takes the new shifts for a handful of rows.
            await ExecuteAsync(connection, "analyze calendar_shift", [], cancel);
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, long change, Dictionary<AlikeClocks, ClockDay> shifts, CancellationToken cancel)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            "copy calendar_shift (change_id, unit, run_from, left_days, next_rung, due_on, provisional, look_on) from stdin (format binary)", cancel);
        foreach ((AlikeClocks alike, ClockDay right) in shifts)
        {
            copy.StartRow();
            copy.Write(change, NpgsqlDbType.Bigint);
            copy.Write((int)alike.Unit, NpgsqlDbType.Integer);
            copy.Write(alike.RunFrom, NpgsqlDbType.Date);
            copy.Write(alike.LeftDays, NpgsqlDbType.Integer);
            copy.Write(alike.NextRung ?? CalendarShift.NoRung, NpgsqlDbType.Integer);
            copy.Write(right.DueOn, NpgsqlDbType.Date);
            copy.Write(right.Provisional, NpgsqlDbType.Boolean);
            if (right.LookOn is { } look)
            {
                copy.Write(look, NpgsqlDbType.Date);
            }
            else
            {
                copy.WriteNull();
            }
        }

        await copy.CompleteAsync(cancel);
    }

    private static Task InsertAsync(SqliteConnection connection, long change, Dictionary<AlikeClocks, ClockDay> shifts)
    {
        using var line = new SqliteLine(connection, owned: false);
        foreach ((AlikeClocks alike, ClockDay right) in shifts)
        {
            line.Execute(StoreText, change, (int)alike.Unit, alike.RunFrom, alike.LeftDays, alike.NextRung ?? CalendarShift.NoRung, right.DueOn, right.Provisional, right.LookOn);
        }

        return Task.CompletedTask;
    }

    private static async Task<object?> OneAsync(DbConnection connection, string text, object?[] values, CancellationToken cancel)
    {
        await using DbCommand command = Command(connection, text, values);
        return await command.ExecuteScalarAsync(cancel);
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, string text, object?[] values, CancellationToken cancel)
    {
        await using DbCommand command = Command(connection, text, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static DbCommand Command(DbConnection connection, string text, object?[] values)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        if (command is NpgsqlCommand server)
        {
            PlatformDb.Bind(server.Parameters, values);
            return command;
        }

        for (int place = 0; place < values.Length; place++)
        {
            command.Parameters.Add(new SqliteParameter($"${place + 1}", values[place] ?? DBNull.Value));
        }

        return command;
    }

    private static DateOnly? Day(DbDataReader row, int place) => row.IsDBNull(place) ? null : row.GetFieldValue<DateOnly>(place);
}

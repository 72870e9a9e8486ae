using System.Data.Common;
using Lodestone.Kernel.Indicators;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Lodestone.Kernel.Data;

/// <summary>Runs what the doors have handed to a save.</summary>
public sealed partial class PlatformDb
{
    /// <summary>Nothing is tracked: past EF, in one round trip on PostgreSQL and together with the saves that wait beside it on SQLite.</summary>
    private async Task SaveStatementsAsync(GuardedStatement[] statements, CancellationToken cancel)
    {
        if (Storage.Engine == Engine.Sqlite)
        {
            await Storage.Writer.WriteAsync(statements);
            return;
        }

        // One batch is one implicit transaction: a guard that fails raises, and nothing of the batch stays.
        await using NpgsqlConnection connection = await Storage.Postgres.OpenConnectionAsync(cancel);
        await RunAsync(connection, null, statements, cancel);
    }

    private async Task<int> SaveTogetherAsync(
        GuardedStatement[] statements, IEnumerable<Observation>[] bulk, bool tracked, bool acceptAll, CancellationToken cancel)
    {
        await using IDbContextTransaction? own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancel) : null;
        DbTransaction transaction = Database.CurrentTransaction!.GetDbTransaction();
        if (statements.Length > 0)
        {
            await (transaction.Connection is NpgsqlConnection server
                ? RunAsync(server, (NpgsqlTransaction)transaction, statements, cancel)
                : RunAsync((SqliteConnection)transaction.Connection!, statements));
        }

        int rows = statements.Length + (tracked ? await base.SaveChangesAsync(acceptAll, cancel) : 0);
        foreach (IEnumerable<Observation> values in bulk)
        {
            rows += await WriteBulkAsync(transaction.Connection!, values, cancel);
        }

        if (own is not null)
        {
            WritePoint.Reached("commit");
            await own.CommitAsync(cancel);
        }

        return rows;
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, GuardedStatement[] statements, CancellationToken cancel)
    {
        await using NpgsqlBatch batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (GuardedStatement statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Text);
            Bind(command.Parameters, statement.Values);
            batch.BatchCommands.Add(command);
        }

        WritePoint.Reached("batch");
        await batch.ExecuteNonQueryAsync(cancel);
        for (int i = 0; i < statements.Length; i++)
        {
            if (statements[i].Rows is { } expected && (int)batch.BatchCommands[i].RecordsAffected != expected)
            {
                throw Refusal.Stale();
            }
        }
    }

    private static Task RunAsync(SqliteConnection connection, GuardedStatement[] statements)
    {
        using var line = new SqliteLine(connection, owned: false);
        foreach (GuardedStatement statement in statements)
        {
            line.Run(statement);
        }

        return Task.CompletedTask;
    }

    /// <summary>Parameters without names are sent as they are, without reading the SQL. Each has a type, or a null makes another plan.</summary>
    internal static void Bind(NpgsqlParameterCollection parameters, object?[] values)
    {
        foreach (object? value in values)
        {
            parameters.Add(value switch
            {
                long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
                string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
                int number => new NpgsqlParameter<int> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Integer },
                DateOnly day => new NpgsqlParameter<DateOnly> { TypedValue = day, NpgsqlDbType = NpgsqlDbType.Date },
                long[] numbers => new NpgsqlParameter<long[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                bool flag => new NpgsqlParameter<bool> { TypedValue = flag, NpgsqlDbType = NpgsqlDbType.Boolean },
                null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                TypedNull.Whole => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                TypedNull.Day => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date },
                TypedNull => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
                _ => throw new ArgumentException($"No column of a door holds a {value.GetType().Name}.", nameof(values)),
            });
        }
    }
}

using System.Data.Common;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Audit;

/// <summary>
/// Seals records into the hash chain behind the writers. On PostgreSQL only what lies below the snapshot horizon is sealed, in
/// (transaction, id) order: nothing below it can still appear. On SQLite there is one writer, so ids appear in commit order.
/// </summary>
public sealed class AuditSealer(Database database, RecordDigest digest, TimeProvider clock)
{
    private const int Most = 5000;

    /// <summary>A restored cluster's transaction ids may start below the last sealed one, so a process first looks for every unsealed record.</summary>
    private const string NotSealed = "not exists (select 1 from audit_seal s where s.record_id = r.id)";

    private const string BehindLast =
        """
        (r.xact, r.id) > (select l.xact, l.id from audit_seal s join audit_record l on l.id = s.record_id order by s.position desc limit 1)
        """;

    private bool _caughtUp;

    /// <summary>Seals what can be sealed now.</summary>
    /// <returns>How many records were sealed.</returns>
    public async Task<int> SealAsync(CancellationToken cancel = default)
    {
        using IDisposable? pass = await database.WriteAsync(cancel);
        await using DbConnection connection = await database.OpenAsync(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        if (database.Engine == Engine.Postgres
            && await ScalarAsync(connection, transaction, "select pg_try_advisory_xact_lock(7202)", cancel) is false)
        {
            return 0;
        }

        (long position, string chain) = await LastAsync(connection, transaction, cancel);
        List<(long Id, string Digest)> records = await WaitingAsync(connection, transaction, cancel);
        foreach ((long id, string record) in records)
        {
            position++;
            chain = digest.Chain(chain, position, id, record);
            await using DbCommand insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = "insert into audit_seal (position, record_id, chain, sealed_at) values (@position, @record, @chain, @at)";
            Add(insert, "position", position);
            Add(insert, "record", id);
            Add(insert, "chain", chain);
            Add(insert, "at", InstantConverter.ToMicroseconds(clock.Instant()));
            await insert.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        _caughtUp |= records.Count is > 0 and < Most;
        return records.Count;
    }

    private async Task<List<(long Id, string Digest)>> WaitingAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        string text = database.Engine == Engine.Postgres
            ? $"""
              select r.id, r.digest from audit_record r
              where r.xact < pg_snapshot_xmin(pg_current_snapshot()) and {(_caughtUp ? BehindLast : NotSealed)}
              order by r.xact, r.id limit @most
              """
            : """
              select r.id, r.digest from audit_record r
              where r.id > (select coalesce(max(record_id), 0) from audit_seal) order by r.id limit @most
              """;
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        Add(command, "most", Most);
        var records = new List<(long, string)>();
        await using DbDataReader row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            records.Add((row.GetInt64(0), row.GetString(1)));
        }

        return records;
    }

    private static async Task<(long Position, string Chain)> LastAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select position, chain from audit_seal order by position desc limit 1";
        await using DbDataReader row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetInt64(0), row.GetString(1)) : (0, RecordDigest.Genesis);
    }

    private static async Task<object?> ScalarAsync(DbConnection connection, DbTransaction transaction, string text, CancellationToken cancel)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return await command.ExecuteScalarAsync(cancel);
    }

    internal static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

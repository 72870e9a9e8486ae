// The references of an import: the very rows that the import would write, made beforehand, into the same table with the same key, indexes and
// foreign keys, in one transaction. PostgreSQL: binary COPY. SQLite: one prepared insert. And EF as an ordinary program uses it: AddRange, one save.
using System.Data.Common;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Lodestone.Bench;

/// <summary>One value as it stands in the table.</summary>
internal readonly record struct ValueRow(
    long Id, long Indicator, long Organisation, int Period, int Revision, long Value, long Case, string? Reason, long At, long By, string Hash);

/// <summary>Writes ready rows as fast as the engine's own means allow.</summary>
internal static class BulkReference
{
    private const string Columns = "id, indicator_id, organisation_id, period, revision, value, case_id, predecessor_id, reason, recorded_at, recorded_by, hash";

    public static Task WriteAsync(Database database, ValueRow[] rows) =>
        database.Engine == Engine.Postgres ? CopyAsync(database, rows) : InsertAsync(database, rows);

    private static async Task CopyAsync(Database database, ValueRow[] rows)
    {
        await using NpgsqlConnection connection = await database.Postgres.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await using (NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync($"copy observation ({Columns}) from stdin (format binary)"))
        {
            foreach (ValueRow row in rows)
            {
                copy.StartRow();
                copy.Write(row.Id, NpgsqlDbType.Bigint);
                copy.Write(row.Indicator, NpgsqlDbType.Bigint);
                copy.Write(row.Organisation, NpgsqlDbType.Bigint);
                copy.Write(row.Period, NpgsqlDbType.Integer);
                copy.Write(row.Revision, NpgsqlDbType.Integer);
                copy.Write(row.Value, NpgsqlDbType.Bigint);
                copy.Write(row.Case, NpgsqlDbType.Bigint);
                copy.WriteNull();
                copy.Write(row.Reason!, NpgsqlDbType.Text);
                copy.Write(row.At, NpgsqlDbType.Bigint);
                copy.Write(row.By, NpgsqlDbType.Bigint);
                copy.Write(row.Hash, NpgsqlDbType.Text);
            }

            await copy.CompleteAsync();
        }

        await transaction.CommitAsync();
    }

    private static async Task InsertAsync(Database database, ValueRow[] rows)
    {
        await using var connection = (SqliteConnection)await database.OpenAsync();
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
        await using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = $"insert into observation ({Columns}) values ($0, $1, $2, $3, $4, $5, $6, null, $7, $8, $9, $10)";
        SqliteParameter[] parameters = [.. Enumerable.Range(0, 11).Select(i => insert.Parameters.Add($"${i}", i is 7 or 10 ? SqliteType.Text : SqliteType.Integer))];
        insert.Prepare();
        foreach (ValueRow row in rows)
        {
            parameters[0].Value = row.Id;
            parameters[1].Value = row.Indicator;
            parameters[2].Value = row.Organisation;
            parameters[3].Value = row.Period;
            parameters[4].Value = row.Revision;
            parameters[5].Value = row.Value;
            parameters[6].Value = row.Case;
            parameters[7].Value = row.Reason;
            parameters[8].Value = row.At;
            parameters[9].Value = row.By;
            parameters[10].Value = row.Hash;
            insert.ExecuteNonQuery();
        }

        await transaction.CommitAsync();
    }

    /// <summary>As an ordinary EF program writes them.</summary>
    public static async Task AddRangeAsync(StatisticsGround ground, ValueRow[] rows)
    {
        await using PlatformDb db = ground.Host.Services.GetRequiredService<IDbContextFactory<PlatformDb>>().Lease(StatisticsGround.Statistician);
        db.AddRange(rows.Select(row => new Observation
        {
            Id = row.Id,
            IndicatorId = row.Indicator,
            OrganisationId = row.Organisation,
            Period = Period.FromCode(row.Period),
            Revision = row.Revision,
            Value = row.Value,
            CaseId = row.Case,
            Reason = row.Reason,
            RecordedAt = InstantConverter.FromMicroseconds(row.At),
            RecordedBy = row.By,
            Hash = row.Hash,
        }));
        db.Audit("bench.add", new Lodestone.Kernel.Subject("bench", 0), 2, await ground.Host.Services.GetRequiredService<Ids>().NextAsync());
        await db.SaveChangesAsync();
    }

    /// <summary>The values that stand in the table now.</summary>
    public static async Task<ValueRow[]> ReadAsync(Database database)
    {
        await using DbConnection connection = await database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "select id, indicator_id, organisation_id, period, revision, value, case_id, reason, recorded_at, recorded_by, hash from observation order by id";
        var rows = new List<ValueRow>();
        await using DbDataReader row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            rows.Add(new ValueRow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetInt32(4), row.GetInt64(5), row.GetInt64(6),
                row.IsDBNull(7) ? null : row.GetString(7), row.GetInt64(8), row.GetInt64(9), row.GetString(10)));
        }

        return [.. rows];
    }
}

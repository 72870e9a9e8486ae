using System.Data.Common;
using Lodestone.Kernel.Indicators;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace Lodestone.Kernel.Data;

/// <summary>Writes many values past EF: COPY on PostgreSQL, one prepared statement on SQLite, inside the save's own transaction.</summary>
public sealed partial class PlatformDb
{
    private const string ObservationColumns =
        "id, indicator_id, organisation_id, period, revision, value, case_id, predecessor_id, reason, recorded_at, recorded_by, hash";

    private readonly List<IEnumerable<Observation>> _bulk = [];

    /// <summary>Hands values to the next save. They are drawn one by one while it writes, so that none is kept after it is sent.</summary>
    internal void AddBulk(IEnumerable<Observation> values) => _bulk.Add(values);

    private static Task<int> WriteBulkAsync(DbConnection connection, IEnumerable<Observation> values, CancellationToken cancel)
    {
        WritePoint.Reached("bulk");
        return connection is NpgsqlConnection server
            ? CopyAsync(server, values, cancel)
            : Task.FromResult(Insert((SqliteConnection)connection, values, cancel));
    }

    private static async Task<int> CopyAsync(NpgsqlConnection connection, IEnumerable<Observation> values, CancellationToken cancel)
    {
        await using NpgsqlBinaryImporter copy =
            await connection.BeginBinaryImportAsync($"copy observation ({ObservationColumns}) from stdin (format binary)", cancel);
        int rows = 0;
        foreach (Observation row in values)
        {
            // Buffered; what reaches the network is sent in large pieces, so waiting for each column would only cost time.
            copy.StartRow();
            copy.Write(row.Id, NpgsqlDbType.Bigint);
            copy.Write(row.IndicatorId, NpgsqlDbType.Bigint);
            copy.Write(row.OrganisationId, NpgsqlDbType.Bigint);
            copy.Write(row.Period.Code, NpgsqlDbType.Integer);
            copy.Write(row.Revision, NpgsqlDbType.Integer);
            copy.Write(row.Value, NpgsqlDbType.Bigint);
            copy.Write(row.CaseId, NpgsqlDbType.Bigint);
            if (row.PredecessorId is { } predecessor)
            {
                copy.Write(predecessor, NpgsqlDbType.Bigint);
            }
            else
            {
                copy.WriteNull();
            }

            if (row.Reason is { } reason)
            {
                copy.Write(reason, NpgsqlDbType.Text);
            }
            else
            {
                copy.WriteNull();
            }

            copy.Write(InstantConverter.ToMicroseconds(row.RecordedAt), NpgsqlDbType.Bigint);
            copy.Write(row.RecordedBy, NpgsqlDbType.Bigint);
            copy.Write(row.Hash, NpgsqlDbType.Text);
            rows++;
        }

        await copy.CompleteAsync(cancel);
        return rows;
    }

    private static int Insert(SqliteConnection connection, IEnumerable<Observation> values, CancellationToken cancel)
    {
        sqlite3 file = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(
            file, $"insert into observation ({ObservationColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", out sqlite3_stmt insert), file);
        using (insert)
        {
            int rows = 0;
            foreach (Observation row in values)
            {
                raw.sqlite3_bind_int64(insert, 1, row.Id);
                raw.sqlite3_bind_int64(insert, 2, row.IndicatorId);
                raw.sqlite3_bind_int64(insert, 3, row.OrganisationId);
                raw.sqlite3_bind_int(insert, 4, row.Period.Code);
                raw.sqlite3_bind_int(insert, 5, row.Revision);
                raw.sqlite3_bind_int64(insert, 6, row.Value);
                raw.sqlite3_bind_int64(insert, 7, row.CaseId);
                _ = row.PredecessorId is { } predecessor ? raw.sqlite3_bind_int64(insert, 8, predecessor) : raw.sqlite3_bind_null(insert, 8);
                _ = row.Reason is { } reason ? raw.sqlite3_bind_text(insert, 9, reason) : raw.sqlite3_bind_null(insert, 9);
                raw.sqlite3_bind_int64(insert, 10, InstantConverter.ToMicroseconds(row.RecordedAt));
                raw.sqlite3_bind_int64(insert, 11, row.RecordedBy);
                raw.sqlite3_bind_text(insert, 12, row.Hash);
                int outcome = raw.sqlite3_step(insert);
                raw.sqlite3_reset(insert);
                if (outcome != raw.SQLITE_DONE)
                {
                    SqliteException.ThrowExceptionForRC(outcome, file);
                }

                if (++rows % 4096 == 0)
                {
                    cancel.ThrowIfCancellationRequested();
                }
            }

            return rows;
        }
    }
}

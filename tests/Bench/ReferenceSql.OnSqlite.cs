using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.Data.Sqlite;

namespace Lodestone.Bench;

internal abstract partial class ReferenceSql
{
    private sealed class OnSqlite(Ground ground, SqliteConnection connection) : ReferenceSql(ground)
    {
        private readonly SqliteCommand _begin = Prepare(connection, "begin immediate");
        private readonly SqliteCommand _commit = Prepare(connection, "commit");
        private readonly SqliteCommand _read = Prepare(connection, Read, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        private readonly SqliteCommand _readTerm = Prepare(connection, ReadTerm, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        private readonly SqliteCommand _update = Prepare(connection, Update, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);

        private readonly SqliteCommand _step = Prepare(connection,
            """
            insert into case_step (id, case_id, follows, organisation_id, action, from_stage, to_stage, user_id, on_behalf_of, at, note)
            values ($1, $2, $3, $4, $5, $6, $7, $8, null, $9, null)
            """, 1, 2, 3, 4, 5, 6, 7, 8, 9);

        private readonly SqliteCommand _audit = Prepare(connection,
            """
            insert into audit_record (reference, at, user_id, on_behalf_of, organisation_id, action, subject_kind, subject_id, before, after, digest)
            values ($1, $2, $3, null, $4, $5, $6, $7, $8, $9, $10)
            """, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

        private readonly SqliteCommand _notice = Prepare(connection,
            "insert into notice (organisation_id, role, kind, case_id, title, at) values ($1, $2, $3, $4, $5, $6)", 1, 2, 3, 4, 5, 6);

        private readonly SqliteCommand _key = Prepare(connection,
            "insert into request_key (user_id, key, request_hash, status, answer, at) values ($1, $2, $3, 200, $4, $5)", 1, 2, 3, 4, 5);

        private readonly SqliteCommand _clock = Prepare(connection,
            """
            update case_clock set state = $2, run_from = $3, left_days = $4, late = $5, due_on = $6, provisional = $7, next_rung = $8, look_on = $9
            where case_id = $1 and name = 'term'
            """, 1, 2, 3, 4, 5, 6, 7, 8, 9);

        private readonly SqliteCommand _entry = Prepare(connection,
            "insert into case_clock_entry (case_id, name, ordinal, organisation_id, day, event, days) values ($1, 'term', $2, $3, $4, $5, 0)", 1, 2, 3, 4, 5);

        private readonly SqliteCommand _rung = Prepare(connection,
            "insert into case_rung (case_id, name, rung, due_on, organisation_id, fired_on) values ($1, 'term', $2, $3, $4, $3)", 1, 2, 3, 4);

        public static async Task<OnSqlite> OpenAsync(Ground ground) => new(ground, (SqliteConnection)await ground.Database.OpenAsync());

        public override async Task MoveAsync(long caseId, Actor actor, PendingRequest request)
        {
            object[] scope = Scope(actor);
            Set(_read, [.. scope, caseId]);
            Move move;
            await using (SqliteDataReader row = _read.ExecuteReader())
            {
                row.Read();
                move = await DecideAsync(caseId, row, actor);
            }

            Set(_readTerm, [.. scope, caseId]);
            Deadline term;
            ClockProjection now;
            await using (SqliteDataReader row = _readTerm.ExecuteReader())
            {
                (term, now) = Derive(move.From, row);
            }

            Set(_update, [.. scope, caseId, move.To, move.Step, move.At, move.Seen]);
            Set(_clock,
            [
                caseId, (int)now.State, now.RunFrom, now.LeftDays, now.Late, (object?)now.DueOn ?? DBNull.Value, now.Provisional,
                (object?)now.NextRung ?? DBNull.Value, (object?)now.LookOn ?? DBNull.Value,
            ]);
            Set(_entry, [caseId, term.Ledger.Length, move.Organisation, term.Ledger[^1].On, (int)term.Ledger[^1].Event]);
            Set(_rung, [caseId, Rung(move.Step), term.Ledger[^1].On, move.Organisation]);
            Set(_step, [move.Step, caseId, move.Seen, move.Organisation, move.Action, move.From, move.To, actor.UserId, move.At]);
            Set(_audit, [move.Step, move.At, actor.UserId, move.Organisation, move.Kind, move.SubjectKind, move.SubjectId, move.From, move.To, move.Digest]);
            Set(_notice, [move.Organisation, BenchModule.Clerk, move.Kind, caseId, move.Title, move.At]);
            Set(_key, [actor.UserId, request.Key, request.Hash, move.Answer, move.At]);
            using IDisposable? pass = await Ground.Database.WriteAsync(CancellationToken.None);
            _begin.ExecuteNonQuery();
            if (_update.ExecuteNonQuery() != 1)
            {
                throw new InvalidOperationException("Stale.");
            }

            _step.ExecuteNonQuery();
            _audit.ExecuteNonQuery();
            _notice.ExecuteNonQuery();
            _key.ExecuteNonQuery();
            _clock.ExecuteNonQuery();
            _entry.ExecuteNonQuery();
            _rung.ExecuteNonQuery();
            _commit.ExecuteNonQuery();
        }

        public override async ValueTask DisposeAsync()
        {
            await connection.DisposeAsync();
            await base.DisposeAsync();
        }

        private static SqliteCommand Prepare(SqliteConnection connection, string text, params int[] places)
        {
            SqliteCommand command = connection.CreateCommand();
            command.CommandText = text;
            foreach (int place in places)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${place}" });
            }

            command.Prepare();
            return command;
        }

        private static void Set(SqliteCommand command, object[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i];
            }
        }
    }
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Npgsql;
using NpgsqlTypes;

namespace Lodestone.Bench;

internal abstract partial class ReferenceSql
{
    private sealed class OnPostgres(Ground ground, NpgsqlConnection connection) : ReferenceSql(ground)
    {
        private const string Write =
            $"""
            with f as ({Update} returning id, organisation_id, title),
            step as (
              insert into case_step (id, case_id, follows, organisation_id, action, from_stage, to_stage, user_id, on_behalf_of, at, note)
              select $11, id, $13, organisation_id, $14, $15, $10, $16, null, $12, null from f),
            audit as (
              insert into audit_record (reference, at, user_id, on_behalf_of, organisation_id, action, subject_kind, subject_id, before, after, digest)
              select $11, $12, $16, null, organisation_id, $17, $18, $19, $15, $10, $20 from f),
            notice as (
              insert into notice (organisation_id, role, kind, case_id, title, at) select organisation_id, $21, $17, id, title, $12 from f),
            request as (
              insert into request_key (user_id, key, request_hash, status, answer, at) select $16, $22, $23, 200, $24, $12 from f),
            clock as (
              update case_clock set state = $25, run_from = $26, left_days = $27, late = $28, due_on = $29, provisional = $30, next_rung = $31, look_on = $32
              from f where case_id = f.id and name = 'term'),
            entry as (
              insert into case_clock_entry (case_id, name, ordinal, organisation_id, day, event, days) select id, 'term', $33, organisation_id, $34, $35, 0 from f),
            rung as (
              insert into case_rung (case_id, name, rung, due_on, organisation_id, fired_on) select id, 'term', $36, $34, organisation_id, $34 from f)
            select 1 / count(*) from f
            """;

        private readonly NpgsqlCommand _read = new(Read, connection);
        private readonly NpgsqlCommand _readTerm = new(ReadTerm, connection);
        private readonly NpgsqlCommand _write = new(Write, connection);

        public static async Task<OnPostgres> OpenAsync(Ground ground)
        {
            var worker = new OnPostgres(ground, await ground.Database.Postgres.OpenConnectionAsync());
            Declare(worker._read, "tttttttt" + "n");
            Declare(worker._readTerm, "tttttttt" + "n");
            Declare(worker._write, "tttttttt" + "ntnnnttnttnttttt" + "idibdbididit");
            await worker._read.PrepareAsync();
            await worker._readTerm.PrepareAsync();
            await worker._write.PrepareAsync();
            return worker;
        }

        public override async Task MoveAsync(long caseId, Actor actor, PendingRequest request)
        {
            string[] scope = Scope(actor);
            Set(_read, scope);
            Set(_read, 8, caseId);
            Move move;
            await using (NpgsqlDataReader row = await _read.ExecuteReaderAsync())
            {
                await row.ReadAsync();
                move = await DecideAsync(caseId, row, actor);
            }

            Set(_readTerm, scope);
            Set(_readTerm, 8, caseId);
            Deadline term;
            ClockProjection now;
            await using (NpgsqlDataReader row = await _readTerm.ExecuteReaderAsync())
            {
                (term, now) = Derive(move.From, row);
            }

            Set(_write, scope);
            Set(_write, 8, caseId);
            Set(_write, 9, move.To);
            Set(_write, 10, move.Step);
            Set(_write, 11, move.At);
            Set(_write, 12, move.Seen);
            Set(_write, 13, move.Action);
            Set(_write, 14, move.From);
            Set(_write, 15, actor.UserId);
            Set(_write, 16, move.Kind);
            Set(_write, 17, move.SubjectKind);
            Set(_write, 18, move.SubjectId);
            Set(_write, 19, move.Digest);
            Set(_write, 20, BenchModule.Clerk);
            Set(_write, 21, request.Key);
            Set(_write, 22, request.Hash);
            Set(_write, 23, move.Answer);
            Set(_write, 24, (int)now.State);
            Set(_write, 25, now.RunFrom);
            Set(_write, 26, now.LeftDays);
            Set(_write, 27, now.Late);
            SetOrNull(_write, 28, now.DueOn);
            Set(_write, 29, now.Provisional);
            SetOrNull(_write, 30, now.NextRung);
            SetOrNull(_write, 31, now.LookOn);
            Set(_write, 32, term.Ledger.Length);
            Set(_write, 33, term.Ledger[^1].On);
            Set(_write, 34, (int)term.Ledger[^1].Event);
            Set(_write, 35, Rung(move.Step));
            await _write.ExecuteNonQueryAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await _read.DisposeAsync();
            await _readTerm.DisposeAsync();
            await _write.DisposeAsync();
            await connection.DisposeAsync();
            await base.DisposeAsync();
        }

        private static void Declare(NpgsqlCommand command, string types)
        {
            foreach (char type in types)
            {
                command.Parameters.Add(type switch
                {
                    'n' => new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint },
                    'i' => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = 0 },
                    'd' => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Date, Value = DateOnly.MinValue },
                    'b' => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Boolean, Value = false },
                    _ => new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = "" },
                });
            }
        }

        private static void Set(NpgsqlCommand command, string[] scope)
        {
            for (int i = 0; i < scope.Length; i++)
            {
                Set(command, i, scope[i]);
            }
        }

        private static void Set(NpgsqlCommand command, int place, long value) => ((NpgsqlParameter<long>)command.Parameters[place]).TypedValue = value;

        private static void Set(NpgsqlCommand command, int place, string value) => ((NpgsqlParameter<string>)command.Parameters[place]).TypedValue = value;

        private static void Set(NpgsqlCommand command, int place, int value) => command.Parameters[place].Value = value;

        private static void Set(NpgsqlCommand command, int place, bool value) => command.Parameters[place].Value = value;

        private static void Set(NpgsqlCommand command, int place, DateOnly value) => command.Parameters[place].Value = value;

        private static void SetOrNull<T>(NpgsqlCommand command, int place, T? value)
            where T : struct => command.Parameters[place].Value = value is { } some ? some : DBNull.Value;
    }
}

// The reference: the same move in hand-written SQL, as fast as its author could make it without leaving anything out. Same rows
// (step, audit record, notice, idempotency key, clock, ledger line, rung), same constraints and tables, same scope check in the read and in the write, same
// keyed digest and answer text, same ids, same durability. Each worker has its own open connection with prepared statements.
// PostgreSQL: one round trip to read, one to write; the write is a single statement and raises when its guard fails.
// SQLite: one immediate transaction behind the platform's single-writer gate, as any second writer needs it.
using System.Data.Common;
using System.Text.Json;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Lodestone.Bench;

/// <summary>What both engines' references share: the words of a move.</summary>
internal abstract class ReferenceSql(Ground ground) : Worker
{
    protected const string InScope =
        "((o.path >= $1 and o.path < $2) or (o.path >= $3 and o.path < $4) or (o.path >= $5 and o.path < $6) or (o.path >= $7 and o.path < $8))";

    protected const string Read =
        $"""
        select f.procedure, f.stage, f.version, f.organisation_id, o.path, f.subject_kind, f.subject_id, f.title, f.stage_since
        from case_file f join organisation o on o.id = f.organisation_id where f.id = $9 and {InScope}
        """;

    protected const string Update =
        $"""
        update case_file set stage = $10, version = $11, stage_since = $12 where id = $9 and version = $13
        and exists (select 1 from organisation o where o.id = case_file.organisation_id and {InScope})
        """;

    protected const string ReadTerm =
        $"""
        select c.budget, c.unit, e.day, e.event, e.days
        from case_clock c join organisation o on o.id = c.organisation_id join case_clock_entry e on e.case_id = c.case_id and e.name = c.name
        where c.case_id = $9 and c.name = '{BenchModule.Term}' and {InScope} order by e.ordinal
        """;

    private static readonly IReadOnlyList<Rung> s_ladder = BenchModule.ToAndFro.Clocks[0].Rungs;

    protected Ground Ground { get; } = ground;

    public static async Task<Worker> HireAsync(Ground ground) => ground.Database.Engine == Engine.Postgres
        ? await OnPostgres.OpenAsync(ground)
        : await OnSqlite.OpenAsync(ground);

    protected static string[] Scope(Actor actor)
    {
        string[] scope = ["", "", "", "", "", "", "", ""];
        for (int i = 0; i < actor.Branches.Count; i++)
        {
            scope[2 * i] = actor.Branches[i];
            scope[(2 * i) + 1] = Organisation.EndOf(actor.Branches[i]);
        }

        return scope;
    }

    protected async Task<Move> DecideAsync(long caseId, DbDataReader row, Actor actor)
    {
        string stage = row.GetString(1);
        string path = row.GetString(4);
        string kind = row.GetString(5);
        (string action, string to) = BenchModule.Next(stage);
        if (row.GetString(0) != "bench" || actor.May(BenchModule.Clerk, Seat.At, path) is null)
        {
            throw new InvalidOperationException("Not the clerk's case.");
        }

        var move = new Move(caseId, row.GetInt64(2), row.GetInt64(3), stage, to, action, $"bench.{action}", kind, row.GetInt64(6), row.GetString(7));
        long step = await Ground.Ids.NextAsync();
        DateTimeOffset now = TimeProvider.System.Instant();
        return move with
        {
            Step = step,
            At = (now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10,
            Digest = Ground.Digest.Of(step, now, actor.UserId, null, move.Organisation, move.Kind, kind, move.SubjectId, stage, to),
            Answer = JsonSerializer.Serialize(new Answer(caseId, to, step), Lodestone.Kernel.Web.Json.Options),
        };
    }

    /// <summary>The term's next ledger line and what it makes of the clock.</summary>
    protected static (Deadline After, ClockProjection Now) Derive(string stage, DbDataReader row)
    {
        var entries = new List<DeadlineEntry>();
        (int budget, int unit) = (0, 0);
        while (row.Read())
        {
            (budget, unit) = (row.GetInt32(0), row.GetInt32(1));
            entries.Add(new DeadlineEntry(row.GetFieldValue<DateOnly>(2), (DeadlineEvent)row.GetInt32(3), row.GetInt32(4)));
        }

        Deadline after = BenchModule.Next(stage, Deadline.FromLedger(budget, (LimitUnit)unit, entries), TimeProvider.System.Today());
        return (after, ClockProjection.Of(after, s_ladder, new HashSet<string>(), WorkCalendar.Published));
    }

    protected sealed record Move(
        long Case, long Seen, long Organisation, string From, string To, string Action, string Kind, string SubjectKind, long SubjectId, string Title)
    {
        public long Step { get; init; }

        public long At { get; init; }

        public string Digest { get; init; } = "";

        public string Answer { get; init; } = "";
    }

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

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

namespace Lodestone.Bench;

/// <summary>What both engines' references share: the words of a move.</summary>
internal abstract partial class ReferenceSql(Ground ground) : Worker
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
}

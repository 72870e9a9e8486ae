using System.Text.Json;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Lodestone.Bench;

/// <summary>
/// The same move as an ordinary EF program makes it: a pooled context, the case loaded tracked within the scope, the new rows added,
/// one SaveChanges. Same tables, digests, ids and gate.
/// </summary>
internal sealed class TrackedEf(Ground ground, IDbContextFactory<TrackedDb> factory) : Worker
{
    public static IDbContextFactory<TrackedDb> Factory(Database database)
    {
        var options = new DbContextOptionsBuilder<TrackedDb>();
        if (database.Engine == Engine.Postgres)
        {
            options.UseNpgsql(database.Postgres);
        }
        else
        {
            options.UseSqlite(database.Create().ConnectionString).AddInterceptors(new SqliteSettings(database));
        }

        return new PooledDbContextFactory<TrackedDb>(options.Options);
    }

    public override async Task MoveAsync(long caseId, Actor actor, PendingRequest request)
    {
        string[] from = [.. actor.Branches, "", "", "", ""];
        string[] end = [.. actor.Branches.Select(Organisation.EndOf), "", "", "", ""];
        (string from0, string from1, string from2, string from3) = (from[0], from[1], from[2], from[3]);
        (string end0, string end1, string end2, string end3) = (end[0], end[1], end[2], end[3]);
        await using TrackedDb db = await factory.CreateDbContextAsync();
        var found = await (
            from file in db.Cases
            join unit in db.Units on file.OrganisationId equals unit.Id
            where file.Id == caseId
                && ((string.Compare(unit.Path, from0) >= 0 && string.Compare(unit.Path, end0) < 0)
                    || (string.Compare(unit.Path, from1) >= 0 && string.Compare(unit.Path, end1) < 0)
                    || (string.Compare(unit.Path, from2) >= 0 && string.Compare(unit.Path, end2) < 0)
                    || (string.Compare(unit.Path, from3) >= 0 && string.Compare(unit.Path, end3) < 0))
            select new { file, unit.Path }).SingleAsync();
        if (actor.May(BenchModule.Clerk, Seat.At, found.Path) is null)
        {
            throw new InvalidOperationException("Not the clerk's case.");
        }

        TrackedCase moved = found.file;
        (string action, string to) = BenchModule.Next(moved.Stage);
        long step = await ground.Ids.NextAsync();
        DateTimeOffset now = TimeProvider.System.Instant();
        long at = (now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;
        string kind = $"bench.{action}";
        db.Add(new TrackedStep
        {
            Id = step,
            CaseId = caseId,
            Follows = moved.Version,
            OrganisationId = moved.OrganisationId,
            Action = action,
            FromStage = moved.Stage,
            ToStage = to,
            UserId = actor.UserId,
            At = at,
        });
        db.Add(new TrackedRecord
        {
            Reference = step,
            At = at,
            UserId = actor.UserId,
            OrganisationId = moved.OrganisationId,
            Action = kind,
            SubjectKind = moved.SubjectKind,
            SubjectId = moved.SubjectId,
            Before = moved.Stage,
            After = to,
            Digest = ground.Digest.Of(step, now, actor.UserId, null, moved.OrganisationId, kind, moved.SubjectKind, moved.SubjectId, moved.Stage, to),
        });
        db.Add(new TrackedNotice
        {
            OrganisationId = moved.OrganisationId,
            Role = BenchModule.Clerk,
            Kind = kind,
            CaseId = caseId,
            Title = moved.Title,
            At = at,
        });
        db.Add(new TrackedKey
        {
            UserId = actor.UserId,
            Key = request.Key,
            RequestHash = request.Hash,
            Status = 200,
            At = at,
            Answer = JsonSerializer.Serialize(new Answer(caseId, to, step), Lodestone.Kernel.Web.Json.Options),
        });
        TrackedClock clock = await db.Set<TrackedClock>().SingleAsync(row => row.CaseId == caseId && row.Name == BenchModule.Term);
        List<TrackedEntry> ledger = await db.Set<TrackedEntry>().AsNoTracking().Where(row => row.CaseId == caseId && row.Name == BenchModule.Term)
            .OrderBy(row => row.Ordinal).ToListAsync();
        Deadline term = BenchModule.Next(moved.Stage,
            Deadline.FromLedger(clock.Budget, (LimitUnit)clock.Unit, ledger.Select(row => new DeadlineEntry(row.Day, (DeadlineEvent)row.Event, row.Days))), TimeProvider.System.Today());
        DeadlineEntry line = term.Ledger[^1];
        var derived = ClockProjection.Of(term, BenchModule.ToAndFro.Clocks[0].Rungs, new HashSet<string>(), WorkCalendar.Published);
        (clock.State, clock.RunFrom, clock.LeftDays, clock.Late) = ((int)derived.State, derived.RunFrom, derived.LeftDays, derived.Late);
        (clock.DueOn, clock.Provisional, clock.NextRung, clock.LookOn) = (derived.DueOn, derived.Provisional, derived.NextRung, derived.LookOn);
        db.Add(new TrackedEntry
        {
            CaseId = caseId,
            Name = BenchModule.Term,
            Ordinal = term.Ledger.Length,
            OrganisationId = moved.OrganisationId,
            Day = line.On,
            Event = (int)line.Event,
        });
        db.Add(new TrackedRung { CaseId = caseId, Name = BenchModule.Term, Rung = Rung(step), DueOn = line.On, OrganisationId = moved.OrganisationId, FiredOn = line.On });
        moved.Stage = to;
        moved.Version = step;
        moved.StageSince = at;
        using IDisposable? pass = await ground.Database.WriteAsync(CancellationToken.None);
        await db.SaveChangesAsync();
    }
}

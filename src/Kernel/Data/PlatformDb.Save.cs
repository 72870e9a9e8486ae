using System.Reflection;
using System.Text.Json;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Indicators;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lodestone.Kernel.Data;

public sealed partial class PlatformDb
{
    private readonly RecordDigest _digest;
    private readonly TimeProvider _clock;
    private readonly List<GuardedStatement> _pending = [];
    private bool _audited;

    /// <summary>The idempotency key of the request being handled, if it brought one.</summary>
    public PendingRequest? Request { get; internal set; }

    /// <summary>
    /// One audit record for the command, in the same transaction. Demanded by every save that changes audited rows.
    /// </summary>
    /// <param name="reference">Unique number of the command: an id just made by it.</param>
    /// <param name="before">What stood before, short; null for a new thing.</param>
    /// <param name="after">What stands now.</param>
    public void Audit(string action, Subject subject, long organisationId, long reference, string? before = null, string? after = null)
    {
        DateTimeOffset at = _clock.Instant();
        _pending.Add(new GuardedStatement(
            """
            insert into audit_record (reference, at, user_id, organisation_id, action, subject_kind, subject_id, before, after, digest)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """, 1,
            reference, InstantConverter.ToMicroseconds(at), Actor.UserId, organisationId, action, subject.Kind, subject.Id, before, after,
            _digest.Of(reference, at, Actor.UserId, null, organisationId, action, subject.Kind, subject.Id, before, after)));
        _audited = true;
    }

    /// <summary>
    /// Saves and answers: with an idempotency key the answer is written in the same transaction, so a repeated key gets exactly
    /// this answer and nothing is done twice.
    /// </summary>
    public async Task<T> CommitAsync<T>(T answer, CancellationToken cancel = default)
        where T : notnull
    {
        if (Request is { } request)
        {
            _pending.Add(new GuardedStatement(
                "insert into request_key (user_id, key, request_hash, status, answer, at) values ($1, $2, $3, 200, $4, $5)", 1,
                Actor.UserId, request.Key, request.Hash, JsonSerializer.Serialize(answer, Web.Json.Options),
                InstantConverter.ToMicroseconds(_clock.Instant())));
        }

        await SaveChangesAsync(cancel);
        return answer;
    }

    /// <summary>Only the framework's key ring saves synchronously; it has nothing pending and nothing to audit.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        _pending.Count == 0 && ChangeTracker.Entries().All(entry => entry.Entity is DataProtectionKey)
            ? base.SaveChanges(acceptAllChangesOnSuccess)
            : throw new InvalidOperationException("Use SaveChangesAsync.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        bool tracked = ChangeTracker.HasChanges();
        if (!tracked && _pending.Count == 0 && _bulk.Count == 0)
        {
            return 0;
        }

        RequireAudit(tracked || _bulk.Count > 0);
        GuardedStatement[] statements = [.. _pending];
        IEnumerable<Observation>[] bulk = [.. _bulk];
        _pending.Clear();
        _bulk.Clear();
        _audited = false;
        bool alone = Database.CurrentTransaction is null;
        try
        {
            if (!tracked && alone && bulk.Length == 0)
            {
                await SaveStatementsAsync(statements, cancellationToken);
                return statements.Length;
            }

            using IDisposable? pass = alone ? await Storage.WriteAsync(cancellationToken) : null;
            return statements.Length == 0 && bulk.Length == 0
                ? await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
                : await SaveTogetherAsync(statements, bulk, tracked, acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (Exception error) when (IsStale(error))
        {
            // The unique keys are the last word between two callers who read the same state.
            throw Refusal.Stale();
        }
    }

    /// <summary>Saves in a sweep: the next round looks again, so who was slower than somebody else has nothing to do.</summary>
    /// <returns>False when somebody had changed in between what was read; nothing of this is then written.</returns>
    public async Task<bool> TrySaveAsync(CancellationToken cancel = default)
    {
        try
        {
            await SaveChangesAsync(cancel);
            return true;
        }
        catch (Refusal refusal) when (refusal.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Forgets what the last lease left behind.</summary>
    internal void Forget()
    {
        _pending.Clear();
        _bulk.Clear();
        _audited = false;
        Request = null;
        _actor = Identity.Actor.Nobody;
    }

    private void RequireAudit(bool changes)
    {
        if (!changes || _audited)
        {
            return;
        }

        if (_bulk.Count > 0)
        {
            throw new InvalidOperationException("Values are written without an audit record: call Audit before saving.");
        }

        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && entry.Metadata.ClrType.GetCustomAttribute<UnauditedAttribute>() is null
                && entry.Entity is not DataProtectionKey
                && !entry.Metadata.ClrType.IsGenericType)
            {
                throw new InvalidOperationException(
                    $"{entry.Metadata.ClrType.Name} changes without an audit record: call Audit before saving.");
            }
        }
    }

    private static bool IsStale(Exception error) => error switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException { InnerException: { } inner } => IsStale(inner),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        // See GuardedStatement.OrRaise.
        PostgresException { SqlState: PostgresErrorCodes.DivisionByZero } => true,
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 19, SqliteExtendedErrorCode: 1555 or 2067 } => true,
        _ => false,
    };
}

using System.Data.Common;
using System.Reflection;
using System.Text.Json;
using Lodestone.Kernel.Audit;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
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
        _pending.Add(AuditStatement(reference, _clock.Instant(), null, organisationId, action, subject, before, after));
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
                "insert into request_key (user_id, key, request_hash, status, answer, at) values (@user, @key, @hash, 200, @answer, @at)", 1,
                ("user", Actor.UserId), ("key", request.Key), ("hash", request.Hash),
                ("answer", JsonSerializer.Serialize(answer, Web.Json.Options)), ("at", InstantConverter.ToMicroseconds(_clock.Instant()))));
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
        if (!tracked && _pending.Count == 0)
        {
            return 0;
        }

        RequireAudit(tracked);
        GuardedStatement[] statements = [.. _pending];
        _pending.Clear();
        _audited = false;
        using IDisposable? pass = Database.CurrentTransaction is null ? await Storage.WriteAsync(cancellationToken) : null;
        try
        {
            if (statements.Length == 0)
            {
                return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            }

            return await SaveTogetherAsync(statements, tracked, acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (Exception error) when (IsDuplicate(error))
        {
            // The unique keys are the last word between two callers who read the same state.
            throw Refusal.Stale();
        }
    }

    internal void Await(GuardedStatement statement) => _pending.Add(statement);

    /// <summary>Forgets what the last lease left behind.</summary>
    internal void Forget()
    {
        _pending.Clear();
        _audited = false;
        Request = null;
        _actor = Identity.Actor.Nobody;
    }

    private async Task<int> SaveTogetherAsync(
        GuardedStatement[] statements, bool tracked, bool acceptAll, CancellationToken cancel)
    {
        await Database.OpenConnectionAsync(cancel);
        try
        {
            DbConnection connection = Database.GetDbConnection();
            if (!tracked && Database.CurrentTransaction is null && connection is NpgsqlConnection server)
            {
                // One batch is one implicit transaction and one round trip; a guard that fails wrote nothing at all.
                await RunAsync(server, null, statements, cancel);
                return statements.Length;
            }

            IDbContextTransaction? own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancel) : null;
            await using (own)
            {
                DbTransaction transaction = Database.CurrentTransaction!.GetDbTransaction();
                if (connection is NpgsqlConnection postgres)
                {
                    await RunAsync(postgres, transaction, statements, cancel);
                }
                else
                {
                    await RunAsync(connection, transaction, statements, cancel);
                }

                int rows = statements.Length + (tracked ? await base.SaveChangesAsync(acceptAll, cancel) : 0);
                if (own is not null)
                {
                    WritePoint.Reached("commit");
                    await own.CommitAsync(cancel);
                }

                return rows;
            }
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, DbTransaction? transaction, GuardedStatement[] statements, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection, (NpgsqlTransaction?)transaction);
        foreach (GuardedStatement statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Text);
            foreach ((string name, object? value) in statement.Parameters)
            {
                command.Parameters.Add(PostgresParameter(name, value));
            }

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

    private static async Task RunAsync(
        DbConnection connection, DbTransaction transaction, GuardedStatement[] statements, CancellationToken cancel)
    {
        foreach (GuardedStatement statement in statements)
        {
            await using DbCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = statement.Text;
            foreach ((string name, object? value) in statement.Parameters)
            {
                DbParameter parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value is null or TypedNull ? DBNull.Value : value;
                command.Parameters.Add(parameter);
            }

            WritePoint.Reached("statement");
            int rows = await command.ExecuteNonQueryAsync(cancel);
            if (statement.Rows is { } expected && rows != expected)
            {
                throw Refusal.Stale();
            }
        }
    }

    /// <summary>PostgreSQL must know a parameter's type even when it is null, or each null makes another plan.</summary>
    private static NpgsqlParameter PostgresParameter(string name, object? value) => new(name, value ?? DBNull.Value)
    {
        NpgsqlDbType = value switch
        {
            long or TypedNull.Number => NpgsqlTypes.NpgsqlDbType.Bigint,
            int => NpgsqlTypes.NpgsqlDbType.Integer,
            _ => NpgsqlTypes.NpgsqlDbType.Text,
        },
        Value = value is null or TypedNull.Number ? DBNull.Value : value,
    };

    private void RequireAudit(bool tracked)
    {
        if (!tracked || _audited)
        {
            return;
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

    private GuardedStatement AuditStatement(
        long reference, DateTimeOffset at, long? onBehalfOf, long organisationId, string action, Subject subject, string? before, string? after,
        string? guard = null, params (string, object?)[] guardParameters) => new(
        $"""
        insert into audit_record (reference, at, user_id, on_behalf_of, organisation_id, action, subject_kind, subject_id, before, after, digest)
        select @reference, @at, @user, @behalf, @organisation, @action, @subject_kind, @subject_id, @before, @after, @digest {guard}
        """, 1,
        [
            ("reference", reference), ("at", InstantConverter.ToMicroseconds(at)), ("user", Actor.UserId), ("behalf", (object?)onBehalfOf ?? TypedNull.Number),
            ("organisation", organisationId), ("action", action), ("subject_kind", subject.Kind), ("subject_id", subject.Id),
            ("before", before), ("after", after),
            ("digest", _digest.Of(reference, at, Actor.UserId, onBehalfOf, organisationId, action, subject.Kind, subject.Id, before, after)),
            .. guardParameters,
        ]);

    private static bool IsDuplicate(Exception error) => error switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException { InnerException: { } inner } => IsDuplicate(inner),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 19, SqliteExtendedErrorCode: 1555 or 2067 } => true,
        _ => false,
    };
}

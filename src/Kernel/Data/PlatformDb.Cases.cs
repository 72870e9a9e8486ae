using System.Data.Common;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Data;

/// <summary>The door's hand-written SQL. Every text names the scope.</summary>
public sealed partial class PlatformDb
{
    private const string InScope =
        """
        ((o.path >= @f0 and o.path < @e0) or (o.path >= @f1 and o.path < @e1) or (o.path >= @f2 and o.path < @e2) or (o.path >= @f3 and o.path < @e3))
        """;

    private const string ReadCaseText =
        $"""
        select f.procedure, f.stage, f.version, f.organisation_id, o.path, f.subject_kind, f.subject_id, f.title, f.stage_since
        from case_file f join organisation o on o.id = f.organisation_id
        where f.id = @case and {InScope}
        """;

    private const string MoveText =
        $"""
        update case_file set stage = @to, version = @step, stage_since = @at
        where id = @case and version = @seen
          and exists (select 1 from organisation o where o.id = case_file.organisation_id and {InScope})
        """;

    private const string StepText =
        """
        insert into case_step (id, case_id, follows, organisation_id, action, from_stage, to_stage, user_id, on_behalf_of, at, note)
        select @step, f.id, @seen, f.organisation_id, @action, @from, @to, @user, @behalf, @at, @note
        from case_file f where f.id = @case and f.version = @step
        """;

    private const string NoticeText =
        """
        insert into notice (organisation_id, role, kind, case_id, title, at)
        select f.organisation_id, @role, @kind, f.id, f.title, @at
        from case_file f where f.id = @case and f.version = @step
        """;

    internal async Task<CaseView?> ReadCaseAsync(long id, Catalogue catalogue, CancellationToken cancel)
    {
        await Database.OpenConnectionAsync(cancel);
        try
        {
            await using DbCommand command = Database.GetDbConnection().CreateCommand();
            command.Transaction = Database.CurrentTransaction is { } transaction
                ? Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(transaction)
                : null;
            command.CommandText = ReadCaseText;
            Add(command, "case", id);
            foreach ((string name, object? value) in Scope())
            {
                Add(command, name, value!);
            }

            await using DbDataReader row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel)
                ? new CaseView(id, catalogue.Procedure(row.GetString(0)), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4),
                    new Subject(row.GetString(5), row.GetInt64(6)), row.GetString(7), InstantConverter.FromMicroseconds(row.GetInt64(8)))
                : null;
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    internal Task<bool> HasStepAsync(long caseId, string action, CancellationToken cancel) =>
        Set<CaseStep>().AnyAsync(step => step.CaseId == caseId && step.Action == action, cancel);

    internal void OpenCase(long id, long step, Procedure procedure, Subject subject, long organisationId, string title, DateTimeOffset at)
    {
        long instant = InstantConverter.ToMicroseconds(at);
        Await(new GuardedStatement(
            $"""
            insert into case_file (id, procedure, stage, version, organisation_id, subject_kind, subject_id, title, opened_at, stage_since)
            select @case, @procedure, @stage, @step, o.id, @subject_kind, @subject_id, @title, @at, @at
            from organisation o where o.id = @organisation and {InScope}
            """, 1,
            [
                ("case", id), ("procedure", procedure.Code), ("stage", procedure.InitialStage), ("step", step), ("subject_kind", subject.Kind),
                ("subject_id", subject.Id), ("title", title), ("at", instant), ("organisation", organisationId), .. Scope(),
            ]));
        Await(new GuardedStatement(
            """
            insert into case_step (id, case_id, follows, organisation_id, action, from_stage, to_stage, user_id, on_behalf_of, at, note)
            select @step, f.id, 0, f.organisation_id, 'open', '', f.stage, @user, null, @at, null from case_file f where f.id = @case
            """, 1,
            ("step", step), ("case", id), ("user", Actor.UserId), ("at", instant)));
        Await(AuditStatement(step, at, null, organisationId, $"{procedure.Code}.open", subject, null, procedure.InitialStage));
        _audited = true;
    }

    internal void MoveCase(CaseView file, Transition move, long step, string? note, long? onBehalfOf, DateTimeOffset at)
    {
        long instant = InstantConverter.ToMicroseconds(at);
        Await(new GuardedStatement(MoveText, 1,
            [("to", move.To), ("step", step), ("at", instant), ("case", file.Id), ("seen", file.Version), .. Scope()]));
        Await(new GuardedStatement(StepText, 1,
            ("step", step), ("seen", file.Version), ("action", move.Action), ("from", move.From), ("to", move.To), ("user", Actor.UserId),
            ("behalf", (object?)onBehalfOf ?? TypedNull.Number), ("at", instant), ("note", note), ("case", file.Id)));
        Await(AuditStatement(step, at, onBehalfOf, file.OrganisationId, $"{file.Procedure.Code}.{move.Action}", file.Subject, file.Stage, move.To,
            "from case_file f where f.id = @case and f.version = @step", ("case", file.Id), ("step", step)));
        if (move.Tells is { } role)
        {
            Await(new GuardedStatement(NoticeText, 1,
                ("role", role), ("kind", $"{file.Procedure.Code}.{move.Action}"), ("at", instant), ("case", file.Id), ("step", step)));
        }

        _audited = true;
    }

    private (string Name, object? Value)[] Scope() =>
    [
        ("f0", From0), ("e0", End0), ("f1", From1), ("e1", End1), ("f2", From2), ("e2", End2), ("f3", From3), ("e3", End3),
    ];

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

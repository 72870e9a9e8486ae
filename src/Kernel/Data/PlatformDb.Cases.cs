using System.Data.Common;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Data;

/// <summary>
/// The door's hand-written SQL. Every text that finds or changes a case names the scope. The parts are the same on both engines:
/// SQLite runs them one after the other, PostgreSQL as one statement in which the case just written is called <c>f</c>.
/// </summary>
public sealed partial class PlatformDb
{
    // $1-$8 the four branches, $9 case, $10 step, $11 instant, $12 version seen, $13 from, $14 to, $15 action, $16 user,
    // $17 on behalf of, $18 organisation, $19 subject kind, $20 subject, $21 note, $22 procedure.action, $23 stage before, $24 digest,
    // then for a move $25 the role told, for an opening $25 procedure and $26 title.
    private const string InScope =
        "((o.path >= $1 and o.path < $2) or (o.path >= $3 and o.path < $4) or (o.path >= $5 and o.path < $6) or (o.path >= $7 and o.path < $8))";

    private const string ReadText =
        $"""
        select f.procedure, f.stage, f.version, f.organisation_id, o.path, f.subject_kind, f.subject_id, f.title, f.stage_since, f.id
        from case_file f join organisation o on o.id = f.organisation_id
        where {InScope} and f.id
        """;

    private const string ReadOneText = $"{ReadText} = $9";

    /// <summary>PostgreSQL takes the ids as an array, SQLite as JSON.</summary>
    private const string ReadManyOfServer = $"{ReadText} = any($9)";

    private const string ReadManyOfFile = $"{ReadText} in (select value from json_each($9))";

    private const string OpenText =
        $"""
        insert into case_file (id, procedure, stage, version, organisation_id, subject_kind, subject_id, title, opened_at, stage_since)
        select $9, $25, $14, $10, o.id, $19, $20, $26, $11, $11 from organisation o where o.id = $18 and {InScope}
        """;

    private const string MoveText =
        $"""
        update case_file set stage = $14, version = $10, stage_since = $11
        where id = $9 and version = $12
          and exists (select 1 from organisation o where o.id = case_file.organisation_id and {InScope})
        """;

    private const string StepText =
        """
        insert into case_step (id, case_id, follows, organisation_id, action, from_stage, to_stage, user_id, on_behalf_of, at, note)
        select $10, f.id, $12, f.organisation_id, $15, $13, $14, $16, $17, $11, $21
        """;

    private const string RecordText =
        """
        insert into audit_record (reference, at, user_id, on_behalf_of, organisation_id, action, subject_kind, subject_id, before, after, digest)
        select $10, $11, $16, $17, $18, $22, $19, $20, $23, $14, $24
        """;

    private const string NoticeText =
        "insert into notice (organisation_id, role, kind, case_id, title, at) select f.organisation_id, $25, $22, f.id, f.title, $11";

    /// <summary>The case as this very move left it: after a guard that failed there is none, and nothing follows.</summary>
    private const string FromWritten = " from case_file f where f.id = $9 and f.version = $10";

    private const string OpenTogether =
        $"with f as ({OpenText} returning id, organisation_id), step as ({StepText} from f), audit as ({RecordText} from f){GuardedStatement.OrRaise}";

    private const string MoveTogether =
        $"with f as ({MoveText} returning id, organisation_id), step as ({StepText} from f), audit as ({RecordText} from f){GuardedStatement.OrRaise}";

    private const string MoveAndTellTogether =
        $"""
        with f as ({MoveText} returning id, organisation_id, title), step as ({StepText} from f), audit as ({RecordText} from f),
        notice as ({NoticeText} from f){GuardedStatement.OrRaise}
        """;

    internal async Task<CaseView?> ReadCaseAsync(long id, Catalogue catalogue, CancellationToken cancel) =>
        (await Storage.ReadAsync(ReadOneText, [.. Scope(), id], row => View(row, catalogue), cancel)).FirstOrDefault();

    /// <summary>Those of the cases that the actor may see, in one read.</summary>
    internal Task<List<CaseView>> ReadCasesAsync(IEnumerable<long> ids, Catalogue catalogue, CancellationToken cancel) => Storage.Engine == Engine.Postgres
        ? Storage.ReadAsync(ReadManyOfServer, [.. Scope(), ids.ToArray()], row => View(row, catalogue), cancel)
        : Storage.ReadAsync(ReadManyOfFile, [.. Scope(), System.Text.Json.JsonSerializer.Serialize(ids)], row => View(row, catalogue), cancel);

    internal Task<bool> HasStepAsync(long caseId, string action, CancellationToken cancel) =>
        Set<CaseStep>().AnyAsync(step => step.CaseId == caseId && step.Action == action, cancel);

    internal void OpenCase(long id, long step, Procedure procedure, Subject subject, long organisationId, string title, DateTimeOffset at)
    {
        string kind = $"{procedure.Code}.open";
        object?[] values =
        [
            .. Scope(), id, step, InstantConverter.ToMicroseconds(at), 0L, "", procedure.InitialStage, "open", Actor.UserId, TypedNull.Number,
            organisationId, subject.Kind, subject.Id, null, kind, null,
            _digest.Of(step, at, Actor.UserId, null, organisationId, kind, subject.Kind, subject.Id, null, procedure.InitialStage),
            procedure.Code, title,
        ];
        AwaitCase(OpenTogether, values, OpenText, StepText + FromWritten, RecordText + FromWritten);
    }

    internal void MoveCase(CaseView file, Transition move, long step, string? note, long? onBehalfOf, DateTimeOffset at)
    {
        string kind = $"{file.Procedure.Code}.{move.Action}";
        object?[] values =
        [
            .. Scope(), file.Id, step, InstantConverter.ToMicroseconds(at), file.Version, file.Stage, move.To, move.Action, Actor.UserId,
            (object?)onBehalfOf ?? TypedNull.Number, file.OrganisationId, file.Subject.Kind, file.Subject.Id, note, kind, file.Stage,
            _digest.Of(step, at, Actor.UserId, onBehalfOf, file.OrganisationId, kind, file.Subject.Kind, file.Subject.Id, file.Stage, move.To),
        ];
        if (move.Tells is { } role)
        {
            AwaitCase(MoveAndTellTogether, [.. values, role], MoveText, StepText + FromWritten, RecordText + FromWritten, NoticeText + FromWritten);
        }
        else
        {
            AwaitCase(MoveTogether, values, MoveText, StepText + FromWritten, RecordText + FromWritten);
        }
    }

    private void AwaitCase(string together, object?[] values, params ReadOnlySpan<string> parts)
    {
        if (Storage.Engine == Engine.Postgres)
        {
            _pending.Add(new GuardedStatement(together, null, values));
        }
        else
        {
            foreach (string part in parts)
            {
                _pending.Add(new GuardedStatement(part, 1, values));
            }
        }

        _audited = true;
    }

    private string[] Scope() => [From0, End0, From1, End1, From2, End2, From3, End3];

    private static CaseView View(DbDataReader row, Catalogue catalogue) => new(
        row.GetInt64(9), catalogue.Procedure(row.GetString(0)), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4),
        new Subject(row.GetString(5), row.GetInt64(6)), row.GetString(7), InstantConverter.FromMicroseconds(row.GetInt64(8)));
}

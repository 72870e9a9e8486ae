using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// Questions and answers about a cell. They neither move the return nor change its version, so a question never takes a
/// figure out of its owner's hands. Written by the next save.
/// </summary>
internal sealed class QueryDesk(PlatformDb db, Ids ids, TimeProvider clock)
{
    private const int Longest = 2000;

    /// <exception cref="Refusal">
    /// <c>access.role</c>, <c>case.wrong-stage</c>: another level holds the return; <c>return.unknown-indicator</c>, <c>query.text</c>
    /// </exception>
    public async Task<CellQuery> AskAsync(ReturnFile file, string? indicator, string? question, CancellationToken cancel = default)
    {
        RequireHolder(file);
        Indicator about = file.Find(indicator) ?? throw new Refusal(CellJudge.UnknownIndicator, 422, indicator ?? "", file.Form.Name);
        string text = Text(question);
        var query = new CellQuery
        {
            Id = await ids.NextAsync(cancel),
            ReturnId = file.Return!.Id,
            IndicatorId = about.Id,
            OrganisationId = file.Organisation.Id,
            Question = text,
            AskedBy = db.Actor.UserId,
            AskedAt = clock.Instant(),
        };
        db.Add(query);
        db.Audit("query.ask", new Subject(CellQuery.SubjectKind, query.Id), file.Organisation.Id, query.Id, null, $"{about.Code}: {text}");
        return query;
    }

    /// <exception cref="Refusal"><c>access.role</c>, <c>request.not-found</c>, <c>query.answered</c>, <c>query.text</c></exception>
    public async Task<CellQuery> AnswerAsync(ReturnFile file, long id, string? answer, CancellationToken cancel = default)
    {
        _ = CellOwner.Of(db, file.Organisation);
        long begun = file.Return?.Id ?? 0;
        CellQuery query = await db.Set<CellQuery>().FirstOrDefaultAsync(
            row => row.Id == id && row.ReturnId == begun && row.OrganisationId == file.Organisation.Id, cancel) ?? throw Refusal.NotFound();
        if (query.Answer is not null)
        {
            throw new Refusal("query.answered");
        }

        query.Answer = Text(answer);
        query.AnsweredBy = db.Actor.UserId;
        query.AnsweredAt = clock.Instant();
        db.Audit("query.answer", new Subject(CellQuery.SubjectKind, query.Id), file.Organisation.Id, await ids.NextAsync(cancel), query.Question, query.Answer);
        return query;
    }

    /// <summary>True when the actor's level holds the return now.</summary>
    public bool Holds(ReturnFile file) =>
        file.Case is { } open && open.Procedure.From(open.Stage).Any(move => IsLevel(move) && !move.GoesBack && May(move, file));

    private void RequireHolder(ReturnFile file)
    {
        if (Holds(file))
        {
            return;
        }

        IEnumerable<Procedure> known = file.Case is { } open ? [open.Procedure] : [ReturnProcedure.Return, ReturnProcedure.ReturnDirect];
        throw known.SelectMany(procedure => procedure.Transitions).Any(move => IsLevel(move) && May(move, file))
            ? new Refusal("case.wrong-stage", 422, file.Stage, "query")
            : Refusal.Role();
    }

    private bool May(Transition move, ReturnFile file) => db.Actor.May(move.Role, move.Seat, file.Organisation.Path) is not null;

    private static bool IsLevel(Transition move) => !move.Automatic && move.Seat == Seat.Above;

    private static string Text(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > Longest ? throw new Refusal("query.text", 422, Longest) : text.Trim();
}

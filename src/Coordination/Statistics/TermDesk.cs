using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>A question as its unit and the statisticians see it.</summary>
internal sealed record TermLine(long Id, string Indicator, string Organisation, string Question, DateTimeOffset AskedAt, string? Answer, DateTimeOffset? AnsweredAt, long Version);

/// <summary>An indicator's meaning with what has been answered about it.</summary>
internal sealed record TermView(
    string Code, string Name, string Unit, int Decimals, string Explanation, IReadOnlyList<TermNoteLine> Notes, IReadOnlyList<TermLine> Questions);

/// <summary>A published answer.</summary>
internal sealed record TermNoteLine(string Question, string Answer, DateTimeOffset PublishedAt);

/// <summary>Questions on the meaning of an indicator. Written by the next save.</summary>
internal sealed class TermDesk(PlatformDb db, CaseDesk desk, Ids ids, Words words, TimeProvider clock)
{
    private const int MostQuestions = 100;

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>term.text</c></exception>
    public async Task<TermQuestion> AskAsync(string? indicator, Organisation unit, string? text, CancellationToken cancel = default)
    {
        CellOwner owner = CellOwner.Of(db, unit);
        Indicator about = await db.Set<Indicator>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == indicator, cancel) ?? throw Refusal.NotFound();
        var question = new TermQuestion
        {
            Id = await ids.NextAsync(cancel),
            IndicatorId = about.Id,
            OrganisationId = owner.Organisation.Id,
            Question = Text(text),
            AskedBy = db.Actor.UserId,
            AskedAt = clock.Instant(),
        };
        CaseView opened = await desk.OpenAsync(TermProcedure.Question, new Subject(TermQuestion.SubjectKind, question.Id), unit.Id, unit.Path,
            words.Say("term.title", about.Name), cancel);
        question.CaseId = opened.Id;
        db.Add(question);
        await desk.MoveAsync(opened, opened.Version, TermProcedure.Ask, question.Question, cancel);
        return question;
    }

    /// <param name="publish">Tells the answer to everybody, without who asked.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>term.text</c>, and those of <see cref="CaseDesk.MoveAsync"/></exception>
    public async Task<CaseView> AnswerAsync(long id, long seen, string? text, bool publish, CancellationToken cancel = default)
    {
        TermQuestion question = await db.Set<TermQuestion>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        string answer = Text(text);
        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(question.CaseId, cancel), seen, TermProcedure.Answer, answer, cancel);
        question.Answer = answer;
        question.AnsweredBy = db.Actor.UserId;
        question.AnsweredAt = clock.Instant();
        if (publish)
        {
            var note = new TermNote
            {
                Id = await ids.NextAsync(cancel),
                IndicatorId = question.IndicatorId,
                Question = question.Question,
                Answer = answer,
                PublishedAt = clock.Instant(),
            };
            db.Add(note);
            db.Audit("term.publish", new Subject("term-note", note.Id), 0, note.Id, null, $"{question.Question}: {answer}");
        }

        return moved;
    }

    /// <summary>What an indicator means, what was answered about it, and the questions within the actor's scope.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<TermView> ReadAsync(string? indicator, CancellationToken cancel = default)
    {
        Indicator about = await db.Set<Indicator>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == indicator, cancel) ?? throw Refusal.NotFound();
        List<TermNoteLine> notes = await db.Set<TermNote>().Where(row => row.IndicatorId == about.Id).OrderByDescending(row => row.Id)
            .Take(MostQuestions).Select(row => new TermNoteLine(row.Question, row.Answer, row.PublishedAt)).ToListAsync(cancel);
        return new TermView(about.Code, about.Name, about.Unit, about.Decimals, about.Explanation, notes,
            [.. (await Lines(db.Set<TermQuestion>().Where(row => row.IndicatorId == about.Id).OrderByDescending(row => row.Id)).ToListAsync(cancel)).OrderByDescending(row => row.Id)]);
    }

    /// <summary>Questions within the actor's scope that wait for an answer, oldest first.</summary>
    public async Task<List<TermLine>> OpenAsync(CancellationToken cancel = default) =>
        [.. (await Lines(db.Set<TermQuestion>().Where(row => row.Answer == null).OrderBy(row => row.Id)).ToListAsync(cancel)).OrderBy(row => row.Id)];

    private IQueryable<TermLine> Lines(IOrderedQueryable<TermQuestion> rows) =>
        from question in rows.AsNoTracking().Take(MostQuestions)
        join indicator in db.Set<Indicator>() on question.IndicatorId equals indicator.Id
        join unit in db.Set<Organisation>() on question.OrganisationId equals unit.Id
        join open in db.Set<Case>() on question.CaseId equals open.Id
        select new TermLine(question.Id, indicator.Code, unit.Name, question.Question, question.AskedAt, question.Answer, question.AnsweredAt, open.Version);

    private static string Text(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > TermQuestion.Longest ? throw new Refusal("term.text", 422, TermQuestion.Longest) : text.Trim();
}

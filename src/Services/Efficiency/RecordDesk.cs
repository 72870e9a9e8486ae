using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Cases;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Efficiency;

/// <summary>A question on a record as its person and the head see it.</summary>
internal sealed record QuestionView(RecordQuestion Question, string Person, string Stage, long Version, string? Answer);

/// <summary>Corrections of a person's record, and the figures that a head confirms for the unit's reporter. Written by the next save.</summary>
internal sealed class RecordDesk(PlatformDb db, CaseDesk desk, EfficiencyReading reading, StepReading steps, Ids ids, TimeProvider clock)
{
    private const int Most = 100;

    /// <param name="service">A case that the person keeps.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>efficiency.reason</c>, <c>efficiency.not-own</c>, <c>efficiency.asked</c></exception>
    public async Task<RecordQuestion> AskAsync(long service, string? reason, CancellationToken cancel = default)
    {
        ServiceCase found = await (await CaseSight.OwnAsync(db, cancel)).FirstOrDefaultAsync(row => row.Id == service, cancel) ?? throw Refusal.NotFound();
        if (found.Keeper != db.Actor.UserId)
        {
            throw new Refusal("efficiency.not-own");
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > RecordQuestion.LongestText)
        {
            throw new Refusal("efficiency.reason", 422, RecordQuestion.LongestText);
        }

        if (await db.Set<RecordQuestion>().AnyAsync(row => row.UserId == db.Actor.UserId && row.ServiceCaseId == service, cancel))
        {
            throw new Refusal("efficiency.asked", 422, FileCase.NumberOf(found));
        }

        Grant seat = await SeatAsync(found, cancel);
        var question = new RecordQuestion
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = seat.OrganisationId,
            UserId = db.Actor.UserId,
            ServiceCaseId = service,
            Number = FileCase.NumberOf(found),
            Reason = reason.Trim(),
        };
        CaseView drafted = await desk.OpenAsync(RecordProcedure.Table, new Subject(RecordQuestion.SubjectKind, question.Id), seat.OrganisationId, seat.Path, $"{question.Number} {db.Actor.DisplayName}", cancel);
        question.CaseId = drafted.Id;
        string action = seat.Role switch { CasesModule.Clerk => RecordProcedure.AskAsClerk, CasesModule.Examiner => RecordProcedure.AskAsExaminer, _ => RecordProcedure.AskAsHead };
        await desk.MoveAsync(drafted, drafted.Version, action, question.Reason, cancel);
        db.Add(question);
        return question;
    }

    /// <param name="seen">The version last read.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>efficiency.own-record</c></exception>
    public async Task<CaseView> AnswerAsync(long id, long seen, bool upheld, string? note, CancellationToken cancel = default)
    {
        RecordQuestion question = await db.Set<RecordQuestion>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        string? asked = (await steps.OfAsync([question.CaseId], question.OrganisationId, cancel)).FirstOrDefault(step => step.Action != "open")?.Action;
        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(question.CaseId, cancel), seen, RecordProcedure.AnswerTo(asked, upheld), note, cancel);
        if (question.UserId == db.Actor.UserId)
        {
            throw new Refusal("efficiency.own-record");
        }

        question.Upheld = upheld;
        return moved;
    }

    /// <summary>The seat from which the person keeps the case: at the hall of its window, else at the department, else at a hall.</summary>
    private async Task<Grant> SeatAsync(ServiceCase service, CancellationToken cancel)
    {
        long hall = service.WindowId is { } window ? await db.Set<HallWindow>().Where(row => row.Id == window).Select(row => row.HallId).FirstAsync(cancel) : 0;
        long[] seats = [.. db.Actor.Grants.Where(grant => CasesModule.Staff.Contains(grant.Role)).Select(grant => grant.OrganisationId)];
        long[] halls = await db.Set<Organisation>().Where(row => seats.Contains(row.Id) && row.Kind == OrganisationKind.Institution).Select(row => row.Id).ToArrayAsync(cancel);
        // A case is kept as a clerk; who is none any more asks in the role that is left.
        return db.Actor.Grants.Where(grant => CasesModule.Staff.Contains(grant.Role))
            .OrderBy(grant => grant.OrganisationId == hall ? 0 : grant.OrganisationId == service.DepartmentId ? 1 : halls.Contains(grant.OrganisationId) ? 2 : 3)
            .ThenBy(grant => grant.Role == CasesModule.Clerk ? 0 : 1).FirstOrDefault() ?? throw Refusal.Role();
    }

    /// <summary>The actor's own questions, and for a head those of the same hall or department; newest first.</summary>
    public async Task<IReadOnlyList<QuestionView>> QuestionsAsync(CancellationToken cancel = default)
    {
        long user = db.Actor.UserId;
        long[] own = [.. db.Actor.Grants.Where(grant => grant.Role == CasesModule.Head).Select(grant => grant.OrganisationId)];
        var found = await (
            from question in db.Set<RecordQuestion>().AsNoTracking()
            join file in db.Set<Case>() on question.CaseId equals file.Id
            join person in db.Set<User>() on question.UserId equals person.Id
            where question.UserId == user || own.Contains(question.OrganisationId)
            orderby question.Id descending
            select new { question, person.DisplayName, file.Stage, file.Version }).Take(Most).ToListAsync(cancel);
        var answers = new Dictionary<long, string?>();
        foreach (var unit in found.GroupBy(row => row.question.OrganisationId))
        {
            foreach (StepLine step in await steps.OfAsync([.. unit.Select(row => row.question.CaseId)], unit.Key, cancel))
            {
                answers[step.Id] = step.Note;
            }
        }

        return [.. found.Select(row => new QuestionView(row.question, row.DisplayName, row.Stage, row.Version, row.Stage == RecordProcedure.Asked ? null : answers.GetValueOrDefault(row.Version)))];
    }

    /// <summary>The head confirms the quarter's figures; the unit's reporter returns them through the three levels.</summary>
    /// <exception cref="Refusal"><c>access.role</c>, <c>efficiency.period</c>, <c>efficiency.nothing</c></exception>
    public async Task<EfficiencySheet> ConfirmAsync(Period period, CancellationToken cancel = default)
    {
        Grant head = db.Actor.Grants.FirstOrDefault(grant => grant.Role == CasesModule.Head) ?? throw Refusal.Role();
        if (period.Kind != PeriodKind.Quarter || period.LastDay >= clock.Today())
        {
            throw new Refusal("efficiency.period", 422, period.ToString());
        }

        Organisation unit = await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.Id == head.OrganisationId, cancel);
        bool hall = unit.Kind == OrganisationKind.Institution;
        FigureLine line = FigureLine.Of(unit.Code, unit.Name, [.. (await reading.FactsAsync(EfficiencyReading.ByDepartment, period, cancel)).Where(fact => hall || fact.Group == unit.Code)]);
        if (line.Due == 0)
        {
            throw new Refusal("efficiency.nothing", 422, period.ToString());
        }

        int revision = await db.Set<EfficiencySheet>().Where(row => row.OrganisationId == unit.Id && row.Period == period).MaxAsync(row => (int?)row.Revision, cancel) ?? 0;
        var sheet = new EfficiencySheet
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = unit.Id,
            Period = period,
            Revision = revision + 1,
            Due = line.Due,
            InPromise = line.InPromise,
            Late = line.Late,
            NetTenths = line.NetTenths,
            Rated = line.Rated,
            Satisfied = line.Satisfied,
            Corrected = line.Corrected,
            ConfirmedBy = db.Actor.UserId,
            ConfirmedAt = clock.Instant(),
        };
        db.Add(sheet);
        db.Audit("efficiency.confirm", new Subject("efficiency-sheet", sheet.Id), unit.Id, sheet.Id, null, $"{period} {line.InPromise}/{line.Due}");
        return sheet;
    }

    /// <summary>The newest confirmed figures of each quarter of the units where the actor sits.</summary>
    public async Task<IReadOnlyList<EfficiencySheet>> SheetsAsync(CancellationToken cancel = default)
    {
        long[] own = [.. db.Actor.Grants.Select(grant => grant.OrganisationId).Distinct()];
        return [.. (await db.Set<EfficiencySheet>().AsNoTracking().Where(row => own.Contains(row.OrganisationId)).ToListAsync(cancel))
            .GroupBy(row => (row.OrganisationId, row.Period)).Select(group => group.MaxBy(row => row.Revision)!).OrderByDescending(row => row.Period).Take(Most)];
    }
}

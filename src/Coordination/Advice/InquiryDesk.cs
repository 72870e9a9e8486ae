using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice;

/// <summary>Assigns experts, hands their opinions over and takes the unit's answers. Written by the next save.</summary>
internal sealed class InquiryDesk(PlatformDb db, CaseDesk desk, CalendarBook calendars, Recusal recusal, Ids ids, TimeProvider clock)
{
    private const int MostExperts = 15;
    private const int MostWorkdays = 120;
    private const int UsualWorkdays = 10;

    /// <summary>The office asks experts, each at most once in a round. Where the day has gone by it sets a new one, for those too who have not spoken.</summary>
    /// <param name="seen">The version of the case last read.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>advice.experts</c>, <c>advice.workdays</c>, <c>advice.term</c>, <c>advice.recused</c></exception>
    public async Task<CaseView> AssignAsync(long id, long seen, IReadOnlyCollection<long>? experts, int? workdays, CancellationToken cancel = default)
    {
        (Inquiry kept, CaseView file) = await FindAsync(id, cancel);
        CaseView moved = await desk.MoveAsync(file, seen, InquiryProcedure.Assign, null, cancel);
        long[] wanted = [.. (experts ?? []).Distinct()];
        List<Expert> found = await db.Set<Expert>().AsNoTracking().Where(row => wanted.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel);
        List<Assignment> before = await db.Set<Assignment>().Where(row => row.InquiryId == id && row.Round == kept.Round).ToListAsync(cancel);
        if (wanted.Length == 0 || found.Count != wanted.Length || before.Count + wanted.Length > MostExperts || before.Exists(row => wanted.Contains(row.ExpertId)))
        {
            throw new Refusal("advice.experts", 422, MostExperts);
        }

        int days = workdays is null or (> 0 and <= MostWorkdays) ? workdays ?? UsualWorkdays : throw new Refusal("advice.workdays", 422, MostWorkdays);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        if (kept.DueOn is null || kept.DueOn < clock.Today())
        {
            kept.DueOn = calendar.AddWorkdays(clock.Today(), days).DueOn;
            foreach (Assignment silent in before.Where(row => row is { GivenAt: null, Ended: false }))
            {
                (silent.DueOn, silent.RemindedFor, silent.Version) = (kept.DueOn.Value, Heard(kept.DueOn.Value, calendar), await ids.NextAsync(cancel));
                Tell(silent, kept.CaseId, InquiryProcedure.ToldLater);
            }
        }

        kept.Version = await ids.NextAsync(cancel);
        List<InquiryParty> parties = await db.Set<InquiryParty>().AsNoTracking().Where(row => row.InquiryId == id).ToListAsync(cancel);
        long[] concerned = [kept.OrganisationId, .. parties.Select(row => row.PartyId)];
        List<InquiryQuestion> questions = await db.Set<InquiryQuestion>().AsNoTracking().Where(row => row.InquiryId == id).OrderBy(row => row.Ordinal).ToListAsync(cancel);
        string unit = await db.Set<Organisation>().Where(row => row.Id == kept.OrganisationId).Select(row => row.Name).FirstAsync(cancel);
        foreach (Expert expert in found)
        {
            await recusal.RequireAsync(expert, concerned, cancel);
            var made = new Assignment
            {
                Id = await ids.NextAsync(cancel),
                OrganisationId = expert.OrganisationId,
                InquiryId = id,
                ExpertId = expert.Id,
                Round = kept.Round,
                UserId = expert.UserId,
                Title = kept.Title,
                Text = kept.Text,
                UnitName = unit,
                ConcernedIds = string.Join(' ', concerned.Select(one => one.ToString(CultureInfo.InvariantCulture))),
                DueOn = kept.DueOn.Value,
                RemindedFor = Heard(kept.DueOn.Value, calendar),
            };
            made.Version = made.Id;
            db.Add(made);
            Tell(made, kept.CaseId, InquiryProcedure.ToldAsked);
            db.AddRange(questions.Select(one => new AssignedQuestion { AssignmentId = made.Id, Ordinal = one.Ordinal, OrganisationId = expert.OrganisationId, Question = one.Text }));
        }

        return moved;
    }

    /// <summary>Another move: returned, opinions handed over to the unit, closed, dropped.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>advice.opinions-open</c>, <c>advice.unanswered</c></exception>
    public async Task<CaseView> MoveAsync(long id, long seen, string? action, string? note, CancellationToken cancel = default)
    {
        (Inquiry kept, CaseView file) = await FindAsync(id, cancel);
        if (action == InquiryProcedure.Assign)
        {
            throw new Refusal("advice.experts", 422, MostExperts);
        }

        CaseView moved = await desk.MoveAsync(file, seen, action ?? "", string.IsNullOrWhiteSpace(note) ? null : ExpertBook.Text(note, Inquiry.LongestText), cancel);
        kept.Version = await ids.NextAsync(cancel);
        if (action == InquiryProcedure.HandOver)
        {
            await HandOverAsync(kept, cancel);
        }
        else if (action == InquiryProcedure.Return && file.Stage == InquiryProcedure.Open)
        {
            await TakeBackAsync(kept, cancel);
        }
        else if (action == InquiryProcedure.Close && await db.Set<AdviceOpinion>().CountAsync(row => row.InquiryId == id && row.Outcome == "", cancel) is > 0 and var open)
        {
            throw new Refusal("advice.unanswered", 422, open);
        }

        return moved;
    }

    /// <summary>What the unit makes of one opinion.</summary>
    /// <param name="seen">The opinion's version last read.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c>, <c>case.wrong-stage</c>, <c>advice.outcome</c>, <c>advice.reason-missing</c></exception>
    public async Task<AdviceOpinion> AnswerAsync(long id, long opinion, string? outcome, string? answer, long seen, CancellationToken cancel = default)
    {
        (Inquiry kept, CaseView file) = await FindAsync(id, cancel);
        AdviceOpinion said = await db.Set<AdviceOpinion>().FirstOrDefaultAsync(row => row.Id == opinion && row.InquiryId == id, cancel) ?? throw Refusal.NotFound();
        if (db.Actor.May(AdviceModule.Unit, Seat.Own, file.OrganisationPath) is null)
        {
            throw Refusal.Role();
        }

        if (file.Stage != InquiryProcedure.Answering)
        {
            throw new Refusal("case.wrong-stage", 422, file.Stage, InquiryProcedure.Close);
        }

        if (said.Version != seen)
        {
            throw Refusal.Stale();
        }

        string before = said.Outcome;
        said.Outcome = outcome is not null && AdviceOpinion.Outcomes.Contains(outcome) ? outcome : throw new Refusal("advice.outcome", 422, outcome ?? "");
        said.Answer = string.IsNullOrWhiteSpace(answer) ? outcome == "adopted" ? "" : throw new Refusal("advice.reason-missing") : ExpertBook.Text(answer, Inquiry.LongestText);
        said.Version = await ids.NextAsync(cancel);
        db.Audit("advice.answer", new Subject(Inquiry.SubjectKind, id), kept.OrganisationId, said.Version, before, $"{outcome} {said.Answer}");
        return said;
    }

    /// <summary>The experts answer it no more; what the unit writes anew is asked in a round of its own.</summary>
    private async Task TakeBackAsync(Inquiry kept, CancellationToken cancel)
    {
        foreach (Assignment asked in await db.Set<Assignment>().Where(row => row.InquiryId == kept.Id && !row.Ended).ToListAsync(cancel))
        {
            (asked.Ended, asked.Version) = (true, await ids.NextAsync(cancel));
            TellOver(asked, kept.CaseId);
        }

        (kept.Round, kept.DueOn) = (kept.Round + 1, null);
    }

    private async Task HandOverAsync(Inquiry kept, CancellationToken cancel)
    {
        List<Assignment> assignments = await db.Set<Assignment>().Where(row => row.InquiryId == kept.Id && row.Round == kept.Round).OrderBy(row => row.Id).ToListAsync(cancel);
        int given = assignments.Count(row => row.GivenAt is not null);
        if (given == 0 || (given < assignments.Count && clock.Today() <= kept.DueOn))
        {
            throw new Refusal("advice.opinions-open", 422, assignments.Count - given, kept.DueOn ?? clock.Today());
        }

        long[] experts = [.. assignments.Select(row => row.ExpertId)];
        Dictionary<long, Expert> names = await db.Set<Expert>().AsNoTracking().Where(row => experts.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancel);
        long[] all = [.. assignments.Where(row => row.GivenAt is not null).Select(row => row.Id)];
        ILookup<long, AssignedQuestion> said = (await db.Set<AssignedQuestion>().AsNoTracking().Where(row => all.Contains(row.AssignmentId)).ToListAsync(cancel)).ToLookup(row => row.AssignmentId);
        foreach (Assignment assignment in assignments)
        {
            assignment.Ended = true;
            TellOver(assignment, kept.CaseId);
            foreach (AssignedQuestion one in said[assignment.Id].OrderBy(one => one.Ordinal))
            {
                long opinion = await ids.NextAsync(cancel);
                db.Add(new AdviceOpinion
                {
                    Id = opinion,
                    InquiryId = kept.Id,
                    Ordinal = one.Ordinal,
                    OrganisationId = kept.OrganisationId,
                    ExpertName = names[assignment.ExpertId].Name,
                    Employer = names[assignment.ExpertId].Employer,
                    Text = one.Opinion,
                    Version = opinion,
                });
            }
        }

        kept.AnswerDueOn = (await calendars.CurrentAsync(cancel)).AddWorkdays(clock.Today(), UsualWorkdays).DueOn;
    }

    /// <summary>The expert hears of it himself: the office's case is not his to see.</summary>
    private void Tell(Assignment asked, long caseId, string kind) =>
        db.Add(Notice.ToPerson(asked.UserId, asked.OrganisationId, kind, caseId, asked.Title, AdviceModule.Place("questions", asked.Id), clock.Instant()));

    /// <summary>A day so near that who is told of it now needs no reminder; null for a later one.</summary>
    private DateOnly? Heard(DateOnly due, WorkCalendar calendar) => due <= calendar.AddWorkdays(clock.Today(), OpinionReminder.NearWorkdays).DueOn ? due : null;

    private void TellOver(Assignment asked, long caseId)
    {
        if (asked.GivenAt is null)
        {
            Tell(asked, caseId, InquiryProcedure.ToldOver);
        }
    }

    private async Task<(Inquiry Inquiry, CaseView File)> FindAsync(long id, CancellationToken cancel)
    {
        Inquiry kept = await db.Set<Inquiry>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        return (kept, await desk.ReadAsync(kept.CaseId, cancel));
    }
}

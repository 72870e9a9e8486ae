using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>A problem as one of its parties, or somebody above one, reads it.</summary>
internal sealed record ProblemView(Problem Row, string Measure, string Stage, bool MayReply, bool MayAnswer, bool MayClose);

/// <summary>Raises, answers and closes problems, and is the only reader of their table. Each move is written by the next save.</summary>
internal sealed class ProblemDesk(PlatformDb db, Ids ids, CaseDesk desk, TimeProvider clock)
{
    public const string SubjectKind = "plan-problem";

    /// <summary>Characters of a problem, a reply or an answer.</summary>
    public const int LongestText = 1000;

    /// <summary>The problems that the actor may read, newest first: the scope filter on the parties decides.</summary>
    public async Task<IReadOnlyList<ProblemView>> ListAsync(long planId, long? measureId, CancellationToken cancel = default)
    {
        var rows = await (
            from problem in db.Set<Problem>().AsNoTracking()
            join measure in db.Set<Measure>() on problem.MeasureId equals measure.Id
            where measure.PlanId == planId && (measureId == null || measure.Id == measureId)
                && db.Set<ProblemParty>().Any(party => party.ProblemId == problem.Id)
            orderby problem.Id descending
            select new { problem, measure.Code }).Take(100).ToListAsync(cancel);
        long[] ids = [.. rows.Select(row => row.problem.Id)];
        ILookup<long, ProblemParty> parties = (await db.Set<ProblemParty>().AsNoTracking().Where(row => ids.Contains(row.ProblemId)).ToListAsync(cancel))
            .ToLookup(row => row.ProblemId);
        return
        [
            .. rows.Select(row => new ProblemView(row.problem, row.Code, Stage(row.problem),
                row.problem.ClosedOn is null && row.problem.Answer is null && parties[row.problem.Id].Any(party => party.Asked && IsLiaisonOf(party.OrganisationId)),
                row.problem.ClosedOn is null && row.problem.Answer is null && db.Actor.Is(PlansModule.Office),
                row.problem.ClosedOn is null && row.problem.Answer is not null
                    && parties[row.problem.Id].Any(party => !party.Asked && IsLiaisonOf(party.OrganisationId)))),
        ];
    }

    /// <summary>A unit with a duty in the measure raises a problem. Who supports asks the lead unit, who leads asks the office alone.</summary>
    /// <exception cref="Refusal"><c>plan.problem-text</c>, <c>access.role</c></exception>
    public async Task<Problem> RaiseAsync(Measure measure, string? text, CancellationToken cancel = default)
    {
        RequireText(text);
        long[] units = Units();
        Duty duty = await db.Set<Duty>().AsNoTracking().Where(row => row.MeasureId == measure.Id && row.EndedOn == null && units.Contains(row.OrganisationId))
            .OrderBy(row => row.Id).FirstOrDefaultAsync(cancel) ?? throw Refusal.Role();
        Organisation unit = await db.Set<Organisation>().AsNoTracking().SingleAsync(row => row.Id == duty.OrganisationId, cancel);
        bool leads = unit.Id == measure.LeadId;
        long id = await ids.NextAsync(cancel);
        CaseView file = await desk.OpenAsync(
            ProblemProcedure.Table, new Subject(SubjectKind, id), unit.Id, unit.Path, $"{measure.Code} {measure.Title}", cancel);
        var problem = new Problem
        {
            Id = id,
            MeasureId = measure.Id,
            CaseId = file.Id,
            Text = text!.Trim(),
            RaisedByName = unit.Name,
            AskedName = leads ? "" : measure.LeadName,
            At = clock.Instant(),
            Version = file.Version,
        };
        db.Add(problem);
        db.Add(new ProblemParty { ProblemId = id, OrganisationId = unit.Id });
        if (!leads)
        {
            db.Add(new ProblemParty { ProblemId = id, OrganisationId = measure.LeadId, Asked = true });
        }

        return problem;
    }

    /// <summary>The asked unit says what it can do.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>plan.problem-text</c>, <c>plan.problem-answered</c>, <c>request.stale</c>, <c>access.role</c></exception>
    public async Task<Problem> ReplyAsync(long id, string? text, long seen, CancellationToken cancel = default)
    {
        Problem problem = await FindAsync(id, seen, cancel);
        RequireText(text);
        ProblemParty asked = await db.Set<ProblemParty>().AsNoTracking().FirstOrDefaultAsync(row => row.ProblemId == id && row.Asked, cancel) ?? throw Refusal.Role();
        if (!IsLiaisonOf(asked.OrganisationId))
        {
            throw Refusal.Role();
        }

        if (problem.Answer is not null)
        {
            throw new Refusal("plan.problem-answered");
        }

        string? before = problem.Reply;
        problem.Reply = text!.Trim();
        problem.RepliedAt = clock.Instant();
        problem.Version = await ids.NextAsync(cancel);
        db.Audit("plan.problem-reply", new Subject(SubjectKind, id), asked.OrganisationId, problem.Version, before, problem.Reply);
        return problem;
    }

    /// <summary>Moves the problem on.</summary>
    /// <param name="action"><c>answer</c> (the note is the answer), <c>close</c> or <c>reopen</c>.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>request.stale</c> and those of <see cref="CaseDesk.MoveAsync"/></exception>
    public async Task<Problem> MoveAsync(long id, string action, string? note, long seen, CancellationToken cancel = default)
    {
        Problem problem = await FindAsync(id, seen, cancel);
        // The asked unit reads the problem, not the case of the unit that raised it.
        CaseView file = await desk.ReadAsync(problem.CaseId, cancel);
        CaseView moved = await desk.MoveAsync(file, file.Version, action, note, cancel);
        switch (moved.Stage)
        {
            case ProblemProcedure.Answered:
                RequireText(note);
                problem.Answer = note!.Trim();
                problem.AnsweredAt = clock.Instant();
                break;
            case ProblemProcedure.Closed:
                problem.ClosedOn = clock.Today();
                break;
            default:
                problem.Answer = null;
                problem.AnsweredAt = null;
                break;
        }

        problem.Version = moved.Version;
        return problem;
    }

    /// <summary>Problems that a unit of the actor's is asked about and has not replied to.</summary>
    public async Task<IReadOnlyList<(Problem Problem, string Measure, string Plan)>> AskedAsync(CancellationToken cancel = default)
    {
        long[] units = Units();
        var rows = await (
            from party in db.Set<ProblemParty>().AsNoTracking()
            join problem in db.Set<Problem>() on party.ProblemId equals problem.Id
            join measure in db.Set<Measure>() on problem.MeasureId equals measure.Id
            join plan in db.Set<Plan>() on measure.PlanId equals plan.Id
            where party.Asked && units.Contains(party.OrganisationId) && problem.Reply == null && problem.Answer == null && problem.ClosedOn == null
            orderby problem.Id
            select new { problem, measure.Code, Plan = plan.Code }).Take(50).ToListAsync(cancel);
        return [.. rows.Select(row => (row.problem, row.Code, row.Plan))];
    }

    private async Task<Problem> FindAsync(long id, long seen, CancellationToken cancel)
    {
        Problem problem = await db.Set<Problem>()
            .FirstOrDefaultAsync(row => row.Id == id && db.Set<ProblemParty>().Any(party => party.ProblemId == row.Id), cancel) ?? throw Refusal.NotFound();
        return problem.Version == seen ? problem : throw Refusal.Stale();
    }

    public static string Stage(Problem problem) =>
        problem.ClosedOn is not null ? ProblemProcedure.Closed : problem.Answer is not null ? ProblemProcedure.Answered : ProblemProcedure.Raised;

    private long[] Units() => [.. db.Actor.Grants.Where(grant => grant.Role == PlansModule.Liaison).Select(grant => grant.OrganisationId).Distinct()];

    private bool IsLiaisonOf(long unit) => Units().Contains(unit);

    private static void RequireText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
        {
            throw new Refusal("plan.problem-text", 422, LongestText);
        }
    }
}

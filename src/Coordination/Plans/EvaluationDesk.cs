using System.Text.Json;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Drafts, consults on, submits and issues evaluations, and is the only reader of their table. Each step is written by the next save.</summary>
internal sealed class EvaluationDesk(PlatformDb db, Ids ids, CaseDesk desk, PlanElements elements, EvaluationCount count, Words words, TimeProvider clock)
{
    public const string SubjectKind = "plan-evaluation";

    /// <summary>Characters of the findings or the advice.</summary>
    public const int LongestText = 8000;

    /// <summary>Those that the actor may read, newest first: a draft is the office's and the approver's, the rest everybody's.</summary>
    public async Task<IReadOnlyList<Evaluation>> ListAsync(Plan plan, CancellationToken cancel = default)
    {
        bool drafts = await SeesDraftsAsync(plan, cancel);
        return await db.Set<Evaluation>().AsNoTracking().Where(row => row.PlanId == plan.Id && (drafts || row.ConsultedOn != null))
            .OrderByDescending(row => row.Id).ToListAsync(cancel);
    }

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<Evaluation> FindAsync(long id, CancellationToken cancel = default)
    {
        Evaluation found = await db.Set<Evaluation>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        Plan plan = await db.Set<Plan>().AsNoTracking().SingleAsync(row => row.Id == found.PlanId, cancel);
        return found.ConsultedOn is not null || await SeesDraftsAsync(plan, cancel) ? found : throw Refusal.NotFound();
    }

    public static EvaluationFigures FiguresOf(Evaluation evaluation) => JsonSerializer.Deserialize<EvaluationFigures>(evaluation.Figures, Json.Options)!;

    /// <summary>The opinions as a report prints them: all once it is issued, before that those that the actor may read.</summary>
    public async Task<IReadOnlyList<OpinionText>> PrintedAsync(Evaluation evaluation, CancellationToken cancel = default) =>
        evaluation.Opinions is { } published
            ? JsonSerializer.Deserialize<List<OpinionText>>(published, Json.Options)!
            : [.. (await OpinionsAsync(evaluation.Id, cancel)).Select(one => new OpinionText(one.UnitName, one.Text, one.Answer))];

    /// <summary>The opinions on it that the actor may read: its own unit's, or all from above.</summary>
    public async Task<IReadOnlyList<EvaluationOpinion>> OpinionsAsync(long id, CancellationToken cancel = default) =>
        await db.Set<EvaluationOpinion>().AsNoTracking().Where(row => row.EvaluationId == id).OrderBy(row => row.Id).ToListAsync(cancel);

    /// <summary>Counts the plan today and opens a draft.</summary>
    /// <exception cref="Refusal"><c>plan.evaluation</c>, <c>plan.evaluation-open</c>, <c>access.role</c></exception>
    public async Task<Evaluation> DraftAsync(Plan plan, string? kind, CancellationToken cancel = default)
    {
        Organisation city = await db.Set<Organisation>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == plan.CityId, cancel) ?? throw Refusal.Role();
        elements.RequireOffice(city.Path);
        if (kind is not (Evaluation.MidTerm or Evaluation.Final))
        {
            throw new Refusal("plan.evaluation");
        }

        if (await db.Set<Evaluation>().AnyAsync(row => row.PlanId == plan.Id && row.Kind == kind && row.IssuedOn == null, cancel))
        {
            throw new Refusal("plan.evaluation-open");
        }

        EvaluationFigures counted = await count.CountAsync(plan, cancel);
        long id = await ids.NextAsync(cancel);
        string title = words.Say($"evaluation.title-{kind}", plan.Name);
        CaseView file = await desk.OpenAsync(EvaluationProcedure.Table, new Subject(SubjectKind, id), city.Id, city.Path, title, cancel);
        var made = new Evaluation
        {
            Id = id,
            PlanId = plan.Id,
            Kind = kind,
            Title = title,
            CountedTo = clock.Today(),
            Figures = JsonSerializer.Serialize(counted, Json.Options),
            Findings = count.Findings(counted),
            CaseId = file.Id,
            Version = file.Version,
        };
        db.Add(made);
        return made;
    }

    /// <summary>Writes the findings and the advice; while it is a draft the plan may be counted anew.</summary>
    /// <exception cref="Refusal"><c>plan.evaluation-text</c>, <c>case.wrong-stage</c>, <c>request.stale</c>, <c>access.role</c></exception>
    public async Task WriteAsync(Evaluation evaluation, string? findings, string? advice, bool recount, long seen, CancellationToken cancel = default)
    {
        Plan plan = await RequireOfficeAsync(evaluation, cancel);
        RequireVersion(evaluation.Version, seen);
        if (evaluation.Stage != EvaluationProcedure.Draft && (recount || evaluation.Stage != EvaluationProcedure.Consulting))
        {
            throw new Refusal("case.wrong-stage", 422, evaluation.Stage, "write");
        }

        if (string.IsNullOrWhiteSpace(findings) || findings.Length > LongestText || advice?.Length > LongestText)
        {
            throw new Refusal("plan.evaluation-text", 422, LongestText);
        }

        evaluation.Findings = findings.Trim();
        evaluation.Advice = advice?.Trim() ?? "";
        if (recount)
        {
            evaluation.Figures = JsonSerializer.Serialize(await count.CountAsync(plan, cancel), Json.Options);
            evaluation.CountedTo = clock.Today();
        }

        evaluation.Version = await ids.NextAsync(cancel);
        db.Audit("plan.evaluation", new Subject(SubjectKind, evaluation.Id), plan.CityId, evaluation.Version, null, evaluation.Title);
    }

    /// <summary>Moves it on or back.</summary>
    /// <param name="number">The document's number; demanded by <c>issue</c>.</param>
    /// <exception cref="Refusal"><c>plan.evaluation-unanswered</c>, <c>plan.evaluation-advice</c>, <c>plan.evaluation-number</c>, <c>request.stale</c>, and those of the door</exception>
    public async Task MoveAsync(Evaluation evaluation, string action, string? note, string? number, long seen, CancellationToken cancel = default)
    {
        RequireVersion(evaluation.Version, seen);
        CaseView file = await desk.ReadAsync(evaluation.CaseId, cancel);
        IReadOnlyList<EvaluationOpinion> opinions = await OpinionsAsync(evaluation.Id, cancel);
        RequireReady(evaluation, action, number, opinions);
        CaseView moved = await desk.MoveAsync(file, file.Version, action, note, cancel);
        if (moved.Stage == EvaluationProcedure.Issued)
        {
            evaluation.DocumentNumber = number!.Trim();
            evaluation.Opinions = JsonSerializer.Serialize(opinions.Select(one => new OpinionText(one.UnitName, one.Text, one.Answer)), Json.Options);
        }

        DateOnly today = clock.Today();
        evaluation.ConsultedOn = moved.Stage == EvaluationProcedure.Draft ? null : evaluation.ConsultedOn ?? today;
        evaluation.SubmittedOn = moved.Stage is EvaluationProcedure.Submitted or EvaluationProcedure.Issued ? evaluation.SubmittedOn ?? today : null;
        evaluation.IssuedOn = moved.Stage == EvaluationProcedure.Issued ? today : null;
        evaluation.Version = moved.Version;
    }

    private static void RequireReady(Evaluation evaluation, string action, string? number, IReadOnlyList<EvaluationOpinion> opinions)
    {
        if (action == "submit" && evaluation.Stage == EvaluationProcedure.Consulting)
        {
            if (evaluation.Advice.Length == 0)
            {
                throw new Refusal("plan.evaluation-advice");
            }

            if (opinions.Count(one => one.Answer is null) is > 0 and int open)
            {
                throw new Refusal("plan.evaluation-unanswered", 422, open);
            }
        }

        if (action == "issue" && evaluation.Stage == EvaluationProcedure.Submitted && string.IsNullOrWhiteSpace(number))
        {
            throw new Refusal("plan.evaluation-number");
        }
    }

    private async Task<Plan> RequireOfficeAsync(Evaluation evaluation, CancellationToken cancel)
    {
        Plan plan = await db.Set<Plan>().AsNoTracking().SingleAsync(row => row.Id == evaluation.PlanId, cancel);
        await elements.RequireOfficeAsync(plan.CityId, cancel);
        return plan;
    }

    private async Task<bool> SeesDraftsAsync(Plan plan, CancellationToken cancel) =>
        await db.Set<Organisation>().Where(row => row.Id == plan.CityId).Select(row => row.Path).FirstOrDefaultAsync(cancel) is { } path
        && (db.Actor.May(PlansModule.Office, Seat.At, path) is not null || db.Actor.May(PlansModule.Approver, Seat.At, path) is not null);

    private static void RequireVersion(long now, long seen)
    {
        if (now != seen)
        {
            throw Refusal.Stale();
        }
    }
}

using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Takes the opinions of the units on a draft evaluation and the office's answers. Written by the next save.</summary>
internal sealed class EvaluationOpinions(PlatformDb db, Ids ids, PlanElements elements, TimeProvider clock)
{
    public const int LongestText = 1000;

    /// <summary>The unit for which the actor may still speak: one with a part in the plan that has said nothing yet; null when there is none.</summary>
    public async Task<Organisation?> TurnAsync(Evaluation evaluation, CancellationToken cancel = default)
    {
        if (evaluation.Stage != EvaluationProcedure.Consulting)
        {
            return null;
        }

        long[] units = [.. db.Actor.Grants.Where(grant => grant.Role == PlansModule.Liaison).Select(grant => grant.OrganisationId)];
        return await db.Set<Organisation>().AsNoTracking().Where(unit => units.Contains(unit.Id)
            && db.Set<Duty>().Any(duty => duty.OrganisationId == unit.Id && duty.EndedOn == null
                && db.Set<Measure>().Any(measure => measure.Id == duty.MeasureId && measure.PlanId == evaluation.PlanId))
            && !db.Set<EvaluationOpinion>().Any(said => said.EvaluationId == evaluation.Id && said.OrganisationId == unit.Id))
            .OrderBy(unit => unit.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Says what a unit thinks of the draft, once.</summary>
    /// <exception cref="Refusal"><c>plan.opinion-text</c>, <c>case.wrong-stage</c>, <c>access.role</c></exception>
    public async Task<EvaluationOpinion> SayAsync(Evaluation evaluation, string? text, CancellationToken cancel = default)
    {
        if (evaluation.Stage != EvaluationProcedure.Consulting)
        {
            throw new Refusal("case.wrong-stage", 422, evaluation.Stage, "say");
        }

        Organisation unit = await TurnAsync(evaluation, cancel) ?? throw Refusal.Role();
        RequireText(text);
        long id = await ids.NextAsync(cancel);
        var said = new EvaluationOpinion
        {
            Id = id,
            EvaluationId = evaluation.Id,
            OrganisationId = unit.Id,
            UnitName = unit.Name,
            Text = text!.Trim(),
            At = clock.Instant(),
            UserId = db.Actor.UserId,
            Version = id,
        };
        db.Add(said);
        db.Audit("plan.opinion", new Subject("plan-opinion", id), unit.Id, id, null, said.Text);
        return said;
    }

    /// <summary>The office says what became of an opinion: adopted, or why not.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>plan.opinion-text</c>, <c>case.wrong-stage</c>, <c>request.stale</c>, <c>access.role</c></exception>
    public async Task<EvaluationOpinion> AnswerAsync(Evaluation evaluation, long opinion, string? answer, long seen, CancellationToken cancel = default)
    {
        long cityId = await db.Set<Plan>().Where(row => row.Id == evaluation.PlanId).Select(row => row.CityId).SingleAsync(cancel);
        await elements.RequireOfficeAsync(cityId, cancel);
        EvaluationOpinion said = await db.Set<EvaluationOpinion>().FirstOrDefaultAsync(row => row.Id == opinion && row.EvaluationId == evaluation.Id, cancel)
            ?? throw Refusal.NotFound();
        RequireText(answer);
        if (evaluation.Stage != EvaluationProcedure.Consulting)
        {
            throw new Refusal("case.wrong-stage", 422, evaluation.Stage, "answer");
        }

        if (said.Version != seen)
        {
            throw Refusal.Stale();
        }

        string? before = said.Answer;
        said.Answer = answer!.Trim();
        said.Version = await ids.NextAsync(cancel);
        db.Audit("plan.opinion-answer", new Subject("plan-opinion", said.Id), said.OrganisationId, said.Version, before, said.Answer);
        return said;
    }

    private static void RequireText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
        {
            throw new Refusal("plan.opinion-text", 422, LongestText);
        }
    }
}

using Lodestone.Coordination.Plans;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice;

/// <summary>What the office makes of a proposal.</summary>
/// <param name="Plan">When adopted: code of the plan.</param>
/// <param name="Measure">When adopted: code of its measure.</param>
/// <param name="Indicator">When adopted: code of the indicator that will show the effect; may be left out.</param>
internal sealed record ProposalDecision(string? Outcome, string? Reason, string? Plan, string? Measure, string? Indicator);

/// <summary>Opens and moves studies, keeps their proposals and what became of them. Written by the next save.</summary>
internal sealed class StudyDesk(PlatformDb db, OrganisationTree tree, CaseDesk desk, Ids ids, TimeProvider clock)
{
    private const int MostProposals = 20;

    /// <summary>An expert of the committee or the office proposes a topic.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>advice.committee</c>, <c>advice.text</c></exception>
    public async Task<Study> ProposeAsync(string? committee, string? title, string? text, CancellationToken cancel = default)
    {
        Organisation found = await tree.FindAsync(committee, cancel);
        if (db.Actor.May(AdviceModule.Expert, Seat.Own, found.Path) is null && db.Actor.May(AdviceModule.Office, Seat.At, found.Path) is null)
        {
            throw Refusal.Role();
        }

        if (found.Kind != OrganisationKind.Committee)
        {
            throw new Refusal("advice.committee", 422, found.Name);
        }

        var made = new Study { Id = await ids.NextAsync(cancel), OrganisationId = found.Id, Title = ExpertBook.Text(title, Inquiry.LongestTitle), Text = ExpertBook.Text(text, Inquiry.LongestText) };
        made.CaseId = (await desk.OpenAsync(StudyProcedure.Table, new Subject(Study.SubjectKind, made.Id), found.Id, found.Path, made.Title, cancel)).Id;
        db.Add(made);
        return made;
    }

    /// <param name="seen">The version of the case last read.</param>
    /// <param name="evidence">With the report: the stored report of the committee.</param>
    /// <param name="proposals">With the report: the measures that it proposes.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>advice.report</c>, <c>advice.text</c>, <c>advice.undecided</c></exception>
    public async Task<CaseView> MoveAsync(long id, long seen, string? action, string? note, long? evidence, IReadOnlyList<string>? proposals, CancellationToken cancel = default)
    {
        Study kept = await db.Set<Study>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(kept.CaseId, cancel), seen, action ?? "",
            string.IsNullOrWhiteSpace(note) ? null : ExpertBook.Text(note, Inquiry.LongestText), cancel);
        if (action == StudyProcedure.Report)
        {
            string[] texts = [.. (proposals ?? []).Where(one => !string.IsNullOrWhiteSpace(one)).Select(one => ExpertBook.Text(one, Inquiry.LongestText, nameof(proposals)))];
            bool stored = evidence is { } file && (db.Set<EvidenceFile>().Local.Any(row => row.Id == file && row.OrganisationId == kept.OrganisationId)
                || await db.Set<EvidenceFile>().AnyAsync(row => row.Id == file && row.OrganisationId == kept.OrganisationId, cancel));
            if (!stored || texts.Length is 0 or > MostProposals)
            {
                throw new Refusal("advice.report", 422, MostProposals);
            }

            kept.EvidenceId = evidence;
            // A report that comes again replaces what nobody has decided yet.
            db.RemoveRange(await db.Set<Proposal>().Where(row => row.StudyId == id && row.Outcome == "").ToListAsync(cancel));
            foreach (string text in texts)
            {
                long proposal = await ids.NextAsync(cancel);
                db.Add(new Proposal { Id = proposal, StudyId = id, OrganisationId = kept.OrganisationId, Text = text, Version = proposal });
            }
        }
        else if (action == StudyProcedure.Close && await db.Set<Proposal>().CountAsync(row => row.StudyId == id && row.Outcome == "", cancel) is > 0 and var open)
        {
            throw new Refusal("advice.undecided", 422, open);
        }

        return moved;
    }

    /// <summary>A proposal is adopted and carried out by a measure of a plan, or refused with a reason.</summary>
    /// <param name="seen">The proposal's version last read.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c>, <c>case.wrong-stage</c>, <c>advice.outcome</c>, <c>advice.reason-missing</c>,
    /// <c>advice.measure</c>, <c>advice.indicator</c>
    /// </exception>
    public async Task<Proposal> DecideAsync(long id, long proposal, ProposalDecision asked, long seen, CancellationToken cancel = default)
    {
        Study study = await db.Set<Study>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(study.CaseId, cancel);
        Proposal kept = await db.Set<Proposal>().FirstOrDefaultAsync(row => row.Id == proposal && row.StudyId == id, cancel) ?? throw Refusal.NotFound();
        if (db.Actor.May(AdviceModule.Office, Seat.At, file.OrganisationPath) is null)
        {
            throw Refusal.Role();
        }

        if (file.Stage != StudyProcedure.Reported)
        {
            throw new Refusal("case.wrong-stage", 422, file.Stage, StudyProcedure.Close);
        }

        if (kept.Version != seen)
        {
            throw Refusal.Stale();
        }

        string before = kept.Outcome;
        kept.Outcome = asked.Outcome is Proposal.Adopted or Proposal.Refused ? asked.Outcome : throw new Refusal("advice.outcome", 422, asked.Outcome ?? "");
        bool adopted = kept.Outcome == Proposal.Adopted;
        kept.Reason = !string.IsNullOrWhiteSpace(asked.Reason) ? ExpertBook.Text(asked.Reason, Inquiry.LongestText) : adopted ? "" : throw new Refusal("advice.reason-missing");
        (kept.PlanCode, kept.MeasureCode, kept.IndicatorCode) = adopted ? await LinkedAsync(asked, cancel) : ("", "", "");
        kept.DecidedOn = clock.Today();
        kept.Version = await ids.NextAsync(cancel);
        db.Audit("advice.decide", new Subject(Study.SubjectKind, id), kept.OrganisationId, kept.Version, before, $"{kept.Outcome} {kept.MeasureCode} {kept.Reason}");
        return kept;
    }

    private async Task<(string Plan, string Measure, string Indicator)> LinkedAsync(ProposalDecision asked, CancellationToken cancel)
    {
        bool known = await (
            from measure in db.Set<Measure>()
            join plan in db.Set<Plan>() on measure.PlanId equals plan.Id
            where plan.Code == asked.Plan && measure.Code == asked.Measure && measure.RemovedOn == null
            select measure.Id).AnyAsync(cancel);
        if (!known)
        {
            throw new Refusal("advice.measure", 422, asked.Measure ?? "");
        }

        string indicator = asked.Indicator?.Trim() ?? "";
        return indicator.Length == 0 || await db.Set<Indicator>().AnyAsync(row => row.Code == indicator && row.Aggregation == Aggregation.Sum, cancel)
            ? (asked.Plan!, asked.Measure!, indicator)
            : throw new Refusal("advice.indicator", 422, indicator);
    }
}

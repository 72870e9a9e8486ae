using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Reports, confirms and sends back milestones. Each move is written by the next save.</summary>
internal sealed class MilestoneDesk(PlatformDb db, Ids ids, CaseDesk desk, TimeProvider clock)
{
    public const string SubjectKind = "plan-milestone";

    /// <summary>Characters a report may have.</summary>
    public const int LongestReport = 2000;

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<Milestone> FindAsync(long planId, string code, CancellationToken cancel = default) =>
        await db.Set<Milestone>().FirstOrDefaultAsync(row => row.PlanId == planId && row.Code == code && row.RemovedOn == null, cancel)
        ?? throw Refusal.NotFound();

    /// <summary>The lead unit says that the milestone is reached; nothing counts before the office confirms it.</summary>
    /// <param name="seen">The milestone's version that the caller read.</param>
    /// <exception cref="Refusal">
    /// <c>plan.report-text</c>, <c>plan.evidence</c>, <c>request.stale</c>, <c>access.role</c>, and those of <see cref="CaseDesk.MoveAsync"/>
    /// </exception>
    public async Task<ProgressReport> ReportAsync(Milestone milestone, string? text, long? evidence, long seen, CancellationToken cancel = default)
    {
        Measure measure = await db.Set<Measure>().AsNoTracking().SingleAsync(row => row.Id == milestone.MeasureId, cancel);
        Organisation? lead = await db.Set<Organisation>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == measure.LeadId, cancel);
        if (lead is null || db.Actor.May(PlansModule.Liaison, Seat.Own, lead.Path) is null)
        {
            throw Refusal.Role();
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestReport)
        {
            throw new Refusal("plan.report-text", 422, LongestReport);
        }

        // A file that is stored by the same command is known to the context only.
        if (evidence is { } file && (await db.Set<EvidenceFile>().FindAsync([file], cancel))?.OrganisationId != lead.Id)
        {
            throw new Refusal("plan.evidence");
        }

        RequireVersion(milestone, seen);
        CaseView view = milestone.CaseId is { } known
            ? await desk.ReadAsync(known, cancel)
            : await desk.OpenAsync(MilestoneProcedure.Table, new Subject(SubjectKind, milestone.Id), lead.Id, lead.Path,
                $"{measure.Code} {measure.Title} · {milestone.Title}", cancel);
        CaseView moved = await desk.MoveAsync(view, view.Version, "report", null, cancel);
        var report = new ProgressReport
        {
            Id = await ids.NextAsync(cancel),
            MilestoneId = milestone.Id,
            OrganisationId = lead.Id,
            Text = text.Trim(),
            EvidenceId = evidence,
            At = clock.Instant(),
            UserId = db.Actor.UserId,
        };
        db.Add(report);
        milestone.CaseId = moved.Id;
        milestone.ReportedOn = clock.Today();
        milestone.Version = moved.Version;
        return report;
    }

    /// <summary>The office confirms what was reported, or sends it back with the factual reason.</summary>
    /// <param name="action"><c>confirm</c> or <c>send-back</c>.</param>
    /// <exception cref="Refusal"><c>case.wrong-stage</c>, <c>request.stale</c>, <c>access.role</c>, <c>case.reason-missing</c></exception>
    public async Task DecideAsync(Milestone milestone, string action, string? note, long seen, CancellationToken cancel = default)
    {
        RequireVersion(milestone, seen);
        if (milestone.CaseId is not { } file)
        {
            throw new Refusal("case.wrong-stage", 422, MilestoneProcedure.Planned, action);
        }

        CaseView view = await desk.ReadAsync(file, cancel);
        CaseView moved = await desk.MoveAsync(view, view.Version, action, note, cancel);
        if (action == "confirm")
        {
            milestone.ConfirmedOn = clock.Today();
        }
        else
        {
            milestone.ReportedOn = null;
        }

        milestone.Version = moved.Version;
    }

    private static void RequireVersion(Milestone milestone, long seen)
    {
        if (milestone.Version != seen)
        {
            throw Refusal.Stale();
        }
    }
}

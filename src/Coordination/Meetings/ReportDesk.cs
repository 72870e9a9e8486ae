using System.Text.Json;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>A half-yearly report with its figures: live while it is written, kept from the review on.</summary>
/// <param name="SubmittedOn">The day on which it went to the leading group, which is the paper's; null before.</param>
internal sealed record ReportView(
    HalfReport Row, Organisation City, string Stage, long Version, ReportFigures Figures, IReadOnlyList<StepLine> Steps, DueDate Due, DateOnly? SubmittedOn);

/// <summary>What goes with a move of a report; problems and next steps with saving and with sending it to review.</summary>
internal sealed record ReportMove(string? Action, string? Note, string? Problems, string? NextSteps);

/// <summary>Reads, writes and moves half-yearly reports. Moves are written by the next save.</summary>
internal sealed class ReportDesk(PlatformDb db, CaseDesk desk, ReportFiguresReading figures, StepReading steps, CalendarBook calendars)
{
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<ReportView> FindAsync(long id, CancellationToken cancel = default)
    {
        HalfReport report = await db.Set<HalfReport>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(report.CaseId, cancel);
        Organisation city = await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.Id == report.OrganisationId, cancel);
        IReadOnlyList<StepLine> history = await steps.OfAsync([report.CaseId], city.Id, cancel);
        return new ReportView(report, city, file.Stage, file.Version,
            report.Figures.Length == 0 ? await figures.CountAsync(report, city, cancel) : JsonSerializer.Deserialize<ReportFigures>(report.Figures)!,
            history, Obligations.DueOf(report.Period, report.DueOn, report.Provisional, await calendars.CurrentAsync(cancel)),
            file.Stage is ReportProcedure.Submitted or ReportProcedure.Accepted ? history.Last(step => step.Action == ReportProcedure.Submit).At.LegalDay() : null);
    }

    /// <param name="seen">The version last read.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>meeting.text</c>, <c>report.no-figures</c></exception>
    public async Task<CaseView> MoveAsync(long id, long seen, ReportMove move, CancellationToken cancel = default)
    {
        HalfReport report = await db.Set<HalfReport>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(report.CaseId, cancel), seen, move.Action ?? "",
            string.IsNullOrWhiteSpace(move.Note) ? null : MeetingDesk.Text(move.Note, HalfReport.LongestText), cancel);
        switch (move.Action)
        {
            case ReportProcedure.Save:
                Write(report, move);
                break;
            case ReportProcedure.SendToReview:
                Write(report, move);
                await KeepAsync(report, cancel);
                break;
            case ReportProcedure.SendBack or ReportProcedure.Return:
                // In the draft the figures follow the approvals again.
                report.Figures = "";
                break;
            default:
                break;
        }

        return moved;
    }

    private static void Write(HalfReport report, ReportMove move)
    {
        report.Problems = MeetingDesk.Text(move.Problems ?? report.Problems, HalfReport.LongestText);
        report.NextSteps = MeetingDesk.Text(move.NextSteps ?? report.NextSteps, HalfReport.LongestText);
    }

    private async Task KeepAsync(HalfReport report, CancellationToken cancel)
    {
        Organisation city = await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.Id == report.OrganisationId, cancel);
        ReportFigures counted = await figures.CountAsync(report, city, cancel);
        report.Figures = counted.Indicators.Count > 0 ? JsonSerializer.Serialize(counted) : throw new Refusal("report.no-figures");
    }
}

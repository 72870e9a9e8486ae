using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>A rectification as its unit and the officers see it.</summary>
/// <param name="Causes">Names of the vetoed criteria; empty when the grade alone is the cause.</param>
/// <param name="DueOn">The day of the limit that runs now; null when none does.</param>
internal sealed record RectificationView(
    long Id, long Round, string Period, string Scheme, string Unit, string Name, string? Grade, IReadOnlyList<string> Causes, string Stage,
    long Version, long Case, DateOnly? DueOn, bool Provisional, long? Evidence);

/// <summary>Submits and checks rectifications, and is their reader.</summary>
internal sealed class RectificationDesk(PlatformDb db, CaseDesk desk, CalendarBook calendars)
{
    public const int LongestText = 4000;

    /// <summary>Within the actor's scope, newest first, one page.</summary>
    public Task<IReadOnlyList<RectificationView>> ListAsync(long? before = null, int size = 50, CancellationToken cancel = default) =>
        ViewAsync(db.Set<Rectification>().Where(row => before == null || row.Id < before), size, cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<RectificationView> ViewAsync(long id, CancellationToken cancel = default) =>
        await ViewAsync(db.Set<Rectification>().Where(row => row.Id == id), 1, cancel) is [var view] ? view : throw Refusal.NotFound();

    /// <summary>A move of the unit or of the assessor; written by the next save.</summary>
    /// <param name="note">What was done, when submitting; why not, when sending back.</param>
    /// <param name="evidence">A file of the unit that shows it.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>rectification.text</c>, <c>rectification.evidence</c>, and those of <see cref="CaseDesk.MoveAsync"/>
    /// </exception>
    public async Task<CaseView> ActAsync(
        long id, string? action, string? note, long? evidence, long? seen, CancellationToken cancel = default)
    {
        Rectification row = await db.Set<Rectification>().FirstOrDefaultAsync(one => one.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(row.CaseId, cancel);
        if (note?.Length > LongestText)
        {
            throw new Refusal("rectification.text", 422, LongestText);
        }

        CaseView moved = await desk.MoveAsync(file, seen ?? file.Version, action ?? "", note?.Trim(), cancel);
        if (action == RectificationProcedure.Submit)
        {
            if (evidence is not null && !db.Set<EvidenceFile>().Local.Any(one => one.Id == evidence)
                && !await db.Set<EvidenceFile>().AnyAsync(one => one.Id == evidence && one.OrganisationId == row.OrganisationId, cancel))
            {
                throw new Refusal("rectification.evidence");
            }

            row.EvidenceId = evidence ?? row.EvidenceId;
        }

        return moved;
    }

    private async Task<IReadOnlyList<RectificationView>> ViewAsync(IQueryable<Rectification> chosen, int size, CancellationToken cancel)
    {
        var rows = await (
            from row in chosen.AsNoTracking()
            join file in db.Set<Case>() on row.CaseId equals file.Id
            join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
            join round in db.Set<Round>() on row.RoundId equals round.Id
            join run in db.Set<ScoreRun>() on round.RunId equals run.Id
            orderby row.Id descending
            select new { row, file.Stage, file.Version, file.StageSince, unit.Code, unit.Name, round.Period, run.Id }).Take(size).ToListAsync(cancel);
        long[] runIds = [.. rows.Select(row => row.Id).Distinct()];
        Dictionary<long, ScoreRun> runs = await db.Set<ScoreRun>().AsNoTracking().Where(run => runIds.Contains(run.Id)).ToDictionaryAsync(run => run.Id, cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        return
        [
            .. from one in rows
               let results = runs[one.Id].ReadResults()
               let scheme = runs[one.Id].ReadInputs().Scheme
               let due = DueOf(one.Stage, one.StageSince, calendar)
               select new RectificationView(one.row.Id, one.row.RoundId, one.Period.ToString(), scheme.Code, one.Code, one.Name,
                   results.Units.First(unit => unit.Unit == one.Code).Grade,
                   [.. one.row.Vetoes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => scheme.Criteria.First(row => row.Code == code).Name)],
                   one.Stage, one.Version, one.row.CaseId, due?.DueOn, due?.Provisional ?? false, one.row.EvidenceId),
        ];
    }

    private static DueDate? DueOf(string stage, DateTimeOffset since, WorkCalendar calendar) =>
        RectificationProcedure.Table.Transitions.FirstOrDefault(move => move.To == stage && move.Limit is not null)?.Limit is { } limit
            ? calendar.AddWorkdays(since.LegalDay(), limit.Workdays)
            : null;
}

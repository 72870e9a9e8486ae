using Lodestone.Coordination.Statistics;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>A step of an appeal, with the person's name; empty for the platform.</summary>
internal sealed record AppealStep(string Action, string By, DateTimeOffset At, string? Note);

/// <summary>The cell that an upheld appeal opened, in the words of the contract's routes.</summary>
internal sealed record AppealCorrection(string Form, string Organisation, string Period, string Indicator, string Stage);

/// <summary>An appeal as its unit and the officers see it.</summary>
/// <param name="DueOn">The day by which the officer decides; null when nobody's answer is awaited under a limit.</param>
internal sealed record AppealView(
    long Id, long Round, string Unit, string UnitName, string Criterion, long? Observation, string Ground, string Reason, string Stage, long Version,
    DateTimeOffset FiledAt, DateOnly? DueOn, bool Provisional, AppealCorrection? Correction, IReadOnlyList<Moved> Moved,
    IReadOnlyList<AppealStep> Steps);

/// <summary>An appeal in a list.</summary>
internal sealed record AppealLine(
    long Id, long Round, string Period, string Unit, string UnitName, string Criterion, string CriterionName, long? Observation,
    string Ground, string Stage, DateTimeOffset FiledAt);

/// <summary>Reads appeals; the scope filter lets a unit see its own and the city's officers see all.</summary>
internal sealed class ReadAppeal(PlatformDb db, CaseDesk desk, CorrectionDesk corrections, CalendarBook calendars)
{
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<AppealView> ViewAsync(long id, CancellationToken cancel = default)
    {
        Appeal appeal = await db.Set<Appeal>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(appeal.CaseId, cancel);
        var unit = await db.Set<Kernel.Organisations.Organisation>().Where(row => row.Id == appeal.OrganisationId)
            .Select(row => new { row.Code, row.Name }).FirstAsync(cancel);
        CorrectionPlace? place = appeal.CorrectionCaseId is null
            ? null
            : await corrections.PlaceOfAsync(new Subject(AppealProcedure.Code, appeal.Id), cancel);
        DueDate? due = await DueAsync(file, cancel);
        return new AppealView(
            appeal.Id, appeal.RoundId, unit.Code, unit.Name, appeal.Criterion, appeal.ObservationId, appeal.Ground, appeal.Reason, file.Stage,
            file.Version, appeal.FiledAt, due?.DueOn, due?.Provisional ?? false,
            place is null ? null : new AppealCorrection(place.Form, place.Organisation, place.Period.ToString(), place.Indicator, place.Stage),
            appeal.ReadMoved(), await StepsAsync(file.Id, cancel));
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AppealLine>> ListAsync(long? round, long? before = null, int size = 50, CancellationToken cancel = default)
    {
        var rows = await (
            from appeal in db.Set<Appeal>().AsNoTracking()
            join file in db.Set<Case>() on appeal.CaseId equals file.Id
            join assessed in db.Set<Round>() on appeal.RoundId equals assessed.Id
            join unit in db.Set<Kernel.Organisations.Organisation>() on appeal.OrganisationId equals unit.Id
            where (round == null || appeal.RoundId == round) && (before == null || appeal.Id < before)
            orderby appeal.Id descending
            select new { appeal, file.Stage, assessed.Period, assessed.SchemeId, unit.Code, unit.Name }).Take(size).ToListAsync(cancel);
        long[] schemeIds = [.. rows.Select(row => row.SchemeId).Distinct()];
        Dictionary<long, Dictionary<string, string>> names = (await db.Set<SchemeVersion>().AsNoTracking()
            .Where(row => schemeIds.Contains(row.Id)).ToListAsync(cancel))
            .ToDictionary(row => row.Id, row => row.Read().Criteria.ToDictionary(criterion => criterion.Code, criterion => criterion.Name));
        return
        [
            .. rows.Select(row => new AppealLine(row.appeal.Id, row.appeal.RoundId, row.Period.ToString(), row.Code, row.Name,
                row.appeal.Criterion, names[row.SchemeId][row.appeal.Criterion], row.appeal.ObservationId, row.appeal.Ground, row.Stage, row.appeal.FiledAt)),
        ];
    }

    private async Task<DueDate?> DueAsync(CaseView file, CancellationToken cancel) =>
        file.Procedure.Transitions.FirstOrDefault(move => move.To == file.Stage && move.Limit is not null)?.Limit is { } limit
            ? (await calendars.CurrentAsync(cancel)).AddWorkdays(file.StageSince.LegalDay(), limit.Workdays)
            : null;

    /// <summary>The moves of a case, oldest first.</summary>
    public async Task<List<AppealStep>> StepsAsync(long caseId, CancellationToken cancel = default)
    {
        var rows = await (
            from step in db.Set<CaseStep>().AsNoTracking()
            join user in db.Set<User>() on step.UserId equals user.Id into users
            from user in users.DefaultIfEmpty()
            where step.CaseId == caseId && step.Follows != 0
            orderby step.At, step.Id
            select new { step, Name = user == null ? "" : user.DisplayName }).ToListAsync(cancel);
        return rows.ConvertAll(row => new AppealStep(row.step.Action, row.Name, row.step.At, row.step.Note));
    }
}

using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web.Kit;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>One of a year's obligations.</summary>
/// <param name="Left">Working days left; negative by as many as it is overdue.</param>
internal sealed record ObligationView(
    long Id, Period Period, string Stage, DateOnly DueOn, bool Provisional, LightKind Light, int Left, DateTimeOffset? StartsAt, string Place)
{
    public bool Meets => Period.Kind == PeriodKind.Quarter;

    public string Href => Meets ? MeetingAddress.OfMeeting(Id) : MeetingAddress.OfReport(Id);
}

/// <summary>A meeting as its reader may see it.</summary>
/// <param name="Version">For moves; 0 for a unit that was called, which makes none.</param>
/// <param name="Office">The reader sees the whole city and so all of the meeting.</param>
internal sealed record MeetingView(Meeting Row, Organisation City, string Stage, long Version, bool Office, DueDate Due, LightKind Light);

/// <summary>A unit's attendance.</summary>
/// <param name="Name">As it was called.</param>
internal sealed record AttendanceView(string Code, string Name, string Stage, long Version, string Answer, bool? Present, long Organisation);

/// <summary>
/// The one place that decides who reads a meeting, which is a shared row: whoever sees the city's case at any stage, a unit that was called
/// from the call on, nobody else.
/// </summary>
internal sealed class MeetingReading(PlatformDb db, StepReading steps, CalendarBook calendars, TimeProvider clock)
{
    /// <summary>The obligations of a year that the reader sees, meetings first, in the order of time.</summary>
    public async Task<IReadOnlyList<ObligationView>> YearAsync(int year, CancellationToken cancel = default)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly today = clock.Today();
        // Codes of a year's quarters and halves lie between those of the year's first and last period.
        (Period first, Period last) = (new Period(PeriodKind.Quarter, year, 1), new Period(PeriodKind.Quarter, year, 4));
        List<ObligationView> meetings =
        [
            .. (await Readable(row => row.Period >= first && row.Period <= last).OrderBy(row => row.Row.Period).ToListAsync(cancel))
                .Select(row => (row.Row, Stage: StageOf(row), Due: MeetingDueDays.DueOf(row.Row, calendar)))
                .Select(row => new ObligationView(row.Row.Id, row.Row.Period, row.Stage, row.Due.DueOn, row.Due.Provisional,
                    Obligations.LightOf(row.Stage == MeetingProcedure.Issued, row.Due.DueOn, calendar, today), calendar.WorkdaysBetween(today, row.Due.DueOn),
                    row.Row.StartsAt, row.Row.Place)),
        ];
        Period[] halves = [new(PeriodKind.Half, year, 1), new(PeriodKind.Half, year, 2)];
        var reports = await (
            from report in db.Set<HalfReport>().AsNoTracking()
            join file in db.Set<Case>() on report.CaseId equals file.Id
            where halves.Contains(report.Period)
            orderby report.Period
            select new { report.Id, report.Period, report.DueOn, report.Provisional, file.Stage }).ToListAsync(cancel);
        return
        [
            .. meetings,
            .. reports.Select(row => (row.Id, row.Period, row.Stage, Due: Obligations.DueOf(row.Period, row.DueOn, row.Provisional, calendar)))
                .Select(row => new ObligationView(row.Id, row.Period, row.Stage, row.Due.DueOn, row.Due.Provisional,
                    Obligations.LightOf(row.Stage is ReportProcedure.Submitted or ReportProcedure.Accepted, row.Due.DueOn, calendar, today),
                    calendar.WorkdaysBetween(today, row.Due.DueOn), null, "")),
        ];
    }

    /// <summary>The years that have obligations, newest first.</summary>
    public async Task<IReadOnlyList<int>> YearsAsync(CancellationToken cancel = default) =>
        [.. (await Readable(_ => true).Select(row => row.Row.Period).Distinct().ToListAsync(cancel)).Select(period => period.Year).Distinct().OrderDescending()];

    /// <summary>The first meeting that is not yet held; null when none is known.</summary>
    public async Task<MeetingView?> NextAsync(CancellationToken cancel = default)
    {
        Readable? row = await Readable(row => row.HeldOn == null).OrderBy(row => row.Row.Period).FirstOrDefaultAsync(cancel);
        return row is null ? null : await ViewAsync(row, cancel);
    }

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<MeetingView> FindAsync(long id, CancellationToken cancel = default) =>
        await ViewAsync(await Readable(row => row.Id == id).FirstOrDefaultAsync(cancel) ?? throw Refusal.NotFound(), cancel);

    /// <summary>The units called that the reader may see: the office all, a unit itself.</summary>
    public async Task<IReadOnlyList<AttendanceView>> AttendanceAsync(long meeting, CancellationToken cancel = default) => await (
        from row in db.Set<MeetingUnit>()
        join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
        join file in db.Set<Case>() on row.CaseId equals file.Id
        where row.MeetingId == meeting
        orderby unit.Code
        select new AttendanceView(unit.Code, row.Name, file.Stage, file.Version, row.Answer, row.Present, unit.Id)).ToListAsync(cancel);

    /// <summary>In the order of the minutes. The caller has found the meeting first.</summary>
    public async Task<IReadOnlyList<Resolution>> ResolutionsAsync(MeetingView meeting, CancellationToken cancel = default) =>
        meeting.Office || meeting.Row.IssuedOn is not null
            ? await db.Set<Resolution>().AsNoTracking().Where(row => row.MeetingId == meeting.Row.Id).OrderBy(row => row.Ordinal).ToListAsync(cancel)
            : [];

    public async Task<IReadOnlyList<StepLine>> StepsAsync(MeetingView meeting, CancellationToken cancel = default) =>
        meeting.Office ? await steps.OfAsync([meeting.Row.CaseId], meeting.City.Id, cancel) : [];

    /// <summary>The meeting before another of the same city that has been held.</summary>
    public Task<Meeting?> BeforeAsync(Meeting meeting, CancellationToken cancel = default) => db.Set<Meeting>().AsNoTracking()
        .Where(row => row.CityId == meeting.CityId && row.Period < meeting.Period && row.HeldOn != null).OrderByDescending(row => row.Period).FirstOrDefaultAsync(cancel);

    private async Task<MeetingView> ViewAsync(Readable row, CancellationToken cancel)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        Organisation city = await db.Set<Organisation>().AsNoTracking().FirstAsync(one => one.Id == row.Row.CityId, cancel);
        string stage = StageOf(row);
        DueDate due = MeetingDueDays.DueOf(row.Row, calendar);
        return new MeetingView(row.Row, city, stage, row.Version ?? 0, row.Stage is not null, due,
            Obligations.LightOf(stage == MeetingProcedure.Issued, due.DueOn, calendar, clock.Today()));
    }

    private IQueryable<Readable> Readable(System.Linq.Expressions.Expression<Func<Meeting, bool>> chosen) =>
        from row in db.Set<Meeting>().AsNoTracking().Where(chosen)
        join file in db.Set<Case>() on row.CaseId equals file.Id into files
        from file in files.DefaultIfEmpty()
        where file != null || (row.CalledAt != null && db.Set<MeetingUnit>().Any(unit => unit.MeetingId == row.Id))
        select new Readable { Row = row, Stage = file == null ? null : file.Stage, Version = file == null ? null : file.Version };

    /// <summary>Who does not see the case sees what was announced.</summary>
    private static string StageOf(Readable row) => row.Stage
        ?? (row.Row.IssuedOn is not null ? MeetingProcedure.Issued : row.Row.HeldOn is not null ? MeetingProcedure.Held : MeetingProcedure.Called);
}

/// <summary>A meeting with the case's stage and version; both null for who sees only that it was called.</summary>
internal sealed class Readable
{
    public required Meeting Row { get; init; }

    public string? Stage { get; init; }

    public long? Version { get; init; }
}

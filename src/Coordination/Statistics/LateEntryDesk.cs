using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>A request as its unit and the statisticians see it.</summary>
internal sealed record LateEntryLine(
    long Id, string Form, string FormName, string Organisation, string OrganisationName, Period Period, string Reason, DateOnly Until, string Stage, long Version,
    DateTimeOffset Since);

/// <summary>Asks for late entry and decides it. Written by the next save.</summary>
internal sealed class LateEntryDesk(PlatformDb db, CaseDesk desk, CalendarBook calendars, Ids ids, Words words, TimeProvider clock)
{
    private const int LongestReason = 2000;
    private const int PageSize = 50;

    /// <exception cref="Refusal"><c>access.role</c>, <c>late.open</c>, <c>late.waiting</c>, <c>late.reason</c>, <c>late.until</c></exception>
    public async Task<LateEntry> AskAsync(ReturnFile file, string? reason, DateOnly? until, CancellationToken cancel = default)
    {
        CellOwner owner = CellOwner.Of(db, file.Organisation);
        if (!file.IsClosedOn(clock.Today()))
        {
            throw new Refusal("late.open");
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            throw new Refusal("late.reason", 422, LongestReason);
        }

        long unit = owner.Organisation.Id;
        if (await (
            from entry in db.Set<LateEntry>()
            join open in db.Set<Case>() on entry.CaseId equals open.Id
            where entry.FormId == file.Form.Id && entry.OrganisationId == unit && entry.Period == file.Period && open.Stage == LateEntryProcedure.Asked
            select entry.Id).AnyAsync(cancel))
        {
            throw new Refusal("late.waiting");
        }

        var asked = new LateEntry
        {
            Id = await ids.NextAsync(cancel),
            FormId = file.Form.Id,
            OrganisationId = unit,
            Period = file.Period,
            Reason = reason.Trim(),
            Until = await LastDayAsync(until, cancel),
        };
        string title = words.Say("late.title", file.Form.Name, file.Period.Label(CultureInfo.CurrentUICulture));
        CaseView opened = await desk.OpenAsync(
            LateEntryProcedure.LateEntry, new Subject(LateEntry.SubjectKind, asked.Id), unit, file.Organisation.Path, title, cancel);
        asked.CaseId = opened.Id;
        db.Add(asked);
        await desk.MoveAsync(opened, opened.Version, LateEntryProcedure.Ask, asked.Reason, cancel);
        return asked;
    }

    /// <param name="until">Another end than the one asked for; only with <see cref="LateEntryProcedure.Grant"/>.</param>
    /// <exception cref="Refusal">Those of <see cref="CaseDesk.MoveAsync"/>; <c>request.not-found</c>, <c>late.until</c></exception>
    public async Task<CaseView> DecideAsync(long id, long seen, string? action, string? note, DateOnly? until, CancellationToken cancel = default)
    {
        LateEntry entry = await db.Set<LateEntry>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(entry.CaseId, cancel), seen, action ?? "", string.IsNullOrWhiteSpace(note) ? null : note.Trim(), cancel);
        if (action == LateEntryProcedure.Grant)
        {
            // A request may have waited beyond the day it asked for.
            entry.Until = await LastDayAsync(until ?? entry.Until, cancel);
        }

        return moved;
    }

    /// <summary>Newest first, one page, within the actor's scope.</summary>
    public async Task<IReadOnlyList<LateEntryLine>> PageAsync(long? before, CancellationToken cancel = default) => await (
        from entry in db.Set<LateEntry>().AsNoTracking()
        join form in db.Set<Form>() on entry.FormId equals form.Id
        join unit in db.Set<Organisation>() on entry.OrganisationId equals unit.Id
        join open in db.Set<Case>() on entry.CaseId equals open.Id
        where before == null || entry.Id < before
        orderby entry.Id descending
        select new LateEntryLine(
            entry.Id, form.Code, form.Name, unit.Code, unit.Name, entry.Period, entry.Reason, entry.Until, open.Stage, open.Version, open.StageSince))
        .Take(PageSize).ToListAsync(cancel);

    private async Task<DateOnly> LastDayAsync(DateOnly? until, CancellationToken cancel)
    {
        DateOnly today = clock.Today();
        DateOnly latest = (await calendars.CurrentAsync(cancel)).AddWorkdays(today, LateEntry.MostWorkdays).DueOn;
        return until is { } day && day >= today && day <= latest ? day : throw new Refusal("late.until", 422, today, latest);
    }
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>By when a meeting is held or its minutes are issued, a report is submitted, an opinion given, a call answered.</summary>
internal sealed class MeetingDueDays(PlatformDb db, CalendarBook calendars) : ICaseDue
{
    public async Task<IReadOnlyDictionary<long, DueDate>> OfAsync(IReadOnlyCollection<long> cases, CancellationToken cancel = default)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        var known = new Dictionary<long, DueDate>();
        foreach (Meeting row in await db.Set<Meeting>().AsNoTracking().Where(row => cases.Contains(row.CaseId)).ToListAsync(cancel))
        {
            known[row.CaseId] = DueOf(row, calendar);
        }

        foreach (var row in await db.Set<HalfReport>().Where(row => cases.Contains(row.CaseId)).Select(row => new { row.CaseId, row.Period, row.DueOn, row.Provisional }).ToListAsync(cancel))
        {
            known[row.CaseId] = Obligations.DueOf(row.Period, row.DueOn, row.Provisional, calendar);
        }

        foreach (var row in await (
            from opinion in db.Set<MatterOpinion>()
            join matter in db.Set<Matter>() on opinion.MatterId equals matter.Id
            where cases.Contains(opinion.CaseId) && matter.OpinionsDueOn != null
            select new { opinion.CaseId, matter.OpinionsDueOn }).ToListAsync(cancel))
        {
            known[row.CaseId] = new DueDate(row.OpinionsDueOn!.Value, false);
        }

        foreach (var row in await db.Set<Matter>().Where(row => cases.Contains(row.CaseId) && row.OpinionsDueOn != null)
            .Join(db.Set<Case>().Where(file => file.Stage == MatterProcedure.Opinions), row => row.CaseId, file => file.Id, (row, file) => new { row.CaseId, row.OpinionsDueOn }).ToListAsync(cancel))
        {
            known[row.CaseId] = new DueDate(row.OpinionsDueOn!.Value, false);
        }

        foreach (var row in await (
            from unit in db.Set<MeetingUnit>()
            join meeting in db.Set<Meeting>() on unit.MeetingId equals meeting.Id
            where cases.Contains(unit.CaseId) && meeting.StartsAt != null
            select new { unit.CaseId, meeting.StartsAt }).ToListAsync(cancel))
        {
            known[row.CaseId] = new DueDate(row.StartsAt!.Value.LegalDay(), false);
        }

        return known;
    }

    /// <summary>Until it is held the obligation's own day, whatever day it is called for; then that of its minutes.</summary>
    public static DueDate DueOf(Meeting row, WorkCalendar calendar) =>
        row.HeldOn is { } held ? calendar.AddWorkdays(held, Obligations.MinutesWorkdays) : Obligations.DueOf(row.Period, row.DueOn, row.Provisional, calendar);
}

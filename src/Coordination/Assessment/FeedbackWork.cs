using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// Feeds released results back to the liaisons: while a round can still be appealed it stands on their workbench, due on the
/// last day. The round's case is the city's, so no case of their own shows it.
/// </summary>
internal sealed class FeedbackWork(PlatformDb db, CalendarBook calendars, TimeProvider clock) : IWorkSource
{
    /// <summary>Calendar days that surely hold the filing window, long holidays included.</summary>
    private const int WidestDays = 40;

    private const int Page = 50;

    public async Task<IReadOnlyList<WorkItem>> ListAsync(CancellationToken cancel = default)
    {
        long[] own = [.. db.Actor.Grants.Where(grant => grant.Role == AssessmentModule.Liaison).Select(grant => grant.OrganisationId)];
        if (own.Length == 0)
        {
            return [];
        }

        DateTimeOffset since = clock.Instant().AddDays(-WidestDays);
        var rows = await (
            from unit in db.Set<RoundUnit>().AsNoTracking()
            join round in db.Set<Round>() on unit.RoundId equals round.Id
            join organisation in db.Set<Organisation>() on unit.OrganisationId equals organisation.Id
            join scheme in db.Set<SchemeVersion>() on round.SchemeId equals scheme.Id
            where own.Contains(unit.OrganisationId) && round.ReleasedAt != null && round.ReleasedAt > since
            orderby round.Id descending
            select new { round, organisation.Name, scheme.Code }).Take(Page).ToListAsync(cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly today = clock.Today();
        return
        [
            .. from row in rows
               let due = calendar.AddWorkdays(row.round.ReleasedAt!.Value.LegalDay(), AppealProcedure.FilingWorkdays)
               where due.DueOn >= today
               select new WorkItem("work.round.released", $"{row.round.Period.Label(CultureInfo.CurrentCulture)} {row.Code}", row.Name, $"/assessment/{row.round.Id}",
                   due.DueOn, due.Provisional, row.round.ReleasedAt),
        ];
    }
}

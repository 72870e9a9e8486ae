using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>Counts the returns that a form wanted for a period, within the actor's scope.</summary>
internal sealed class LeagueReading(PlatformDb db, CalendarBook calendars, TimeProvider clock)
{
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>return.period</c></exception>
    public async Task<IReadOnlyList<LeagueLine>> AskAsync(string form, Period period, CancellationToken cancel = default)
    {
        Form asked = await db.Set<Form>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == form, cancel) ?? throw Refusal.NotFound();
        if (period.Kind != asked.Frequency)
        {
            throw new Refusal("return.period", 422, asked.Name, period.ToString());
        }

        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        return League.Of(await EntriesAsync(asked, period, calendar.AddWorkdays(period.LastDay, asked.DueWorkdays).DueOn, cancel), calendar, clock.Today());
    }

    private async Task<List<DueEntry>> EntriesAsync(Form form, Period period, DateOnly dueOn, CancellationToken cancel)
    {
        List<Organisation> units = await (
            from reporter in db.Set<FormReporter>()
            join unit in db.Set<Organisation>().AsNoTracking() on reporter.OrganisationId equals unit.Id
            where reporter.FormId == form.Id && (unit.ClosedOn == null || unit.ClosedOn > period.LastDay)
            select unit).ToListAsync(cancel);
        long[] indicators = await db.Set<FormIndicator>().Where(row => row.FormId == form.Id).Select(row => row.IndicatorId).ToArrayAsync(cancel);
        Dictionary<long, long> cases = await db.Set<Return>().Where(row => row.FormId == form.Id && row.Period == period)
            .ToDictionaryAsync(row => row.OrganisationId, row => row.CaseId, cancel);
        ILookup<long, CaseStep> steps = (await (
            from step in db.Set<CaseStep>().AsNoTracking()
            join file in db.Set<Return>() on step.CaseId equals file.CaseId
            where file.FormId == form.Id && file.Period == period && (step.Action == ReturnAction.Submit || step.Action == ReturnAction.SendBack)
            select step).ToListAsync(cancel)).ToLookup(step => step.CaseId);
        Dictionary<long, int> filled = (await db.Set<Observation>().Where(row => row.Period == period && indicators.Contains(row.IndicatorId))
                .Select(row => new { row.OrganisationId, row.IndicatorId }).Distinct().ToListAsync(cancel))
            .GroupBy(row => row.OrganisationId).ToDictionary(unit => unit.Key, unit => unit.Count());
        Dictionary<long, string> districts = await db.Set<Organisation>().Where(row => row.Kind == OrganisationKind.District)
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancel);
        return units.ConvertAll(unit =>
        {
            List<CaseStep> own = cases.TryGetValue(unit.Id, out long file) ? [.. steps[file]] : [];
            DateTimeOffset? submitted = own.Where(step => step.Action == ReturnAction.Submit).Select(step => (DateTimeOffset?)step.At).Min();
            string branch = Organisation.Chain(unit.Path).Select(id => districts.GetValueOrDefault(id)).FirstOrDefault(name => name is not null) ?? unit.Name;
            return new DueEntry(branch, dueOn, submitted?.LegalDay(), indicators.Length, filled.GetValueOrDefault(unit.Id),
                own.Count(step => step.Action == ReturnAction.SendBack));
        });
    }
}

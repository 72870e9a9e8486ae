using System.Globalization;
using Lodestone.Coordination.Assessment;
using Lodestone.Coordination.Plans;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Cockpit;

/// <summary>Something a leader must look after, in words, with the place to go to.</summary>
/// <param name="Days">Working days overdue; 0 when it is only near or waiting.</param>
internal sealed record Matter(LightKind Light, int Days, string Text, string Href);

/// <summary>Approved returns of those asked for in a quarter.</summary>
internal sealed record Completeness(Period Quarter, int Approved, int Asked)
{
    public decimal Share => Asked == 0 ? 0m : (decimal)Approved / Asked;
}

/// <summary>What departs from the plan, the statistics and the assessment, the longest overdue first.</summary>
internal sealed class Matters(PlatformDb db, ReadAppeal appeals, CalendarBook calendars, Words words, TimeProvider clock)
{
    /// <param name="plan">The plan as it stands; null when the city has none.</param>
    /// <param name="most">So many at most.</param>
    public async Task<IReadOnlyList<Matter>> ListAsync(Organisation city, PlanState? plan, int most, CancellationToken cancel = default)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        return
        [
            .. Measures(plan).Concat(await ReturnsAsync(city, calendar, cancel)).Concat(await AppealsAsync(cancel))
                .OrderByDescending(one => one.Light == LightKind.Late).ThenByDescending(one => one.Days).Take(most),
        ];
    }

    /// <summary>How complete the last ended quarter is; null when nothing is asked for by quarter.</summary>
    public async Task<Completeness?> CompletenessAsync(Organisation city, CancellationToken cancel = default)
    {
        Period quarter = Period.Of(PeriodKind.Quarter, clock.Today()).Previous();
        int asked = await Asked(city).CountAsync(cancel);
        return asked == 0 ? null : new Completeness(quarter, asked - await Missing(city, quarter).CountAsync(cancel), asked);
    }

    private IEnumerable<Matter> Measures(PlanState? plan) => plan is null
        ? []
        : plan.Measures.Where(state => state.Light == LightKind.Late).Select(state => new Matter(
            LightKind.Late, state.Days ?? 0, words.Say("cockpit.late-measure", state.Row.Code, state.Row.Title, state.Row.LeadName, state.Days ?? 0),
            PlansModule.PlaceOf(plan.Row.Code, state.Row.Code)));

    /// <summary>By district: what was due and is not approved.</summary>
    private async Task<IEnumerable<Matter>> ReturnsAsync(Organisation city, WorkCalendar calendar, CancellationToken cancel)
    {
        Period quarter = Period.Of(PeriodKind.Quarter, clock.Today()).Previous();
        var missing = await Missing(city, quarter).Select(one => new { one.Organisation.Path, one.Form.DueWorkdays }).ToListAsync(cancel);
        List<Organisation> districts = await db.Set<Organisation>().AsNoTracking()
            .Where(row => row.ParentId == city.Id && row.Kind == OrganisationKind.District).OrderBy(row => row.Code).ToListAsync(cancel);
        string label = quarter.Label(CultureInfo.CurrentUICulture);
        return
            from district in districts
            let open = missing.Where(one => one.Path.StartsWith(district.Path, StringComparison.Ordinal)).ToList()
            where open.Count > 0
            let due = open.Select(one => calendar.AddWorkdays(quarter.LastDay, one.DueWorkdays).DueOn).Min()
            let late = due < clock.Today()
            select new Matter(late ? LightKind.Late : LightKind.Due, late ? calendar.WorkdaysBetween(due, clock.Today()) : 0,
                words.Say(late ? "cockpit.late-returns" : "cockpit.open-returns", district.Name, label, open.Count), "/returns?view=review");
    }

    private async Task<IEnumerable<Matter>> AppealsAsync(CancellationToken cancel) =>
        (await appeals.ListAsync(null, cancel: cancel)).Where(line => line.Stage is AppealProcedure.Filed or AppealProcedure.Accepted).Select(line =>
            new Matter(LightKind.Hold, 0, words.Say("cockpit.open-appeal", line.UnitName, line.CriterionName), $"/appeals/{line.Id}"));

    /// <summary>Members and no constructor, so that a query can go on from it.</summary>
    private sealed class AskedReturn
    {
        public required Form Form { get; init; }

        public required Organisation Organisation { get; init; }
    }

    private IQueryable<AskedReturn> Asked(Organisation city)
    {
        string end = Organisation.EndOf(city.Path);
        return
            from reporter in db.Set<FormReporter>()
            join form in db.Set<Form>() on reporter.FormId equals form.Id
            join organisation in db.Set<Organisation>() on reporter.OrganisationId equals organisation.Id
            where form.Frequency == PeriodKind.Quarter && organisation.ClosedOn == null
                && string.Compare(organisation.Path, city.Path) >= 0 && string.Compare(organisation.Path, end) < 0
            select new AskedReturn { Form = form, Organisation = organisation };
    }

    private IQueryable<AskedReturn> Missing(Organisation city, Period quarter) =>
        Asked(city).Where(one => !(
            from row in db.Set<Return>()
            join approval in db.Set<Kernel.Indicators.Approval>() on row.CaseId equals approval.CaseId
            where row.FormId == one.Form.Id && row.OrganisationId == one.Organisation.Id && row.Period == quarter && approval.Final && approval.WithdrawnAt == null
            select row.Id).Any());
}

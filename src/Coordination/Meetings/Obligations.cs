using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Meetings;

/// <summary>What the plan demands of a city in a year: four meetings and two reports, each by a day. Pure.</summary>
internal static class Obligations
{
    /// <summary>Working days after the quarter within which its meeting is held; the plan names the quarter only, so this is the house's rule.</summary>
    public const int MeetingWorkdays = 10;

    /// <summary>Working days after the half-year within which its report is submitted: after the quarter's figures are approved.</summary>
    public const int ReportWorkdays = 20;

    /// <summary>Working days after a meeting within which its minutes are issued.</summary>
    public const int MinutesWorkdays = 5;

    /// <summary>Working days before the due day from which it is near.</summary>
    public const int NearWorkdays = 10;

    /// <summary>The month from which the next year's stand.</summary>
    private const int NextYearFrom = 11;

    /// <summary>The quarters and half-years for which a city has something to do, as seen on a day.</summary>
    public static IEnumerable<Period> Of(DateOnly today)
    {
        int last = today.Month >= NextYearFrom ? today.Year + 1 : today.Year;
        // Last year's fourth quarter and second half are still due in January.
        for (int year = today.Year - 1; year <= last; year++)
        {
            for (int ordinal = 1; ordinal <= 4; ordinal++)
            {
                yield return new Period(PeriodKind.Quarter, year, ordinal);
            }

            yield return new Period(PeriodKind.Half, year, 1);
            yield return new Period(PeriodKind.Half, year, 2);
        }
    }

    public static DueDate DueOf(Period period, WorkCalendar calendar) =>
        calendar.AddWorkdays(period.LastDay, period.Kind == PeriodKind.Quarter ? MeetingWorkdays : ReportWorkdays);

    /// <summary>The day of an obligation: the stored one, or derived anew while its year had no published calendar when it was stored.</summary>
    public static DueDate DueOf(Period period, DateOnly stored, bool provisional, WorkCalendar calendar) =>
        provisional ? DueOf(period, calendar) : new DueDate(stored, false);

    public static LightKind LightOf(bool done, DateOnly due, WorkCalendar calendar, DateOnly today) =>
        done ? LightKind.Done
        : today > due ? LightKind.Late
        : calendar.WorkdaysBetween(today, due) <= NearWorkdays ? LightKind.Due
        : LightKind.Ok;
}

/// <summary>
/// Makes each city's obligations, one save each; the key of city and period lets a second run or another node make nothing twice. What was
/// due before a city came to the platform is not asked of it afterwards.
/// </summary>
internal sealed class ObligationRunner(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly CultureInfo s_chinese = CultureInfo.GetCultureInfo("zh-CN");

    /// <returns>How many were made.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        int made = 0;
        foreach ((long city, Period period) in await scopes.AsPlatformAsync(services => MissingAsync(services, cancel)))
        {
            made += await scopes.AsPlatformAsync(services => MakeAsync(services, city, period, cancel));
        }

        return made;
    }

    private async Task<List<(long City, Period Period)>> MissingAsync(IServiceProvider services, CancellationToken cancel)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        WorkCalendar calendar = await services.GetRequiredService<CalendarBook>().CurrentAsync(cancel);
        DateOnly today = clock.Today();
        List<long> cities = await db.Set<Organisation>().Where(row => row.Kind == OrganisationKind.City && row.ClosedOn == null).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancel);
        ILookup<long, Period> there = (await db.Set<Meeting>().Select(row => new { City = row.CityId, row.Period })
            .Concat(db.Set<HalfReport>().Select(row => new { City = row.OrganisationId, row.Period })).ToListAsync(cancel)).ToLookup(row => row.City, row => row.Period);
        return
        [
            .. from city in cities
               let known = there[city].ToHashSet()
               let since = known.Count > 0 ? known.Min(period => Obligations.DueOf(period, calendar).DueOn) : today
               from period in Obligations.Of(today)
               where !known.Contains(period) && Obligations.DueOf(period, calendar).DueOn >= since
               orderby city, Obligations.DueOf(period, calendar).DueOn
               select (city, period),
        ];
    }

    private static async Task<int> MakeAsync(IServiceProvider services, long cityId, Period period, CancellationToken cancel)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        CaseDesk desk = services.GetRequiredService<CaseDesk>();
        Words words = services.GetRequiredService<Words>();
        WorkCalendar calendar = await services.GetRequiredService<CalendarBook>().CurrentAsync(cancel);
        Organisation city = await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.Id == cityId, cancel);
        long id = await services.GetRequiredService<Ids>().NextAsync(cancel);
        DueDate due = Obligations.DueOf(period, calendar);
        bool meets = period.Kind == PeriodKind.Quarter;
        CaseView file = await desk.OpenAsync(
            meets ? MeetingProcedure.Table : ReportProcedure.Table, new Subject(meets ? Meeting.SubjectKind : HalfReport.SubjectKind, id), city.Id, city.Path,
            words.Say(meets ? "meeting.case-title" : "report.case-title", period.Label(s_chinese)), cancel);
        db.Add(meets
            ? new Meeting { Id = id, Version = id, CityId = city.Id, Period = period, CaseId = file.Id, DueOn = due.DueOn, Provisional = due.Provisional }
            : new HalfReport { Id = id, OrganisationId = city.Id, Period = period, CaseId = file.Id, DueOn = due.DueOn, Provisional = due.Provisional });
        return await db.TrySaveAsync(cancel) ? 1 : 0;
    }
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>A return that must be given and has not been begun.</summary>
internal sealed record DueReturn(Form Form, Organisation Organisation, Period Period, DueDate Due)
{
    public string Href => ReturnAddress.Entry(Form.Code, Organisation.Code, Period);
}

/// <summary>
/// What the actor's own organisations must report for the last period that ended and have not begun, and the questions that
/// they have not answered: no case shows either.
/// </summary>
internal sealed class ReturnsDue(PlatformDb db, CalendarBook calendars, TimeProvider clock) : IWorkSource, ICaseDue
{
    private const int Most = 100;

    public async Task<IReadOnlyList<WorkItem>> ListAsync(CancellationToken cancel = default) =>
    [
        .. (await NotBegunAsync(cancel)).Select(item => new WorkItem(
            "work.return.begin", $"{item.Form.Name} · {item.Period.Label(System.Globalization.CultureInfo.CurrentUICulture)}", item.Organisation.Name,
            item.Href, item.Due.DueOn, item.Due.Provisional, null)),
        .. await QuestionsAsync(cancel),
    ];

    /// <summary>Until it is submitted a return is due on its form's day; afterwards each level works as it comes.</summary>
    public async Task<IReadOnlyDictionary<long, DueDate>> OfAsync(IReadOnlyCollection<long> cases, CancellationToken cancel = default)
    {
        string[] stages = [ReturnStage.Draft, .. ReturnStage.Signatures];
        var begun = await (
            from file in db.Set<Return>()
            join form in db.Set<Form>() on file.FormId equals form.Id
            join open in db.Set<Case>() on file.CaseId equals open.Id
            where cases.Contains(file.CaseId) && stages.Contains(open.Stage)
            select new { file.CaseId, file.Period, form.DueWorkdays }).ToListAsync(cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        return begun.ToDictionary(row => row.CaseId, row => calendar.AddWorkdays(row.Period.LastDay, row.DueWorkdays));
    }

    public async Task<IReadOnlyList<DueReturn>> NotBegunAsync(CancellationToken cancel = default)
    {
        long[] own = Own();
        if (own.Length == 0)
        {
            return [];
        }

        DateOnly today = clock.Today();
        var asked = await (
            from reporter in db.Set<FormReporter>()
            join form in db.Set<Form>().AsNoTracking() on reporter.FormId equals form.Id
            join organisation in db.Set<Organisation>().AsNoTracking() on reporter.OrganisationId equals organisation.Id
            where own.Contains(reporter.OrganisationId) && organisation.ClosedOn == null
            select new { form, organisation }).Take(Most).ToListAsync(cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        var due = new List<DueReturn>();
        foreach (var one in asked)
        {
            Period period = Period.Of(one.form.Frequency, today).Previous();
            if (period.LastDay <= one.form.ValidUntil && !await db.Set<Return>().AnyAsync(
                row => row.FormId == one.form.Id && row.OrganisationId == one.organisation.Id && row.Period == period, cancel))
            {
                due.Add(new DueReturn(one.form, one.organisation, period, calendar.AddWorkdays(period.LastDay, one.form.DueWorkdays)));
            }
        }

        return due;
    }

    private async Task<List<WorkItem>> QuestionsAsync(CancellationToken cancel)
    {
        long[] own = Own();
        if (own.Length == 0)
        {
            return [];
        }

        var open = await (
            from query in db.Set<CellQuery>()
            join file in db.Set<Return>() on query.ReturnId equals file.Id
            join form in db.Set<Form>() on file.FormId equals form.Id
            join organisation in db.Set<Organisation>() on file.OrganisationId equals organisation.Id
            where own.Contains(query.OrganisationId) && query.Answer == null
            orderby query.Id
            select new { query.Question, query.AskedAt, Form = form.Code, FormName = form.Name, Organisation = organisation.Code, organisation.Name, file.Period })
            .Take(Most).ToListAsync(cancel);
        return open.ConvertAll(one => new WorkItem(
            "work.return.query", $"{one.FormName} · {one.Question}", one.Name, $"{ReturnAddress.Entry(one.Form, one.Organisation, one.Period)}#queries",
            null, false, one.AskedAt));
    }

    private long[] Own() => [.. db.Actor.Grants.Where(grant => grant.Role == Role.Reporter).Select(grant => grant.OrganisationId).Distinct()];
}

/// <summary>The addresses of a return's pages and workbook.</summary>
internal static class ReturnAddress
{
    public static string Entry(string form, string organisation, Period period) =>
        $"/returns/{Uri.EscapeDataString(form)}/{Uri.EscapeDataString(organisation)}/{period}";

    public static string Review(string form, string organisation, Period period) => $"{Entry(form, organisation, period)}/review";

    /// <summary>The page that is printed, signed and stamped.</summary>
    public static string SignedPage(string form, string organisation, Period period) => $"{Entry(form, organisation, period)}/signed-page";

    public static string Vintages(string form, string organisation, Period period) => $"{Entry(form, organisation, period)}/vintages";

    public static string Workbook(string form, string organisation, Period period) => $"/api{Entry(form, organisation, period)}/workbook";
}

/// <summary>The addresses of the imports' pages.</summary>
internal static class ImportAddress
{
    public const string List = "/imports";

    public static string Of(long import) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/imports/{import}");

    public static string Mapping(string code) => $"/imports/mappings/{Uri.EscapeDataString(code)}";
}

/// <summary>The addresses of the pages on what an indicator means.</summary>
internal static class TermAddress
{
    public const string List = "/statistics/terms";

    public static string Of(string indicator) => $"{List}?indicator={Uri.EscapeDataString(indicator)}#term";
}

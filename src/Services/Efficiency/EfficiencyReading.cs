using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Cases;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Efficiency;

/// <summary>A group's figures over the last quarters, oldest first.</summary>
internal sealed record TrendPoint(Period Period, FigureLine Line);

/// <summary>The waits of a quarter in a hall. Minutes.</summary>
internal sealed record WaitLine(string Hall, int Called, int NoShow, int? Average, int? Longest);

/// <summary>Counts figures from the cases and the ledgers of their clocks, within the actor's scope and seats.</summary>
internal sealed class EfficiencyReading(PlatformDb db, ClockDesk clocks, CalendarBook calendars, TimeProvider clock)
{
    public const string ByDepartment = "department";
    public const string ByWindow = "window";
    public const string ByPerson = "person";

    public static IReadOnlyList<string> Groupings { get; } = [ByDepartment, ByWindow, ByPerson];

    private (DateOnly First, DateOnly Last, IReadOnlyList<Counted> Rows)? _read;

    /// <summary>The figures of a quarter, the most cases first.</summary>
    /// <param name="by">One of <see cref="Groupings"/>; a person is shown to the own department's head and to the person.</param>
    public async Task<IReadOnlyList<FigureLine>> LinesAsync(string by, Period period, CancellationToken cancel = default)
    {
        IReadOnlyList<CaseFact> facts = await FactsAsync(by, period, cancel);
        IReadOnlyDictionary<string, string> names = await NamesAsync(by, facts, cancel);
        return
        [
            .. facts.GroupBy(fact => fact.Group).Select(group => FigureLine.Of(group.Key, names.GetValueOrDefault(group.Key, group.Key), [.. group]))
                .OrderByDescending(line => line.Due).ThenBy(line => line.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>All together, for the last quarters.</summary>
    public async Task<IReadOnlyList<TrendPoint>> TrendAsync(Period last, int quarters, string? unit = null, CancellationToken cancel = default)
    {
        Period[] periods = [.. Enumerable.Range(1, quarters - 1).Aggregate(new List<Period> { last }, (list, _) => [list[0].Previous(), .. list])];
        IReadOnlyList<CaseFact>[] facts = await FactsAsync(ByDepartment, periods, cancel);
        return [.. periods.Select((period, at) => new TrendPoint(period, FigureLine.Of("", "", [.. facts[at].Where(fact => unit is null || fact.Group == unit)])))];
    }

    /// <summary>The cases behind a figure.</summary>
    public async Task<IReadOnlyList<CaseFact>> FactsAsync(string by, Period period, CancellationToken cancel = default) => (await FactsAsync(by, [period], cancel))[0];

    /// <summary>The cases behind the figures of several periods, in their order.</summary>
    public async Task<IReadOnlyList<CaseFact>[]> FactsAsync(string by, IReadOnlyList<Period> periods, CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        IReadOnlyList<Counted> rows = await ReadAsync(periods.Min(period => period.FirstDay), periods.Max(period => period.LastDay), cancel);
        HashSet<long> people = by == ByPerson ? await PeopleAsync(cancel) : [];
        HashSet<(long, long)> excused = by == ByPerson
            ? [.. (await db.Set<RecordQuestion>().Where(row => row.Upheld).Select(row => new { row.UserId, row.ServiceCaseId }).ToListAsync(cancel)).Select(row => (row.UserId, row.ServiceCaseId))]
            : [];
        Dictionary<long, string> departments = by == ByDepartment ? await DepartmentsAsync(rows, cancel) : [];
        var grouped = rows.Select(row => (Row: row, Group: by switch
        {
            ByWindow => row.Service.WindowName,
            ByPerson => row.Service.Keeper is { } keeper && people.Contains(keeper) && !excused.Contains((keeper, row.Service.Id)) ? $"{keeper}" : null,
            _ => departments.GetValueOrDefault(row.Service.DepartmentId),
        })).Where(pair => pair.Group is not null).ToList();
        return [.. periods.Select(period => (IReadOnlyList<CaseFact>)[.. grouped.Select(pair => Fact(pair.Row, pair.Group!, calendar, period.FirstDay, period.LastDay, today)).OfType<CaseFact>()])];
    }

    /// <summary>The cases of a time with their clocks. A page asks for several groupings of the same time: it is read once a request.</summary>
    private async Task<IReadOnlyList<Counted>> ReadAsync(DateOnly first, DateOnly last, CancellationToken cancel)
    {
        if (_read is { } read && read.First <= first && read.Last >= last)
        {
            return read.Rows;
        }

        string[] ended = [CaseProcedure.Withdrawn, CaseProcedure.Void];
        List<ServiceCase> cases = await (await CaseSight.OwnAsync(db, cancel)).AsNoTracking()
            .Where(row => row.AcceptedOn != null && row.AcceptedOn <= last && (row.DecidedOn == null || row.DecidedOn >= first)
                && !db.Set<Case>().Any(file => file.Id == row.CaseId && ended.Contains(file.Stage))).ToListAsync(cancel);
        IReadOnlyDictionary<(long Case, string Name), CaseTime> times = await clocks.OfAsync([.. cases.Select(row => row.CaseId)], cancel);
        long[] these = [.. cases.Select(row => row.Id)];
        HashSet<long> corrected = [.. await db.Set<CaseMaterial>().Where(row => row.Asked && these.Contains(row.ServiceCaseId)).Select(row => row.ServiceCaseId).Distinct().ToListAsync(cancel)];
        var rows = new List<Counted>();
        foreach (ServiceCase row in cases)
        {
            if (times.TryGetValue((row.CaseId, CaseProcedure.PromisedClock), out CaseTime? promised) && times.TryGetValue((row.CaseId, CaseProcedure.StatutoryClock), out CaseTime? statutory))
            {
                rows.Add(new Counted(row, promised, statutory, corrected.Contains(row.Id)));
            }
        }

        _read = (first, last, rows);
        return rows;
    }

    /// <summary>How long people waited in the halls of the reader's city in a quarter.</summary>
    public async Task<IReadOnlyList<WaitLine>> WaitsAsync(Period period, CancellationToken cancel = default)
    {
        long[] above = db.Actor.Ancestors;
        DateOnly first = period.FirstDay;
        DateOnly last = period.LastDay;
        List<QueueTicket> tickets = await (
            from ticket in db.Set<QueueTicket>().AsNoTracking()
            where ticket.Day >= first && ticket.Day <= last && db.Set<HallWindow>().Any(window => window.HallId == ticket.HallId && above.Contains(window.CityId))
            select ticket).ToListAsync(cancel);
        Dictionary<long, string> names = (await db.Set<HallWindow>().AsNoTracking().Select(row => new { row.HallId, row.HallName }).Distinct().ToListAsync(cancel)).GroupBy(row => row.HallId).ToDictionary(row => row.Key, row => row.First().HallName);
        return
        [
            .. tickets.GroupBy(row => row.HallId).Select(hall =>
            {
                int[] waits = [.. hall.Where(row => row.CalledAt is not null).Select(row => row.Waited(row.CalledAt!.Value))];
                return new WaitLine(names.GetValueOrDefault(hall.Key, ""), waits.Length, hall.Count(row => row.State == TicketState.NoShow), waits.Length == 0 ? null : (int)Math.Round(waits.Average()), waits.Length == 0 ? null : waits.Max());
            }).OrderBy(line => line.Hall, StringComparer.Ordinal),
        ];
    }

    /// <summary>A person's record is the person's own, and that of the head of the same hall or department.</summary>
    private async Task<HashSet<long>> PeopleAsync(CancellationToken cancel)
    {
        long[] own = [.. db.Actor.Grants.Where(grant => grant.Role == CasesModule.Head).Select(grant => grant.OrganisationId)];
        return [.. await db.Set<Membership>().Where(row => own.Contains(row.OrganisationId)).Select(row => row.UserId).ToListAsync(cancel), db.Actor.UserId];
    }

    /// <summary>A case counts in the quarter in which it was decided, or in which its promise came due while it is open.</summary>
    private static CaseFact? Fact(Counted counted, string group, WorkCalendar calendar, DateOnly first, DateOnly last, DateOnly today)
    {
        (ServiceCase row, CaseTime promised, CaseTime statutory, bool corrected) = counted;
        DateOnly until = today < last ? today : last;
        DateOnly? due = row.DecidedOn ?? (promised.Clock.DueOn is { } day && day < until ? day : null);
        if (due is not { } on || on < first || on > last)
        {
            return null;
        }

        return new CaseFact(row.Id, group, true, !promised.IsOverdue(calendar, row.DecidedOn ?? until), !statutory.IsOverdue(calendar, row.DecidedOn ?? until), row.DecidedOn is not null,
            promised.Deadline.Consumed(calendar, row.DecidedOn ?? until), promised.Deadline.TotalBudget, corrected, row.Deemed, row.Rating, on);
    }

    private async Task<Dictionary<long, string>> DepartmentsAsync(IReadOnlyList<Counted> rows, CancellationToken cancel)
    {
        long[] these = [.. rows.Select(row => row.Service.DepartmentId).Distinct()];
        return await db.Set<Organisation>().Where(row => these.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Code, cancel);
    }

    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(string by, IReadOnlyList<CaseFact> facts, CancellationToken cancel)
    {
        string[] keys = [.. facts.Select(fact => fact.Group).Distinct()];
        switch (by)
        {
            case ByPerson:
                long[] users = [.. keys.Select(key => long.Parse(key, System.Globalization.CultureInfo.InvariantCulture))];
                return (await db.Set<User>().Where(row => users.Contains(row.Id)).Select(row => new { row.Id, row.DisplayName }).ToListAsync(cancel)).ToDictionary(row => $"{row.Id}", row => row.DisplayName);
            case ByDepartment:
                return await db.Set<Organisation>().Where(row => keys.Contains(row.Code)).ToDictionaryAsync(row => row.Code, row => row.Name, cancel);
            default:
                return keys.ToDictionary(key => key);
        }
    }

    private sealed record Counted(ServiceCase Service, CaseTime Promised, CaseTime Statutory, bool Corrected);
}

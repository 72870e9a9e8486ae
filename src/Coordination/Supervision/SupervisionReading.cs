using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Supervision;

/// <summary>An order as its unit and the supervisors see it.</summary>
/// <param name="Remaining">Working days left; negative by as many as it is overdue.</param>
internal sealed record OrderView(SupervisionOrder Order, string Unit, string UnitName, string Stage, long Version, DateTimeOffset Since, CaseTime Sign, CaseTime Finish, OrderState State, int Remaining)
{
    /// <summary>Null while the clock stands still.</summary>
    public DateOnly? DueOn => Finish.Clock.DueOn;

    public DateOnly SignDueOn => Sign.Clock.DueOn ?? Sign.Clock.FirstDueOn;


    public string Number => SupervisionDesk.NumberOf(Order);

    /// <summary>How much time is left, in words; its one figure is <see cref="Remaining"/> without a sign.</summary>
    public string Left(Words words) => words.Say(State switch
    {
        OrderState.Done => "supervision.done",
        OrderState.Held => "supervision.held",
        _ when Remaining < 0 => "supervision.over",
        _ when Remaining == 0 => "supervision.today",
        _ => "supervision.left",
    }, Math.Abs(Remaining));
}

/// <param name="Open">Only those that are not closed or revoked.</param>
/// <param name="Before">Keyset: the id of the last line of the page before.</param>
internal sealed record OrderFilter(string? Stage, string? Unit, bool Open, long? Before);

/// <summary>How a unit did with its orders in a time.</summary>
internal sealed record StandingLine(int Place, string Unit, int Due, int InTime, int Late, int Overdue, int Behind)
{
    /// <summary>Millionths of the orders that were due.</summary>
    public int Share => Due == 0 ? 0 : (int)((long)InTime * 1_000_000 / Due);
}

/// <summary>Reads orders within the actor's scope.</summary>
internal sealed class SupervisionReading(PlatformDb db, StepReading steps, ClockDesk clocks, CalendarBook calendars, TimeProvider clock)
{
    public const int PageSize = 50;

    private static readonly string[] s_ended = [SupervisionProcedure.Closed, SupervisionProcedure.Revoked];

    /// <summary>Newest first, one page.</summary>
    public Task<IReadOnlyList<OrderView>> PageAsync(OrderFilter filter, CancellationToken cancel = default) => ViewAsync(
        rows => rows.Where(row => (filter.Before == null || row.Order.Id < filter.Before) && (filter.Stage == null || row.File.Stage == filter.Stage)
            && (filter.Unit == null || row.Unit.Code == filter.Unit) && (!filter.Open || !s_ended.Contains(row.File.Stage))), PageSize, cancel);

    /// <summary>All that are not closed or revoked, for counts and for what comes first: a page of them would tell less than the truth.</summary>
    public Task<IReadOnlyList<OrderView>> OpenAsync(CancellationToken cancel = default) => ViewAsync(rows => rows.Where(row => !s_ended.Contains(row.File.Stage)), int.MaxValue, cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<OrderView> FindAsync(long id, CancellationToken cancel = default) =>
        await ViewAsync(rows => rows.Where(row => row.Order.Id == id), 1, cancel) is [var view] ? view : throw Refusal.NotFound();

    /// <summary>Those of some orders that the actor sees, by id.</summary>
    public async Task<IReadOnlyDictionary<long, OrderView>> OfAsync(IReadOnlyCollection<long> orders, CancellationToken cancel = default) =>
        (await ViewAsync(rows => rows.Where(row => orders.Contains(row.Order.Id)), orders.Count, cancel)).ToDictionary(view => view.Order.Id);

    /// <summary>The orders of the supporting units.</summary>
    public Task<IReadOnlyList<OrderView>> PartsAsync(long parent, CancellationToken cancel = default) =>
        ViewAsync(rows => rows.Where(row => row.Order.ParentId == parent), PageSize, cancel);

    public Task<IReadOnlyList<StepLine>> StepsAsync(OrderView order, CancellationToken cancel = default) =>
        steps.OfAsync([order.Order.CaseId], order.Order.OrganisationId, cancel);

    /// <summary>What holiday notices did to the day by which it is done.</summary>
    public Task<IReadOnlyList<MovedDay>> MovesAsync(OrderView order, CancellationToken cancel = default) => clocks.MovesAsync(order.Order.CaseId, OrderClock.Finish, cancel);

    /// <summary>The lights of the actor's city; those of an order are its own city's.</summary>
    public async Task<Palette> PaletteAsync(long? city = null, CancellationToken cancel = default)
    {
        long[] above = city is { } one ? [one] : [.. db.Actor.Grants.SelectMany(grant => Organisation.Chain(grant.Path)).Distinct()];
        return Palette.Find(await db.Set<CityPalette>().Where(row => above.Contains(row.CityId)).Select(row => row.Palette).FirstOrDefaultAsync(cancel));
    }

    /// <summary>Each unit's orders whose day has come, from one day to another, or that are done; the best first; equals share a place.</summary>
    public async Task<IReadOnlyList<StandingLine>> StandingAsync(DateOnly since, DateOnly until, CancellationToken cancel = default)
    {
        IReadOnlyList<OrderView> orders = await ViewAsync(
            rows => rows.Where(row => row.File.Stage != SupervisionProcedure.Revoked
                && db.Set<CaseClock>().Any(time => time.CaseId == row.Order.CaseId && time.Name == OrderClock.Finish && time.FirstDueOn <= until)), int.MaxValue, cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly today = clock.Today();
        List<StandingLine> lines =
        [
            .. orders.Where(order => DueOf(order, calendar) is var due && due >= since && due <= until && (due < today || IsDone(order))).GroupBy(order => order.UnitName)
                .Select(unit => new StandingLine(0, unit.Key, unit.Count(),
                    unit.Count(order => IsDone(order) && order.Finish.Remaining(calendar, today) >= 0),
                    unit.Count(order => IsDone(order) && order.Finish.Remaining(calendar, today) < 0),
                    unit.Count(order => !IsDone(order) && order.State is OrderState.Overdue or OrderState.Escalated),
                    unit.Count(order => order.State == OrderState.Behind)))
                .OrderByDescending(line => line.Share).ThenBy(line => line.Overdue).ThenByDescending(line => line.Due).ThenBy(line => line.Unit, StringComparer.Ordinal),
        ];
        for (int i = 0; i < lines.Count; i++)
        {
            bool shared = i > 0 && (lines[i].Share, lines[i].Overdue, lines[i].Due) == (lines[i - 1].Share, lines[i - 1].Overdue, lines[i - 1].Due);
            lines[i] = lines[i] with { Place = shared ? lines[i - 1].Place : i + 1 };
        }

        return lines;
    }

    /// <summary>Its work is over for the unit: finished, or closed after it.</summary>
    private static bool IsDone(OrderView order) => order.Stage is SupervisionProcedure.Finished or SupervisionProcedure.Closed;

    /// <summary>The day it was to be met with every extension, as if nothing had stopped the clock after the last one.</summary>
    private static DateOnly DueOf(OrderView order, WorkCalendar calendar) => order.DueOn
        ?? calendar.AddWorkdays(order.Finish.Deadline.Ledger[^1].On, Math.Max(0, order.Finish.Remaining(calendar, order.Finish.Deadline.Ledger[^1].On))).DueOn;

    private async Task<IReadOnlyList<OrderView>> ViewAsync(Func<IQueryable<Joined>, IQueryable<Joined>> chosen, int size, CancellationToken cancel)
    {
        IQueryable<Joined> rows =
            from order in db.Set<SupervisionOrder>().AsNoTracking()
            join file in db.Set<Case>() on order.CaseId equals file.Id
            join unit in db.Set<Organisation>() on order.OrganisationId equals unit.Id
            select new Joined { Order = order, File = file, Unit = unit };
        var found = await chosen(rows).OrderByDescending(row => row.Order.Id).Take(size)
            .Select(row => new { row.Order, row.Unit.Code, row.Unit.Name, row.File.Stage, row.File.Version, row.File.StageSince }).ToListAsync(cancel);
        IReadOnlyDictionary<(long, string), CaseTime> times = await clocks.OfAsync([.. found.Select(row => row.Order.CaseId)], cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly today = clock.Today();
        return
        [
            .. from row in found
               let finish = times[(row.Order.CaseId, OrderClock.Finish)]
               select new OrderView(row.Order, row.Code, row.Name, row.Stage, row.Version, row.StageSince, times[(row.Order.CaseId, OrderClock.Sign)], finish,
                   OrderClock.StateOf(row.Order, finish, calendar, today), finish.Remaining(calendar, today)),
        ];
    }

    private sealed class Joined
    {
        public required SupervisionOrder Order { get; init; }

        public required Case File { get; init; }

        public required Organisation Unit { get; init; }
    }
}

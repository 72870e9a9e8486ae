using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Supervision;

/// <summary>
/// Climbs the reminder ladder. A rung, its step and its notice are one save; its key lets no second worker climb it. Who was away for days climbs
/// to the highest rung whose day has come and is told once.
/// </summary>
internal sealed class RungRunner(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Looks this many calendar days ahead: holidays never make three working days longer.</summary>
    private const int Ahead = 20;

    private const int MostAtOnce = 500;

    private static readonly string[] s_stages = [SupervisionProcedure.Issued, SupervisionProcedure.Handling];

    /// <returns>How many orders were reminded of.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        int climbed = 0;
        foreach (long order in await DueAsync(cancel))
        {
            climbed += await InScopeAsync(services => ClimbAsync(services, order, cancel));
        }

        return climbed;
    }

    private Task<List<long>> DueAsync(CancellationToken cancel) => InScopeAsync(services =>
    {
        DateOnly today = clock.Today();
        DateOnly horizon = today.AddDays(Ahead);
        string top = Rungs.Ladder[^1].Code;
        string signLate = Rungs.SignLate.Code;
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        return (
            from order in db.Set<SupervisionOrder>()
            join file in db.Set<Case>() on order.CaseId equals file.Id
            // Who has climbed to the top is not looked at again, so that the long overdue never stand in the way of the others.
            where s_stages.Contains(file.Stage)
                && ((order.DueOn <= horizon && !db.Set<OrderRung>().Any(rung => rung.OrderId == order.Id && rung.Rung == top && rung.DueOn == order.DueOn))
                    || (file.Stage == SupervisionProcedure.Issued && order.SignDueOn < today
                        && !db.Set<OrderRung>().Any(rung => rung.OrderId == order.Id && rung.Rung == signLate && rung.DueOn == order.SignDueOn)))
            orderby order.DueOn
            select order.Id).Take(MostAtOnce).ToListAsync(cancel);
    });

    private async Task<int> ClimbAsync(IServiceProvider services, long id, CancellationToken cancel)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        CaseDesk desk = services.GetRequiredService<CaseDesk>();
        SupervisionOrder order = await db.Set<SupervisionOrder>().AsNoTracking().FirstAsync(row => row.Id == id, cancel);
        CaseView file = await desk.ReadAsync(order.CaseId, cancel);
        if (!s_stages.Contains(file.Stage))
        {
            return 0;
        }

        WorkCalendar calendar = await services.GetRequiredService<CalendarBook>().CurrentAsync(cancel);
        DateOnly today = clock.Today();
        List<OrderRung> climbed = await db.Set<OrderRung>().AsNoTracking().Where(row => row.OrderId == id).ToListAsync(cancel);
        (Rung Rung, DateOnly Due)[] come =
        [
            .. file.Stage == SupervisionProcedure.Issued ? [(Rungs.SignLate, order.SignDueOn)] : Array.Empty<(Rung, DateOnly)>(),
            .. order.DueOn is { } due ? Rungs.Ladder.Select(rung => (rung, due)) : [],
        ];
        (Rung Rung, DateOnly Due)[] fresh =
        [
            .. come.Where(one => Rungs.HasCome(one.Rung, one.Due, calendar, today) && !climbed.Exists(row => row.Rung == one.Rung.Code && row.DueOn == one.Due)),
        ];
        if (fresh.Length == 0)
        {
            return 0;
        }

        db.AddRange(fresh.Select(one => new OrderRung { OrderId = id, Rung = one.Rung.Code, DueOn = one.Due, OrganisationId = order.OrganisationId, FiredOn = today }));
        await desk.AdvanceAsync(file, fresh[^1].Rung.Escalates ? SupervisionProcedure.Escalate : SupervisionProcedure.Remind, null, cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
            return 1;
        }
        catch (Refusal refusal) when (refusal.Status == 409)
        {
            // Another worker climbed it, or somebody has just moved the order; the next round looks again.
            return 0;
        }
    }

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.Platform("/1/");
        return await work(scope.ServiceProvider);
    }
}

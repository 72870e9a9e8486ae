using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lodestone.Coordination.Bulletins;

/// <summary>Calls documents up for evaluation some months before they end, and ends those whose day has passed. Whoever runs it, each is moved once.</summary>
internal sealed class PolicyClock(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Months before the last day in force; the usual practice of cities.</summary>
    public const int EvaluationMonths = 6;

    private const int MostAtOnce = 200;

    /// <returns>How many documents were moved.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        DateOnly horizon = today.AddMonths(EvaluationMonths);
        List<long> come = await scopes.AsPlatformAsync(services =>
        {
            PlatformDb db = services.GetRequiredService<PlatformDb>();
            return (
                from row in db.Set<PolicyDocument>()
                join file in db.Set<Case>() on row.CaseId equals file.Id
                where (file.Stage == PolicyProcedure.InForce && row.ExpiresOn <= horizon)
                    || ((file.Stage == PolicyProcedure.Evaluating || file.Stage == PolicyProcedure.Evaluated) && row.ExpiresOn < today)
                orderby row.ExpiresOn
                select row.Id).Take(MostAtOnce).ToListAsync(cancel);
        });
        int moved = 0;
        foreach (long id in come)
        {
            moved += await scopes.AsPlatformAsync(services => MoveAsync(services, id, today, cancel));
        }

        return moved;
    }

    private static async Task<int> MoveAsync(IServiceProvider services, long id, DateOnly today, CancellationToken cancel)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        CaseDesk desk = services.GetRequiredService<CaseDesk>();
        PolicyDocument row = await db.Set<PolicyDocument>().AsNoTracking().FirstAsync(one => one.Id == id, cancel);
        CaseView file = await desk.ReadAsync(row.CaseId, cancel);
        bool over = row.ExpiresOn < today;
        if (!PolicyProcedure.IsInForce(file.Stage) || (!over && file.Stage != PolicyProcedure.InForce))
        {
            return 0;
        }

        await desk.AdvanceAsync(file, over ? PolicyProcedure.Expire : PolicyProcedure.CallUp, null, cancel);
        if (over)
        {
            await services.GetRequiredService<PublicationDesk>().RemoveAsync(Publication.Policy, id, cancel);
        }

        try
        {
            await db.SaveChangesAsync(cancel);
            return 1;
        }
        catch (Refusal refusal) when (refusal.Status == 409)
        {
            // Somebody has just moved it; the next round looks again.
            return 0;
        }
    }
}

/// <summary>Looks every hour whether a document's day has come.</summary>
internal sealed class PolicyWatching(PolicyClock runner, TimeProvider clock, ILogger<PolicyWatching> log) : Sweep(TimeSpan.FromHours(1), clock, log)
{
    protected override Task RoundAsync(CancellationToken cancel) => runner.RunAsync(cancel);
}

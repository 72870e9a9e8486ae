using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lodestone.Coordination.Bulletins;

/// <summary>
/// Ends documents whose day has passed or whose successor has come into force, and calls those up for evaluation that end in some months. What was
/// issued counts, whether or not it is being amended. Whoever runs it, each is moved once.
/// </summary>
internal sealed class PolicyClock(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Months before the last day in force; the usual practice of cities.</summary>
    public const int EvaluationMonths = 6;

    private const int MostAtOnce = 200;

    private static readonly string[] s_actions = [PolicyProcedure.Supersede, PolicyProcedure.Expire, PolicyProcedure.CallUp];

    /// <returns>How many documents were moved.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        int moved = 0;
        foreach (string action in s_actions)
        {
            List<long> come = await scopes.AsPlatformAsync(services => Due(services.GetRequiredService<PlatformDb>(), action, today)
                .OrderBy(row => row.ExpiresOn).ThenBy(row => row.Id).Select(row => row.Id).Take(MostAtOnce).ToListAsync(cancel));
            foreach (long id in come)
            {
                moved += await scopes.AsPlatformAsync(services => MoveAsync(services, id, action, today, cancel));
            }
        }

        return moved;
    }

    private static IQueryable<PolicyDocument> Due(PlatformDb db, string action, DateOnly today)
    {
        DbSet<PolicyDocument> rows = db.Set<PolicyDocument>();
        DbSet<CaseStep> steps = db.Set<CaseStep>();
        IReadOnlyList<string> standing = PolicyProcedure.Standing;
        IReadOnlyList<string> amending = PolicyProcedure.Amending;
        DateOnly horizon = today.AddMonths(EvaluationMonths);
        return action switch
        {
            // Its successor has been published, in the version that was issued last, and is in force.
            PolicyProcedure.Supersede => PolicyReading.Standing(db, today).Where(old => rows.Any(fresh => fresh.SupersedesId == old.Id && db.Set<PublicText>()
                .Any(text => text.Kind == Publication.Policy && text.SubjectId == fresh.Id && text.Current && text.Ordinal == fresh.IssuedOrdinal && text.InForceFrom <= today))),
            PolicyProcedure.Expire => rows.Where(row => row.IssuedOrdinal > 0 && row.ExpiresOn < today
                && db.Set<Case>().Any(file => file.Id == row.CaseId && standing.Contains(file.Stage))),
            // Under amendment it is called up once, until its force is prolonged.
            _ => rows.Where(row => row.IssuedOrdinal > 0 && row.ExpiresOn >= today && row.ExpiresOn <= horizon && db.Set<Case>().Any(file => file.Id == row.CaseId
                && (file.Stage == PolicyProcedure.InForce || (amending.Contains(file.Stage) && !steps.Any(call => call.CaseId == file.Id && call.Action == PolicyProcedure.CallUp
                    && !steps.Any(later => later.CaseId == file.Id && later.Id > call.Id && (later.Action == PolicyProcedure.Publish || later.Action == PolicyProcedure.Extend))))))),
        };
    }

    private static async Task<int> MoveAsync(IServiceProvider services, long id, string action, DateOnly today, CancellationToken cancel)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        CaseDesk desk = services.GetRequiredService<CaseDesk>();
        if (await db.Set<PolicyDocument>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancel) is not { } row)
        {
            return 0;
        }

        // Read before it is looked at again: what moves in between makes the save stale.
        CaseView file = await desk.ReadAsync(row.CaseId, cancel);
        if (file.Procedure.Find(file.Stage, action) is null || !await Due(db, action, today).AnyAsync(one => one.Id == id, cancel))
        {
            return 0;
        }

        if (action == PolicyProcedure.CallUp)
        {
            await desk.AdvanceAsync(file, action, null, cancel);
        }
        else
        {
            string? note = action == PolicyProcedure.Supersede
                ? await db.Set<PolicyDocument>().Where(fresh => fresh.SupersedesId == id).OrderByDescending(fresh => fresh.Id).Select(fresh => fresh.Number).FirstOrDefaultAsync(cancel)
                : null;
            await services.GetRequiredService<PolicyEnding>().EndAsync(row, file, action, note, cancel);
        }

        return await db.TrySaveAsync(cancel) ? 1 : 0;
    }
}

/// <summary>Looks every hour whether a document's day has come.</summary>
internal sealed class PolicyWatching(PolicyClock runner, TimeProvider clock, ILogger<PolicyWatching> log) : Sweep(TimeSpan.FromHours(1), clock, log)
{
    protected override Task RoundAsync(CancellationToken cancel) => runner.RunAsync(cancel);
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel.Procedures;

/// <summary>
/// Climbs the reminder ladders of all procedures. A rung, its move and its notice are one save; its key lets no second worker climb it. Who was away for
/// days climbs to the highest rung whose day has come and is told once.
/// </summary>
public sealed class RungRunner(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Looks are taken in portions; what is done leaves the next portion.</summary>
    private const int AtOnce = 500;

    /// <returns>How many rungs' moves were made.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        int climbed = 0;
        var seen = new HashSet<(long Case, string Name)>();
        while (true)
        {
            // What another worker took is not looked at twice in one round.
            (long Case, string Name)[] fresh = [.. (await DueAsync(cancel)).Where(seen.Add)];
            if (fresh.Length == 0)
            {
                return climbed;
            }

            foreach ((long Case, string Name) one in fresh)
            {
                climbed += await scopes.AsPlatformAsync(services => ClimbAsync(services, one, cancel));
            }
        }
    }

    private Task<List<(long Case, string Name)>> DueAsync(CancellationToken cancel) =>
        scopes.AsPlatformAsync(services => services.GetRequiredService<PlatformDb>().ClocksToLookAtAsync(clock.Today(), AtOnce, cancel));

    private async Task<int> ClimbAsync(IServiceProvider services, (long Case, string Name) one, CancellationToken cancel)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        CaseDesk desk = services.GetRequiredService<CaseDesk>();
        CaseClock? row = await db.Set<CaseClock>().AsNoTracking().FirstOrDefaultAsync(found => found.CaseId == one.Case && found.Name == one.Name, cancel);
        DateOnly today = clock.Today();
        if (row is not { DueOn: { } due, LookOn: { } look } || look > today)
        {
            return 0;
        }

        CaseView file = await desk.ReadAsync(one.Case, cancel);
        WorkCalendar calendar = await services.GetRequiredService<CalendarBook>().CurrentAsync(cancel);
        IReadOnlyList<Rung> ladder = file.Procedure.Clocks.First(rule => rule.Name == one.Name).Rungs;
        List<string> climbed = await db.Set<CaseRung>().AsNoTracking().Where(found => found.CaseId == one.Case && found.Name == one.Name && found.DueOn == due)
            .Select(found => found.Rung).ToListAsync(cancel);
        Rung[] come = [.. ladder.Where(rung => !climbed.Contains(rung.Code) && rung.DayOf(due, calendar) <= today)];
        Rung? next = ladder.FirstOrDefault(rung => !climbed.Contains(rung.Code) && !come.Contains(rung));
        try
        {
            if (come.Length > 0 && file.Procedure.Find(file.Stage, come[^1].Action) is not { Automatic: true })
            {
                // The case stands where nobody is reminded; it is looked at again on the next working day.
                db.LookAgain(file, one.Name, look, come[0].Workdays, calendar.AddWorkdays(today, 1).DueOn);
                await db.SaveChangesAsync(cancel);
                return 0;
            }

            CaseView moved = come.Length > 0 ? await desk.AdvanceAsync(file, come[^1].Action, null, cancel) : file;
            db.ClimbRungs(moved, one.Name, due, come.Select(rung => rung.Code), today);
            db.LookAgain(moved, one.Name, look, next?.Workdays, next?.DayOf(due, calendar));
            foreach (IRungReaction reaction in services.GetServices<IRungReaction>().Where(reaction => reaction.Procedure == file.Procedure.Code))
            {
                foreach (Rung rung in come)
                {
                    await reaction.OnAsync(moved, one.Name, rung, cancel);
                }
            }

            await db.SaveChangesAsync(cancel);
            return come.Length > 0 ? 1 : 0;
        }
        catch (Refusal refusal) when (refusal.Status == 409)
        {
            // Another worker climbed it, or somebody has just moved the case; the next round looks again.
            return 0;
        }
    }
}

using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Services.Efficiency;

/// <summary>Confirms the last quarter of the units that a pack names, and asks to have a record corrected.</summary>
internal static class EfficiencyPack
{
    public static Task LoadAsync(PackRun run) => run.AsideAsync(async () =>
    {
        run.GoTo(0);
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("service-records"))
        {
            await run.AsAsync(row["userName"], async services =>
            {
                RecordDesk desk = services.GetRequiredService<RecordDesk>();
                PlatformDb db = services.GetRequiredService<PlatformDb>();
                try
                {
                    if (row["does"] == "confirm")
                    {
                        await desk.ConfirmAsync(run.Quarter("-1"));
                    }
                    else if (await LateAsync(services, run) is { } late)
                    {
                        await desk.AskAsync(late, row["note"]);
                    }
                }
                catch (Refusal refusal) when (refusal.Code == "efficiency.nothing")
                {
                    // On some days of the year none of the pack's cases of that unit lies in the last quarter.
                }

                await db.SaveChangesAsync();
            });
        }
    });

    /// <summary>The person's case that went worst.</summary>
    private static async Task<long?> LateAsync(IServiceProvider services, PackRun run)
    {
        EfficiencyReading reading = services.GetRequiredService<EfficiencyReading>();
        string user = $"{services.GetRequiredService<PlatformDb>().Actor.UserId}";
        Period quarter = run.Quarter("0");
        return (await reading.FactsAsync(EfficiencyReading.ByPerson, [quarter, quarter.Previous()])).SelectMany(facts => facts)
            .Where(fact => fact.Group == user).OrderBy(fact => fact.InPromise).FirstOrDefault()?.Case;
    }
}

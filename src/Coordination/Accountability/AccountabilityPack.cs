using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Accountability;

/// <summary>Plays a pack's matters: each row of <c>accountability.csv</c> holds the unit of the order longest overdue to account, so many working days ago.</summary>
internal static class AccountabilityPack
{
    public static Task LoadAsync(PackRun run) => run.AsideAsync(async () =>
    {
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("accountability"))
        {
            run.GoTo(int.Parse(row["workdaysAgo"], System.Globalization.CultureInfo.InvariantCulture));
            run.Pass(30);
            await run.AsAsync(run.Holder(SupervisionModule.Supervisor), async services =>
            {
                OrderView? late = (await services.GetRequiredService<SupervisionReading>().OpenAsync())
                    .Where(order => order.State is OrderState.Overdue or OrderState.Escalated).MinBy(order => order.Remaining);
                if (late is null)
                {
                    return;
                }

                AccountabilityDesk desk = services.GetRequiredService<AccountabilityDesk>();
                PlatformDb db = services.GetRequiredService<PlatformDb>();
                AccountabilityMatter matter = await desk.OpenAsync(row["title"], [late.Order.Id]);
                await db.SaveChangesAsync();
                MatterView opened = await services.GetRequiredService<AccountabilityReading>().FindAsync(matter.Id);
                await desk.MoveAsync(matter.Id, opened.Version, AccountabilityProcedure.Find, row["finding"], null);
                await db.SaveChangesAsync();
            });
        }
    });
}

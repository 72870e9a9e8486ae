using System.Globalization;
using System.Text;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Supervision;

/// <summary>Plays a pack's orders: issued so many working days ago, then moved day by day as the table says.</summary>
internal static class SupervisionPack
{
    public static Task LoadAsync(PackRun run) => run.AsideAsync(async () =>
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = run.Pack.Table("supervision");
        var issued = new Dictionary<IReadOnlyDictionary<string, string>, long>();
        // The clock only goes on: the orders' moves are played in the order of time, not order by order.
        foreach (Played step in rows.SelectMany(Steps).OrderByDescending(step => step.WorkdaysAgo))
        {
            run.GoTo(step.WorkdaysAgo);
            run.Pass(20);
            if (step.Action is null)
            {
                issued[step.Row] = await IssueAsync(run, step.Row);
            }
            else
            {
                await MoveAsync(run, issued[step.Row], step.Row["lead"], step.Action, step.Percent, step.Row["note"]);
            }
        }
    });

    /// <summary>An issue, or a move written <c>4:report=30</c>: working days after the issue, the action, for a report the per cent.</summary>
    private sealed record Played(IReadOnlyDictionary<string, string> Row, int WorkdaysAgo, string? Action, int? Percent);

    private static IEnumerable<Played> Steps(IReadOnlyDictionary<string, string> row)
    {
        int ago = Whole(row["workdaysAgo"]);
        yield return new Played(row, ago, null, null);
        foreach (string[] parts in row["moves"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(move => move.Split(':', '=')))
        {
            yield return new Played(row, ago - Whole(parts[0]), parts[1], parts.Length > 2 ? Whole(parts[2]) : null);
        }
    }

    private static async Task<long> IssueAsync(PackRun run, IReadOnlyDictionary<string, string> row)
    {
        long id = 0;
        await run.AsAsync(run.Holder(SupervisionModule.Supervisor), async services =>
        {
            IReadOnlyList<IssuedOrder> orders = await services.GetRequiredService<SupervisionDesk>().IssueAsync(new OrderRequest(
                row["title"], row["demand"], row["source"], row["basis"], row["lead"], row["supports"].Split(' ', StringSplitOptions.RemoveEmptyEntries), null,
                Whole(row["workdays"])));
            id = orders[0].Order.Id;
            await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        });
        return id;
    }

    /// <summary>One move of an order, by who would make it.</summary>
    internal static Task MoveAsync(PackRun run, long id, string unit, string action, int? percent, string note)
    {
        bool unitMoves = SupervisionProcedure.Table.Transitions.First(move => move.Action == action).Role == SupervisionModule.Liaison;
        return run.AsAsync(unitMoves ? run.Holder(SupervisionModule.Liaison, unit) : run.Holder(SupervisionModule.Supervisor), async services =>
        {
            OrderView order = await services.GetRequiredService<SupervisionReading>().FindAsync(id);
            bool speaks = action is not (SupervisionProcedure.SignFor or SupervisionProcedure.Close);
            await services.GetRequiredService<SupervisionDesk>().MoveAsync(id, order.Version, new OrderMove(
                action, speaks ? note : null, percent,
                action == SupervisionProcedure.AskExtension ? order.DueOn!.Value.AddDays(14) : null,
                action == SupervisionProcedure.Finish ? await StoreAsync(services, unit, note) : null));
            await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        });
    }

    private static async Task<long> StoreAsync(IServiceProvider services, string unit, string text)
    {
        Organisation owner = await services.GetRequiredService<OrganisationTree>().FindAsync(unit);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await services.GetRequiredService<EvidenceStore>().AddAsync(owner.Id, "办结材料.txt", content)).Id;
    }

    private static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}

using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Services.Catalogue;

/// <summary>Puts a pack's lists in force: each entry is proposed, reviewed and decided as in daily work; then the changes that came later.</summary>
internal static class CataloguePack
{
    private const string Keeper = "keeper";

    public static Task LoadAsync(PackRun run) => run.AsideAsync(async () =>
    {
        ILookup<string, IReadOnlyDictionary<string, string>> materials = run.Pack.Table("service-materials").ToLookup(row => row["编码"]);
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("service-items"))
        {
            EntryText text = EntryRows.Read(new SheetLine(ListWorkbook.Entries, 0, row), materials[row["编码"]].Select(material => new SheetLine(ListWorkbook.Materials, 0, material)));
            await PlayAsync(run, row[Keeper], new ChangeRequest(row["单位"], ChangeKind.Add, null, [text], row["内容"]), "decide");
        }

        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("service-changes"))
        {
            run.GoTo(int.Parse(row["workdaysAgo"], CultureInfo.InvariantCulture));
            await PlayAsync(run, row[Keeper], new ChangeRequest(row["unit"], row["kind"], [row["code"]], [], row["reason"]), row["reaches"]);
        }
    });

    /// <param name="reaches">The last move that is made: propose, legal-review or decide.</param>
    private static async Task PlayAsync(PackRun run, string keeper, ChangeRequest asked, string reaches)
    {
        long id = 0;
        await run.AsAsync(keeper, async services =>
        {
            id = (await services.GetRequiredService<ListChangeDesk>().ProposeAsync(asked)).Id;
            await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        });
        foreach ((string action, string role) in new[] { (ListChangeProcedure.Review, CatalogueModule.Lawyer), (ListChangeProcedure.Decide, CatalogueModule.Office) })
        {
            if (reaches == ListChangeProcedure.Propose || (reaches == ListChangeProcedure.Review && action == ListChangeProcedure.Decide))
            {
                return;
            }

            run.Pass(5);
            await run.AsAsync(run.Holder(role), async services =>
            {
                ChangeView change = await services.GetRequiredService<ListReading>().ChangeAsync(id);
                await services.GetRequiredService<ListChangeDesk>().MoveAsync(id, change.Version, action, "依据有效，内容与法律法规一致。", services.GetRequiredService<TimeProvider>().Today());
                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            });
        }
    }
}

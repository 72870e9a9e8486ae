using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Statistics;

/// <summary>Loads a pack's forms and carries its returns as far as <c>returns.csv</c> says, each step by the account that would make it.</summary>
internal static class StatisticsPack
{
    /// <summary>The stages in the order of the levels; a return's stage says how many steps it has made.</summary>
    private static readonly string[] s_stages = [ReturnStage.Draft, ReturnStage.Submitted, ReturnStage.FirstReviewed, ReturnStage.Reviewed, ReturnStage.Approved];

    private static readonly (string Action, string Role, string Reaches)[] s_steps =
    [
        (ReturnAction.FirstReview, StatisticsModule.FirstReviewer, ReturnStage.FirstReviewed),
        (ReturnAction.Review, StatisticsModule.Reviewer, ReturnStage.Reviewed),
        (ReturnAction.Approve, StatisticsModule.Approver, ReturnStage.Approved),
    ];

    public static async Task LoadAsync(PackRun run)
    {
        await run.AsPlatformAsync(services => FormsAsync(run.Pack, services));
        foreach (var quarter in run.Pack.Table("returns").GroupBy(row => row["quarter"]))
        {
            await QuarterAsync(run, run.Quarter(quarter.Key), quarter.Key, [.. quarter]);
        }

        await MonthsAsync(run);
        await HistoryAsync(run);
    }

    /// <summary>Monthly tracking: each row goes as far as the signatures it has, the last one asks for late entry, and a term is asked about and explained.</summary>
    private static async Task MonthsAsync(PackRun run)
    {
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("monthly"))
        {
            run.Pass(5);
            (string form, string unit, Period month) = (row["form"], row["organisation"], run.PeriodAt(row["month"]));
            IReadOnlyDictionary<string, string>[] cells = [.. row["values"].Split(' ').Select(pair => pair.Split('='))
                .Select(pair => new Dictionary<string, string> { ["indicator"] = pair[0], ["value"] = pair[1], ["explanation"] = "" })];
            int signatures = int.Parse(row["signatures"], System.Globalization.CultureInfo.InvariantCulture);
            await run.AsAsync(run.Holder(Role.Reporter, unit), services => ReportAsync(services, form, unit, month, cells, signatures > 0));
            foreach (string role in new[] { StatisticsModule.StatisticsHead, StatisticsModule.UnitHead }.Take(signatures - 1))
            {
                run.Pass(30);
                await run.AsAsync(run.Holder(role, unit), services => MoveAsync(services, form, unit, month, ReturnAction.Sign));
            }
        }

        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("late-entries"))
        {
            await run.AsAsync(run.Holder(Role.Reporter, row["organisation"]), async services =>
            {
                ReturnFile file = await services.GetRequiredService<ReturnReading>().FindAsync(row["form"], row["organisation"], run.PeriodAt(row["month"]));
                DateOnly until = WorkCalendar.Published.AddWorkdays(run.Today, 5).DueOn;
                await services.GetRequiredService<LateEntryDesk>().AskAsync(file, row["reason"], until);
                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            });
        }

        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("terms"))
        {
            TermQuestion? asked = null;
            await run.AsAsync(run.Holder(Role.Reporter, row["organisation"]), async services =>
            {
                Organisation unit = await services.GetRequiredService<OrganisationTree>().FindAsync(row["organisation"]);
                asked = await services.GetRequiredService<TermDesk>().AskAsync(row["indicator"], unit, row["question"]);
                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            });
            if (row["answer"].Length > 0)
            {
                run.Pass(45);
                await run.AsAsync(run.Holder(StatisticsModule.Reviewer), async services =>
                {
                    CaseView open = await services.GetRequiredService<CaseDesk>().ReadAsync(asked!.CaseId);
                    await services.GetRequiredService<TermDesk>().AnswerAsync(asked.Id, open.Version, row["answer"], publish: true);
                    await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
                });
            }
        }
    }

    private static int? Whole(string cell) => cell.Length == 0 ? null : int.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The years before the platform, from a sheet in the yearbook's own layout, by the statistician who would import it.</summary>
    private static async Task HistoryAsync(PackRun run)
    {
        string file = Path.Combine(run.Pack.Folder, "history.csv");
        if (!File.Exists(file))
        {
            return;
        }

        var layout = new ImportLayout(null, 1,
        [
            new("单位名称", ColumnContent.Organisation), new("报告期", ColumnContent.Period),
            .. new[] { ("101", "磁性材料产业产值（万元）"), ("102", "营业收入（万元）"), ("301", "从业人员期末人数（人）") }
                .Select(column => new ImportColumn(column.Item2, ColumnContent.Value, column.Item1)),
        ]);
        await run.AsAsync(run.Holder(StatisticsModule.Reviewer), async services =>
        {
            PlatformDb db = services.GetRequiredService<PlatformDb>();
            ImportDesk desk = services.GetRequiredService<ImportDesk>();
            await services.GetRequiredService<MappingBook>().SaveAsync("yearbook-quarters", "年鉴分季度表", layout, 0);
            await db.SaveChangesAsync();
            await using FileStream content = File.OpenRead(file);
            Import import = await desk.CheckAsync(new ImportRequest(ImportKind.History, layout, "示例年鉴 2021—2025（虚构，illustrative）", null, "history.csv", content));
            await db.SaveChangesAsync();
            await desk.StoreAsync(import.Id);
            await db.SaveChangesAsync();
        });
    }

    private static async Task FormsAsync(Pack pack, IServiceProvider services)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        FormBook book = services.GetRequiredService<FormBook>();
        ILookup<string, string> indicators = pack.Table("form-indicators").ToLookup(row => row["form"], row => row["indicator"]);
        ILookup<string, string> reporters = pack.Table("form-reporters").ToLookup(row => row["form"], row => row["organisation"]);
        foreach (IReadOnlyDictionary<string, string> row in pack.Table("forms"))
        {
            await book.AddAsync(new FormRequest(row["code"], row["name"], row["documentNumber"], row["authority"], row["approvalNumber"],
                DateOnly.ParseExact(row["validUntil"], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), row["frequency"],
                [.. indicators[row["code"]]], [.. reporters[row["code"]]], Whole(row["dueWorkdays"]), null, row["signing"], Whole(row["closesAfterWorkdays"]),
                row.GetValueOrDefault("sensitivity")));
            await db.SaveChangesAsync();
        }
    }

    private static async Task QuarterAsync(
        PackRun run, Period period, string offset, IReadOnlyList<IReadOnlyDictionary<string, string>> returns)
    {
        ILookup<string, IReadOnlyDictionary<string, string>> cells =
            run.Pack.Table("observations").Where(row => row["quarter"] == offset).ToLookup(row => row["organisation"]);
        run.GoToWorkOn(period, 0);
        foreach (IReadOnlyDictionary<string, string> row in returns)
        {
            run.Pass(3);
            string organisation = row["organisation"];
            await run.AsAsync(run.Holder(Role.Reporter, organisation), services =>
                ReportAsync(services, row["form"], organisation, period, [.. cells[organisation]], row["stage"] != ReturnStage.Draft));
        }

        Dictionary<string, string> parents = run.Pack.Table("organisations").ToDictionary(row => row["code"], row => row["parent"]);
        Dictionary<string, string> kinds = run.Pack.Table("organisations").ToDictionary(row => row["code"], row => row["kind"]);
        for (int step = 0; step < s_steps.Length; step++)
        {
            (string action, string role, string reaches) = s_steps[step];
            run.GoToWorkOn(period, step + 1);
            foreach (IReadOnlyDictionary<string, string> row in returns
                .Where(row => Array.IndexOf(s_stages, row["stage"]) >= Array.IndexOf(s_stages, reaches)))
            {
                string? district = DistrictOf(row["organisation"], parents, kinds);
                if (role == StatisticsModule.FirstReviewer && district is null)
                {
                    continue;
                }

                run.Pass(2);
                await run.AsAsync(run.Holder(role, role == StatisticsModule.FirstReviewer ? district : null), services =>
                    MoveAsync(services, row["form"], row["organisation"], period, action));
            }
        }
    }

    private static async Task ReportAsync(
        IServiceProvider services, string form, string organisation, Period period, IReadOnlyList<IReadOnlyDictionary<string, string>> cells,
        bool submit)
    {
        ReturnDesk desk = services.GetRequiredService<ReturnDesk>();
        ReturnFile file = await services.GetRequiredService<ReturnReading>().FindAsync(form, organisation, period);
        StatedCell[] stated = [.. cells.Where(row => file.Find(row["indicator"]) is not null)
            .Select(row => new StatedCell(row["indicator"], row["value"], row["explanation"].Length == 0 ? null : row["explanation"]))];
        _ = submit ? await desk.SubmitAsync(file, file.Version, stated) : await desk.SaveAsync(file, file.Version, stated);
        await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
    }

    private static async Task MoveAsync(IServiceProvider services, string form, string organisation, Period period, string action)
    {
        ReturnFile file = await services.GetRequiredService<ReturnReading>().FindAsync(form, organisation, period);
        await services.GetRequiredService<ReturnDesk>().MoveAsync(file, file.Version, action, null);
        await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
    }

    private static string? DistrictOf(string organisation, Dictionary<string, string> parents, Dictionary<string, string> kinds)
    {
        for (string above = parents[organisation]; above.Length > 0; above = parents[above])
        {
            if (kinds[above] == Kernel.Organisations.OrganisationKind.District)
            {
                return above;
            }
        }

        return null;
    }
}

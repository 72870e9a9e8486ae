using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Packs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Plans;

/// <summary>
/// Fills the plans from a pack: the office founds each plan, the lead units report their milestones quarter by quarter, the office
/// confirms most, sends some back, and a few stay behind. Nothing later builds on it, so it is played aside.
/// </summary>
internal sealed class PlanLoad(PackRun run, string plan)
{
    /// <summary>Of so many measures in a row, one is behind, one was sent back and one still waits.</summary>
    private const int Cycle = 13;

    private readonly List<IReadOnlyDictionary<string, string>> _measures = MeasuresOf(run, plan);
    private readonly Dictionary<string, string> _leads = run.Pack.Table("measures").ToDictionary(row => row["id"], row => row["lead"]);

    public static Task RunAsync(PackRun run) => run.AsideAsync(async () =>
    {
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("plans"))
        {
            var load = new PlanLoad(run, row["code"]);
            await load.FoundAsync(row);
            await load.QuarterAsync("-2", late: index => index % Cycle == 5, behind: _ => false);
            await load.ProblemsAsync();
            await load.QuarterAsync("-1", late: index => index % Cycle == 8, behind: index => index % Cycle == 4);
            await load.ChangesAsync();
            await new PlanReviewLoad(run, row["code"]).CarryAsync();
        }
    });

    private async Task FoundAsync(IReadOnlyDictionary<string, string> row)
    {
        var text = new PlanText(row["code"], row["name"], row["documentNumber"], row["organisation"], run.Quarter(row["firstQuarter"]),
            run.Quarter(row["lastQuarter"]),
            [
                .. run.Pack.Table("objectives").Where(one => one["plan"] == plan)
                    .Select(one => new ObjectiveText(one["id"], one["chapter"], one["section"], one["title"], Whole(one["weight"]))),
            ],
            [
                .. _measures.Select(one => new MeasureText(one["id"], one["objective"], one["section"], one["title"], one["text"], one["lead"],
                    Codes(one["support"]), one["benefit"], one["kind"], Whole(one["weight"]), one["carries"])),
            ],
            [
                .. MilestonesOf()
                    .Select(one => new MilestoneText(one["id"], one["measure"], run.Quarter(one["quarter"]), one["title"], Whole(one["weight"]))),
            ],
            row["parent"].Length == 0 ? GroupsOf() : null, row["parent"].Length == 0 ? ContactsOf() : null, row["kind"], row["parent"]);
        await SaveAsync(run.Holder(PlansModule.Office), services => services.GetRequiredService<PlanBook>().FoundAsync(text));
        if (row["parent"].Length > 0)
        {
            return;
        }

        foreach (IReadOnlyDictionary<string, string> project in run.Pack.Table("projects"))
        {
            await SaveAsync(run.Holder(PlansModule.Office), services => AddAsync(services, project));
        }
    }

    private async Task AddAsync(IServiceProvider services, IReadOnlyDictionary<string, string> row)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        ProjectDesk desk = services.GetRequiredService<ProjectDesk>();
        Plan found = await services.GetRequiredService<PlanBook>().FindAsync(plan);
        DateOnly start = services.GetRequiredService<TimeProvider>().Today();
        await desk.AddAsync(found, new ProjectText(row["code"], row["name"], row["enterprise"], row["park"], row["chainPosition"], PackRun.Number(row["investment"])), start);
        if (row["stage"] != Project.Stages[0])
        {
            await db.SaveChangesAsync();
            await desk.ReachAsync(found, row["code"], row["stage"], start, null);
        }
    }

    private async Task QuarterAsync(string offset, Func<int, bool> late, Func<int, bool> behind)
    {
        Period quarter = run.Quarter(offset);
        List<(string Code, string Measure, int Index)> rows =
        [
            .. MilestonesOf().Where(row => row["quarter"] == offset).Select((row, index) => (row["id"], row["measure"], index)),
        ];
        GoTo(quarter.LastDay.AddDays(-3));
        await ReportAsync(rows.Where(row => !late(row.Index) && !behind(row.Index)), "已按期完成，材料备查（示例）");
        GoTo(quarter.LastDay.AddDays(5));
        await ReportAsync(rows.Where(row => late(row.Index)), "因会签较慢，延后完成（示例）");
        GoTo(quarter.LastDay.AddDays(12));
        bool newest = offset == "-1";
        await DecideAsync(rows.Where(row => !behind(row.Index) && !(newest && row.Index % Cycle is 8 or 11)), "confirm", null);
        if (newest)
        {
            await DecideAsync(rows.Where(row => row.Index % Cycle == 8), "send-back", "报告没有写明完成的日期和文号，请补齐（示例）");
        }
    }

    private async Task ReportAsync(IEnumerable<(string Code, string Measure, int Index)> rows, string text)
    {
        foreach (var unit in rows.GroupBy(row => _leads[row.Measure]))
        {
            await SaveAsync(run.Holder(PlansModule.Liaison, unit.Key), async services =>
            {
                MilestoneDesk desk = services.GetRequiredService<MilestoneDesk>();
                Plan found = await services.GetRequiredService<PlanBook>().FindAsync(plan);
                foreach ((string code, _, _) in unit)
                {
                    Milestone milestone = await desk.FindAsync(found.Id, code);
                    await desk.ReportAsync(milestone, $"{milestone.Title}：{text}", null, milestone.Version);
                }
            });
            run.Pass(7);
        }
    }

    private Task DecideAsync(IEnumerable<(string Code, string Measure, int Index)> rows, string action, string? note) =>
        SaveAsync(run.Holder(PlansModule.Office), async services =>
        {
            MilestoneDesk desk = services.GetRequiredService<MilestoneDesk>();
            Plan found = await services.GetRequiredService<PlanBook>().FindAsync(plan);
            foreach ((string code, _, _) in rows)
            {
                Milestone milestone = await desk.FindAsync(found.Id, code);
                await desk.DecideAsync(milestone, action, note, milestone.Version);
            }
        });

    private async Task ProblemsAsync()
    {
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("problems").Where(row => IsMine(row["measure"])))
        {
            long id = 0;
            await SaveAsync(run.Holder(PlansModule.Liaison, row["raisedBy"]), async services =>
            {
                Plan found = await services.GetRequiredService<PlanBook>().FindAsync(plan);
                Measure measure = await services.GetRequiredService<PlatformDb>().Set<Measure>().SingleAsync(one => one.PlanId == found.Id && one.Code == row["measure"]);
                id = (await services.GetRequiredService<ProblemDesk>().RaiseAsync(measure, row["text"])).Id;
            });
            run.Pass(90);
            if (row["reply"].Length > 0)
            {
                await MoveAsync(run.Holder(PlansModule.Liaison, _leads[row["measure"]]), id, "reply", row["reply"]);
            }

            if (row["answer"].Length > 0)
            {
                await MoveAsync(run.Holder(PlansModule.Office), id, "answer", row["answer"]);
            }

            if (row["stage"] == ProblemProcedure.Closed)
            {
                await MoveAsync(run.Holder(PlansModule.Liaison, row["raisedBy"]), id, "close", null);
            }
        }
    }

    private async Task MoveAsync(string userName, long id, string action, string? note)
    {
        await SaveAsync(userName, async services =>
        {
            ProblemDesk desk = services.GetRequiredService<ProblemDesk>();
            long version = await services.GetRequiredService<PlatformDb>().Set<Problem>().Where(row => row.Id == id).Select(row => row.Version).SingleAsync();
            await (action == "reply" ? desk.ReplyAsync(id, note, version) : desk.MoveAsync(id, action, note, version));
        });
        run.Pass(60);
    }

    private async Task ChangesAsync()
    {
        HashSet<string> own = [.. MilestonesOf().Select(row => row["id"])];
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("plan-changes").Where(row => own.Contains(row["milestone"])))
        {
            await SaveAsync(run.Holder(PlansModule.Office), async services =>
            {
                PlanChanges changes = services.GetRequiredService<PlanChanges>();
                Plan found = await services.GetRequiredService<PlanBook>().FindAsync(plan);
                Milestone known = await services.GetRequiredService<MilestoneDesk>().FindAsync(found.Id, row["milestone"]);
                string measure = await services.GetRequiredService<PlatformDb>().Set<Measure>().Where(one => one.Id == known.MeasureId).Select(one => one.Code).SingleAsync();
                if (row["quarter"].Length == 0)
                {
                    await changes.RemoveAsync(found, PlanRevision.Milestone, known.Code, row["reason"], known.Version);
                }
                else
                {
                    await changes.SetMilestoneAsync(
                        found, new MilestoneText(known.Code, measure, run.Quarter(row["quarter"]), row["title"], known.Weight), row["reason"], known.Version);
                }
            });
            run.Pass(15);
        }
    }

    private static List<IReadOnlyDictionary<string, string>> MeasuresOf(PackRun run, string plan)
    {
        HashSet<string> objectives = [.. run.Pack.Table("objectives").Where(row => row["plan"] == plan).Select(row => row["id"])];
        return [.. run.Pack.Table("measures").Where(row => objectives.Contains(row["objective"]))];
    }

    private IEnumerable<IReadOnlyDictionary<string, string>> MilestonesOf() => run.Pack.Table("milestones").Where(row => IsMine(row["measure"]));

    private bool IsMine(string measure) => _measures.Any(row => row["id"] == measure);

    private List<GroupText> GroupsOf()
    {
        Dictionary<string, string> names = run.Pack.Table("people").DistinctBy(row => row["userName"]).ToDictionary(row => row["userName"], row => row["displayName"]);
        return [.. run.Pack.Table("groups").Select(row => new GroupText(
            row["code"], row["kind"], row["name"], row["organisation"], Codes(row["members"]), names[row["liaison"]], row["phone"]))];
    }

    private List<ContactText> ContactsOf() =>
        [.. run.Pack.Table("contacts").Select(row => new ContactText(row["organisation"], row["person"], row["phone"]))];

    private static string[] Codes(string cell) => cell.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Task SaveAsync(string userName, Func<IServiceProvider, Task> act) => run.AsAsync(userName, async services =>
    {
        await act(services);
        await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
    });

    /// <summary>Sets the clock to the last working day up to a day, but before today.</summary>
    private void GoTo(DateOnly day) => run.GoTo(Math.Max(1, day < run.Today ? WorkCalendar.Published.WorkdaysBetween(day, run.Today) : 1));

    private static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}

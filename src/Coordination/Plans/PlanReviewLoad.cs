using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Plans;

/// <summary>Plays what looks back on a plan: the evaluations of the pack, and the carry-over of a year that may be closed already.</summary>
internal sealed class PlanReviewLoad(PackRun run, string plan)
{
    /// <summary>So many milestones are carried; the rest of the year's stays for whoever tries it.</summary>
    private const int Carried = 3;

    /// <summary>Once the quarters' figures are approved, so that an evaluation has them.</summary>
    public async Task EvaluateAsync()
    {
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("evaluations").Where(row => row["plan"] == plan))
        {
            await EvaluateAsync(row);
        }
    }

    /// <summary>Only in the last quarter of a year, and in the first of the next, is there something to carry.</summary>
    public async Task CarryAsync()
    {
        int year = run.Quarter("-1").Year;
        run.GoTo(4);
        await SaveAsync(run.Holder(PlansModule.Office), async services =>
        {
            Plan found = await services.GetRequiredService<PlanBook>().FindAsync(plan);
            CarryDesk desk = services.GetRequiredService<CarryDesk>();
            var to = new Period(PeriodKind.Quarter, year + 1, 1);
            if (services.GetRequiredService<TimeProvider>().Today() < CarryDesk.OpensOn(year) || to > found.LastQuarter)
            {
                return;
            }

            CarriedText[] picked = [.. (await desk.ListAsync(found, year)).Where(one => one.MayGo && one.Row.Quarter == run.Quarter("-1")).Take(Carried)
                .Select(one => new CarriedText(one.Row.Code, one.Row.Version))];
            if (picked.Length > 0)
            {
                await desk.CarryAsync(found, year, to, picked, "年内条件未成熟，转入下一年一季度，示例〔2022〕第6号");
            }
        });
    }

    private async Task EvaluateAsync(IReadOnlyDictionary<string, string> row)
    {
        string office = run.Holder(PlansModule.Office);
        long id = 0;
        run.GoTo(3);
        await SaveAsync(office, async services =>
            id = (await services.GetRequiredService<EvaluationDesk>().DraftAsync(await services.GetRequiredService<PlanBook>().FindAsync(plan), row["kind"])).Id);
        await WithAsync(office, id, (desk, one, _) => desk.WriteAsync(one, $"{one.Findings}\n{row["findings"]}", row["advice"], recount: false, one.Version));
        await WithAsync(office, id, (desk, one, _) => desk.MoveAsync(one, "consult", null, null, one.Version));
        run.GoTo(2);
        foreach (IReadOnlyDictionary<string, string> said in run.Pack.Table("evaluation-opinions").Where(one => one["plan"] == plan))
        {
            long opinion = 0;
            await WithAsync(run.Holder(PlansModule.Liaison, said["organisation"]), id, async (_, one, services) =>
                opinion = (await services.GetRequiredService<EvaluationOpinions>().SayAsync(one, said["text"])).Id);
            run.Pass(40);
            if (said["answer"].Length > 0)
            {
                await WithAsync(office, id, (_, one, services) =>
                    services.GetRequiredService<EvaluationOpinions>().AnswerAsync(one, opinion, said["answer"], opinion));
            }
        }

        if (row["stage"] == EvaluationProcedure.Issued)
        {
            run.GoTo(1);
            await WithAsync(office, id, (desk, one, _) => desk.MoveAsync(one, "submit", null, null, one.Version));
            await WithAsync(run.Holder(PlansModule.Approver), id, (desk, one, _) => desk.MoveAsync(one, "issue", null, row["documentNumber"], one.Version));
        }
    }

    private Task WithAsync(string userName, long id, Func<EvaluationDesk, Evaluation, IServiceProvider, Task> act) => SaveAsync(userName, async services =>
    {
        EvaluationDesk desk = services.GetRequiredService<EvaluationDesk>();
        await act(desk, await desk.FindAsync(id), services);
    });

    private Task SaveAsync(string userName, Func<IServiceProvider, Task> act) => run.AsAsync(userName, async services =>
    {
        await act(services);
        await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
    });
}

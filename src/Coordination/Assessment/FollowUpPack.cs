using System.Globalization;
using System.Text;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Packs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Assessment;

/// <summary>Plays a pack's judgements, receipts, rectifications, opinions and rewards, each step by the account that would make it.</summary>
internal static class FollowUpPack
{
    private const int MinutesApart = 25;

    /// <summary>Gives the judged points of a round that has just been opened.</summary>
    public static async Task JudgeAsync(IServiceProvider services, PackRun run, long round, IReadOnlyDictionary<string, string> opened)
    {
        Judging judging = services.GetRequiredService<Judging>();
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("judgements")
            .Where(row => row["scheme"] == opened["scheme"] && row["quarter"] == opened["quarter"]))
        {
            OpenedRound draft = await services.GetRequiredService<RoundDoor>().OpenAsync(round);
            using Stream content = Paper(row["reason"]);
            EvidenceFile evidence = await judging.StoreAsync(draft, row["unit"], row["evidence"], content);
            await judging.GiveAsync(draft, new JudgementRequest(row["unit"], row["criterion"], PackRun.Number(row["points"]), row["reason"], evidence.Id));
            await db.SaveChangesAsync();
            run.Pass(MinutesApart / 5);
        }
    }

    public static async Task LoadAsync(PackRun run, int workdaysAgo)
    {
        run.GoTo(workdaysAgo);
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("receipts"))
        {
            await AsUnitAsync(run, row, async (services, round) =>
                await services.GetRequiredService<FeedbackDesk>().SignAsync(round, row["unit"], null));
        }

        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("opinions"))
        {
            await OpinionAsync(run, row);
        }

        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("rewards"))
        {
            await RewardAsync(run, row);
        }

        run.GoTo(workdaysAgo - 1);
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("rectifications"))
        {
            await RectifyAsync(run, row);
        }
    }

    private static async Task OpinionAsync(PackRun run, IReadOnlyDictionary<string, string> row)
    {
        long id = 0;
        await AsUnitAsync(run, row, async (services, round) =>
            id = (await services.GetRequiredService<OpinionDesk>().FileAsync(round, row["unit"], row["text"])).Opinion.Id);
        if (row["stage"] is OpinionProcedure.Adopted or OpinionProcedure.Declined)
        {
            await ActAsync(run, run.Holder(AssessmentModule.Assessor), services => services.GetRequiredService<OpinionDesk>()
                .AnswerAsync(new OpinionAnswer(id, row["stage"] == OpinionProcedure.Adopted, row["answer"]), null));
        }
    }

    private static async Task RewardAsync(PackRun run, IReadOnlyDictionary<string, string> row)
    {
        long id = 0;
        var request = new RewardRequest(row["scheme"], run.Quarter(row["quarter"]).Year, row["unit"], row["title"], PackRun.Number(row["amount"]),
            row["duty"], run.Today.AddDays(int.Parse(row["dutyDays"], CultureInfo.InvariantCulture)));
        await ActAsync(run, run.Holder(AssessmentModule.Assessor), async services =>
            id = (await services.GetRequiredService<RewardDesk>().ProposeAsync(request)).Reward.Id);
        if (row["stage"] == RewardProcedure.Approved)
        {
            await ActAsync(run, run.Holder(StatisticsModule.Approver), services => services.GetRequiredService<RewardDesk>()
                .ActAsync(id, RewardProcedure.Approve, null, null));
        }
    }

    private static Task RectifyAsync(PackRun run, IReadOnlyDictionary<string, string> row) => AsUnitAsync(run, row, async (services, round) =>
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        long unit = round.Units[row["unit"]];
        Rectification asked = await db.Set<Rectification>().AsNoTracking()
            .FirstAsync(one => one.RoundId == round.Round.Id && one.OrganisationId == unit);
        using Stream content = Paper(row["text"]);
        EvidenceFile evidence = await services.GetRequiredService<EvidenceStore>().AddAsync(unit, row["evidence"], content);
        await services.GetRequiredService<RectificationDesk>().ActAsync(asked.Id, RectificationProcedure.Submit, row["text"], evidence.Id, null);
    });

    /// <summary>Acts as the unit's liaison on the released round that the row names.</summary>
    private static Task AsUnitAsync(PackRun run, IReadOnlyDictionary<string, string> row, Func<IServiceProvider, OpenedRound, Task> act) =>
        ActAsync(run, run.Holder(AssessmentModule.Liaison, row["unit"]), async services =>
        {
            Period period = run.Quarter(row["quarter"]);
            long round = await (
                from one in services.GetRequiredService<PlatformDb>().Set<Round>()
                join scheme in services.GetRequiredService<PlatformDb>().Set<SchemeVersion>() on one.SchemeId equals scheme.Id
                where scheme.Code == row["scheme"] && one.Period == period && one.ReleasedStep != null
                select one.Id).FirstAsync();
            await act(services, await services.GetRequiredService<RoundDoor>().OpenAsync(round));
        });

    private static async Task ActAsync(PackRun run, string userName, Func<IServiceProvider, Task> act)
    {
        run.Pass(MinutesApart);
        await run.AsAsync(userName, async services =>
        {
            await act(services);
            await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        });
    }

    private static MemoryStream Paper(string text) => new(Encoding.UTF8.GetBytes(text));
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Assessment;

/// <summary>Loads a pack's schemes, runs its rounds and files its appeals, each step by the account that would make it.</summary>
internal static class AssessmentPack
{
    private const int ReleasedWorkdaysAgo = 3;

    public static async Task LoadAsync(PackRun run)
    {
        if (!run.Pack.Documents("scheme").Any())
        {
            return;
        }

        string assessor = run.Holder(AssessmentModule.Assessor);
        foreach (string document in run.Pack.Documents("scheme"))
        {
            await run.AsAsync(assessor, services => SchemeAsync(services, document));
        }

        run.GoTo(ReleasedWorkdaysAgo);
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("rounds"))
        {
            await run.AsAsync(assessor, services => RoundAsync(services, run, row));
        }

        run.GoTo(ReleasedWorkdaysAgo - 1);
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("appeals"))
        {
            await AppealAsync(run, row);
        }

        await FollowUpPack.LoadAsync(run, ReleasedWorkdaysAgo - 1);
    }

    private static async Task SchemeAsync(IServiceProvider services, string document)
    {
        JsonObject scheme = JsonNode.Parse(document)!.AsObject();
        scheme.Remove("source");
        await services.GetRequiredService<SchemeBook>().MakeAsync(scheme.Deserialize<Scheme>(AssessmentJson.Options)!);
        await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
    }

    private static async Task RoundAsync(IServiceProvider services, PackRun run, IReadOnlyDictionary<string, string> row)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        (Round round, CaseView file) = await services.GetRequiredService<OpenRound>().OpenAsync(
            row["scheme"], null, run.Quarter(row["quarter"]).ToString(), row["units"].Split(' '), Groups(row["groups"]));
        await db.SaveChangesAsync();
        await FollowUpPack.JudgeAsync(services, run, round.Id, row);
        long version = file.Version;
        string[] moves = row["stage"] switch
        {
            RoundProcedure.Released => [RoundProcedure.Freeze, RoundProcedure.Release],
            RoundProcedure.Frozen => [RoundProcedure.Freeze],
            _ => [],
        };
        foreach (string action in moves)
        {
            run.Pass(20);
            version = (await services.GetRequiredService<MoveRound>().MoveAsync(round.Id, action, null, version)).Version;
            await db.SaveChangesAsync();
        }
    }

    /// <summary>Written as <c>name=unit unit；name=unit</c>.</summary>
    private static Dictionary<string, string> Groups(string cell) => cell.Split('；', StringSplitOptions.RemoveEmptyEntries)
        .Select(group => group.Split('='))
        .SelectMany(group => group[1].Split(' ').Select(unit => (Unit: unit, Name: group[0])))
        .ToDictionary(pair => pair.Unit, pair => pair.Name);

    private static async Task AppealAsync(PackRun run, IReadOnlyDictionary<string, string> row)
    {
        long id = 0;
        await run.AsAsync(run.Holder(AssessmentModule.Liaison, row["unit"]), async services =>
        {
            PlatformDb db = services.GetRequiredService<PlatformDb>();
            ScoreInput input = await (
                from held in db.Set<ScoreInput>().AsNoTracking()
                join unit in db.Set<Organisation>() on held.OrganisationId equals unit.Id
                where unit.Code == row["unit"] && held.Criterion == row["criterion"]
                orderby held.ObservationId
                select held).FirstAsync();
            long round = await db.Set<Round>().Where(one => one.RunId == input.RunId).Select(one => one.Id).FirstAsync();
            (Appeal appeal, _) = await services.GetRequiredService<FileAppeal>().FileAsync(
                new AppealRequest(round, row["unit"], row["criterion"], input.ObservationId, row["ground"], row["reason"]));
            await db.SaveChangesAsync();
            id = appeal.Id;
        });
        if (row["stage"] == AppealProcedure.Accepted)
        {
            run.Pass(200);
            await run.AsAsync(run.Holder(AssessmentModule.AppealOfficer), async services =>
            {
                await services.GetRequiredService<DecideAppeal>().ActAsync(id, AppealProcedure.Accept, null, null);
                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            });
        }
    }
}

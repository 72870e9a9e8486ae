using System.Globalization;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.ModelCheck;

/// <summary>The model over HTTP: in every stage every person tries every action and every write, and the platform does what the table says and no more.</summary>
public sealed class LevelReplayTests(LevelsCity city) : IClassFixture<LevelsCity>
{
    private static readonly string[] s_lawfulNo = ["access.role", "case.wrong-stage", "case.unknown-action", "request.not-found", "return.not-begun"];

    private int _quarter;

    public static TheoryData<string, string> Stages => new(
        from organisation in new[] { "e", "b2" }
        from stage in ReturnStage.All
        where organisation == "e" || stage != ReturnStage.FirstReviewed
        select (organisation, stage));

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Everybody_may_do_what_the_table_says_and_nothing_else(string organisation, string stage)
    {
        Procedure table = organisation == "e" ? ReturnProcedure.Return : ReturnProcedure.ReturnDirect;
        string path = (await city.OrganisationAsync(organisation)).Path;
        (string period, long version) = await FreshAsync(organisation, stage);
        foreach ((string userName, _, _) in LevelsCity.Persons)
        {
            Actor actor = await city.ActorOfAsync(userName);
            foreach (string action in table.Transitions.Select(move => move.Action).Distinct().Where(action => action != ReturnAction.Save))
            {
                Answer answer = await city.ActAsync(userName, organisation, period, action, version);
                string line = $"{userName} {action} at {stage}: {(int)answer.Status} {answer.Text}";
                if (table.Find(stage, action) is { } move && actor.May(move.Role, move.Seat, path) is not null)
                {
                    Assert.True((string?)answer.Ok()["stage"] == move.To, line);
                    Assert.Equal(Levels(move.To, organisation), await ApprovedAsync(organisation, period));
                    (period, version) = await FreshAsync(organisation, stage);
                }
                else
                {
                    Assert.True(s_lawfulNo.Contains(answer.Code), line);
                }
            }

            Answer saved = await city.SaveAsync(userName, organisation, period, version, 7);
            bool owner = stage == ReturnStage.Draft && userName == (organisation == "e" ? "reporter" : "bureau-reporter");
            Assert.True(saved.Message.IsSuccessStatusCode == owner, $"{userName} writes at {stage}: {(int)saved.Status} {saved.Text}");
            version = owner ? (long)saved["version"] : version;
        }
    }

    private async Task<(string Period, long Version)> FreshAsync(string organisation, string stage)
    {
        // Each test instance is new; the class's data is not.
        string period;
        do
        {
            int quarter = _quarter++;
            period = string.Create(CultureInfo.InvariantCulture, $"{2025 - (quarter / 4)}Q{(quarter % 4) + 1}");
        }
        while ((long?)(await (await city.ClientAsync("approver")).ReadAsync(LevelsCity.PlaceOf(organisation, period))).Body?["version"] is not (null or 0));

        return (period, await city.CarryAsync(organisation, period, stage));
    }

    private async Task<IEnumerable<int>> ApprovedAsync(string organisation, string period)
    {
        long owner = (await city.OrganisationAsync(organisation)).Id;
        var quarter = Lodestone.Kernel.Calendar.Period.Parse(period);
        await using PlatformDb db = city.Db();
        return await db.Set<Approval>().Where(row => row.OrganisationId == owner && row.Period == quarter && row.WithdrawnAt == null)
            .Select(row => row.Level).OrderBy(level => level).ToListAsync();
    }

    private static IEnumerable<int> Levels(string stage, string organisation) => (stage switch
    {
        ReturnStage.FirstReviewed => new[] { 1 },
        ReturnStage.Reviewed => [1, 2],
        ReturnStage.Approved => [1, 2, 3],
        _ => [],
    }).Where(level => organisation == "e" || level != 1);
}

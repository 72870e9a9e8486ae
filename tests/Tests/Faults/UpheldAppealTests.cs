using Lodestone.Coordination.Assessment;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Canary;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Faults;

/// <summary>
/// kill -9 at each write point of the approval that ends an upheld appeal's correction: the approval, the settled appeal, the
/// recomputed round and the answer's key are all there or none is, and the repeat does it once.
/// </summary>
[Trait("Faults", "kill")]
[Trait("Long", "faults")]
public sealed class UpheldAppealTests(EngineUnderTest engine)
{
    private const string Key = "last-approval";

    [Fact]
    public async Task The_last_approval_is_whole_or_absent_wherever_the_process_dies()
    {
        (Place prepared, string token, string place, long version) = await PrepareAsync();
        IReadOnlyList<string> points = await KillRun.AtEachPointAsync(engine, prepared, token,
            client => client.PostAsync($"{place}/actions", new { action = "approve", version }, Key), JudgeAsync);
        Assert.True(points.Count >= 4, string.Join(", ", points));
    }

    /// <summary>An upheld appeal whose corrected cell waits for the last of the three levels.</summary>
    private async Task<(Place Place, string Token, string Address, long Version)> PrepareAsync()
    {
        await using var city = new CanaryCity(engine) { ReportsOnly = true };
        await city.InitializeAsync();
        Branch branch = city.Branches[0];
        string place = $"/api/returns/{CanaryCity.Form}/{branch.Enterprise}/{CanaryCity.Period}";
        HttpClient reporter = await city.ClientAsync(branch.Reporter);
        long version = (long)(await reporter.ReadAsync(place))["version"];
        version = (long)(await reporter.PutAsync(place, new
        {
            cells = new[] { new { indicator = CanaryCity.Indicator, value = 1234.5m, explanation = "corrected" } },
            version,
        }))["version"];
        foreach ((string userName, string action) in new[]
        {
            (branch.Reporter, "submit"), ($"first-reviewer-{branch.Word}", "first-review"), ($"reviewer-{branch.City}", "review"),
        })
        {
            version = (long)(await (await city.ClientAsync(userName)).PostAsync($"{place}/actions", new { action, version }))["version"];
        }

        HttpClient approver = await city.ClientAsync($"approver-{branch.City}");
        return (city.Place, approver.DefaultRequestHeaders.Authorization!.Parameter!, place, version);
    }

    private static async Task JudgeAsync(Place place, string point)
    {
        await using var workshop = new Workshop(place);
        await using PlatformDb db = workshop.Db();
        Appeal appeal = (await db.Set<Appeal>().AsNoTracking().Where(row => row.CorrectionCaseId != null).OrderBy(row => row.Id).ToListAsync())[0];
        Case correction = await db.Set<Case>().AsNoTracking().SingleAsync(row => row.Id == appeal.CorrectionCaseId);
        string stage = await db.Set<Case>().Where(row => row.Id == appeal.CaseId).Select(row => row.Stage).SingleAsync();
        Round round = await db.Set<Round>().AsNoTracking().SingleAsync(row => row.Id == appeal.RoundId);
        List<ScoreRun> runs = await db.Set<ScoreRun>().AsNoTracking().Where(row => row.RoundId == round.Id).OrderBy(row => row.Ordinal).ToListAsync();
        bool[] facts =
        [
            correction.Stage == "approved",
            await db.Set<Approval>().AnyAsync(row => row.CaseId == correction.Id && row.Level == 3 && row.WithdrawnAt == null),
            stage == AppealProcedure.Settled,
            appeal.Moved is not null,
            runs.Count == 2,
            round.RunId == runs[^1].Id && runs[^1].Ordinal == 2,
            await db.Set<RequestKey>().AnyAsync(row => row.Key == Key),
            await db.Set<AuditRecord>().AnyAsync(row => row.Action == "appeal.settle"),
            await db.Set<AuditRecord>().AnyAsync(row => row.Action == "correction.approve"),
        ];
        Assert.True(facts.Distinct().Count() == 1, $"killed at {point}: {string.Join(", ", facts)}");
        Assert.True(facts[0] || !point.EndsWith("repeat", StringComparison.Ordinal), point);
        Assert.Empty((await workshop.Verifier.VerifyAsync()).Findings);
    }
}

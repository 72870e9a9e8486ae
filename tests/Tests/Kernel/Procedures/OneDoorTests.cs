using System.Net;
using Lodestone.Kernel;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Procedures;

/// <summary>A stage changes through the one door only: by the table, once per version, with its step, audit record and notice.</summary>
public sealed class OneDoorTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Fact]
    [Trait("Teeth", "version")]
    public async Task Of_eight_callers_with_the_same_version_one_moves()
    {
        (long id, long version) = await platform.TrialAsync();

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => platform.MoveAsync("reporter1", id, "submit", version)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.Code == "request.stale" && answer.Status == HttpStatusCode.Conflict));
        await using PlatformDb db = platform.Db();
        CaseStep step = await db.Set<CaseStep>().SingleAsync(row => row.CaseId == id && row.Action == "submit");
        Assert.Equal(1, await db.Set<AuditRecord>().CountAsync(row => row.Reference == step.Id && row.Action == "trial.submit"));
        Assert.Equal(1, await db.Set<Notice>().CountAsync(row => row.CaseId == id));
        Assert.Equal(step.Id, (await db.Set<Case>().SingleAsync(row => row.Id == id)).Version);
    }

    [Fact]
    [Trait("Teeth", "version")]
    public async Task A_version_that_was_true_once_moves_nothing()
    {
        (long id, long version) = await platform.TrialAsync();
        long submitted = (long)(await platform.MoveAsync("reporter1", id, "submit", version))["version"];
        long back = (long)(await platform.MoveAsync("reporter1", id, "withdraw", submitted))["version"];

        (await platform.MoveAsync("reporter1", id, "submit", version)).Refused("request.stale", 409);
        (await platform.MoveAsync("reporter1", id, "submit", back)).Ok();
    }

    [Fact]
    public async Task A_neighbours_row_that_fails_undoes_the_move()
    {
        (long id, long version) = await platform.TrialAsync();
        Actor actor = await platform.ActorOfAsync("reporter1");

        await Assert.ThrowsAsync<Refusal>(() => platform.AsAsync(actor, async services =>
        {
            PlatformDb db = services.GetRequiredService<PlatformDb>();
            CaseDesk desk = services.GetRequiredService<CaseDesk>();
            await desk.MoveAsync(await desk.ReadAsync(id), version, "submit", null);
            Indicator Twin(long key) => new() { Id = key, Code = "twin", Name = "twin" };
            db.Add(Twin(1));
            db.Add(Twin(2));
            return await db.SaveChangesAsync();
        }));

        await using PlatformDb seen = platform.Db();
        Case file = await seen.Set<Case>().SingleAsync(row => row.Id == id);
        Assert.Equal(("draft", version), (file.Stage, file.Version));
        Assert.Equal(1, await seen.Set<CaseStep>().CountAsync(row => row.CaseId == id));
        Assert.Equal(0, await seen.Set<AuditRecord>().CountAsync(row => row.Action == "trial.submit" && row.Reference > version));
        Assert.Equal(0, await seen.Set<Notice>().CountAsync(row => row.CaseId == id));
        Assert.False(await seen.Set<Indicator>().AnyAsync(row => row.Code == "twin"));
    }

    [Fact]
    public async Task A_move_that_is_not_in_the_table_is_refused_by_its_reason()
    {
        (long id, long version) = await platform.TrialAsync();
        (await platform.MoveAsync("reporter1", id, "fly", version)).Refused("case.unknown-action", 422);
        (await platform.MoveAsync("reporter1", id, "withdraw", version)).Refused("case.wrong-stage", 422);
        (await platform.MoveAsync("reporter1", id, "approve", version)).Refused("access.role", 403);
        (await platform.MoveAsync("reviewer1", id, "submit", version)).Refused("access.role", 403);
        (await platform.MoveAsync("reviewer2", id, "submit", version)).Refused("request.not-found", 404);
        long submitted = (long)(await platform.MoveAsync("reporter1", id, "submit", version))["version"];
        (await platform.MoveAsync("reviewer1", id, "send-back", submitted)).Refused("case.reason-missing", 422);
        long back = (long)(await platform.MoveAsync("reviewer1", id, "send-back", submitted, "a figure"))["version"];
        long again = (long)(await platform.MoveAsync("reporter1", id, "submit", back))["version"];
        (await platform.MoveAsync("reviewer1", id, "send-back", again, "again")).Refused("case.once-only", 422);
        (await platform.MoveAsync("city-reviewer", id, "approve", again)).Ok();
    }
}

using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>A freeze and a withdrawal at the same instant. In a city of its own: no other round may rest on the value yet.</summary>
public sealed class FreezeRaceTests(AssessedCity city) : IClassFixture<AssessedCity>
{
    [Fact]
    public async Task A_withdrawal_that_was_begun_before_a_freeze_fails_after_it()
    {
        long round = await city.OpenAsync();
        long cell = await city.CellOfAsync("u2");
        Actor approver = await city.ActorOfAsync("approver");

        Refusal refusal = await Assert.ThrowsAsync<Refusal>(() => city.AsAsync(approver, async services =>
        {
            PlatformDb db = services.GetRequiredService<PlatformDb>();
            long file = await db.Set<Observation>().Where(row => row.Id == cell).Select(row => row.CaseId).SingleAsync();
            await services.GetRequiredService<ObservationBook>().WithdrawAsync(await services.GetRequiredService<CaseDesk>().ReadAsync(file), 3);
            db.Audit("return.withdraw", new Subject("return", file), 1, await services.GetRequiredService<Ids>().NextAsync());
            (await city.MoveAsync(round, "freeze")).Ok();
            return await db.SaveChangesAsync();
        }));

        Assert.Equal("request.stale", refusal.Code);
        Assert.Equal(cell, await city.CellAsync(round, "u2"));
    }
}

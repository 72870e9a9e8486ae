using System.Globalization;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Coordination.Supervision;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Faults;

/// <summary>Nodes that climb the same ladders at once and die while they write: each rung is climbed once and told once.</summary>
[Trait("Faults", "rungs")]
public sealed class RungKillTests(EngineUnderTest engine)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public Task Two_nodes_die_and_two_finish() => ClimbAsync(orders: 4, workers: 2, deaths: [2]);

    [Fact]
    [Trait("Long", "faults")]
    public Task Eight_nodes_die_again_and_again_and_eight_finish() => ClimbAsync(orders: 25, workers: 8, deaths: [1, 2, 3, 5, 9, 14]);

    private async Task ClimbAsync(int orders, int workers, int[] deaths)
    {
        Place place = await PrepareAsync(orders);
        foreach (int at in deaths)
        {
            // Each dies at its own write, soon after it has begun.
            await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => DieAsync(place, at + worker, $"{at}-{worker}")));
        }

        ChildHost[] nodes = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => ChildHost.ServeAsync(place)));
        await using var workshop = new Workshop(place);
        for (DateTimeOffset began = TimeProvider.System.GetUtcNow(); await WaitingAsync(workshop) > 0; await Task.Delay(200))
        {
            Assert.True(TimeProvider.System.GetUtcNow() - began < s_patience, "The ladders were not climbed.");
        }

        foreach (ChildHost node in nodes)
        {
            await node.DisposeAsync();
        }

        await JudgeAsync(workshop, orders);
    }

    /// <summary>Orders issued in July 2026 that nobody has signed for: every rung of both clocks has come by the time the nodes start.</summary>
    private async Task<Place> PrepareAsync(int orders)
    {
        var city = new SupervisedCity(engine);
        await city.InitializeAsync();
        for (int i = 0; i < orders; i++)
        {
            await city.IssueAsync();
        }

        await ((IAsyncDisposable)city).DisposeAsync();
        return city.Place;
    }

    private static async Task DieAsync(Place place, int at, string name)
    {
        string trigger = Path.Combine(place.Folder, $"trigger-{name}");
        await File.WriteAllTextAsync(trigger, "");
        try
        {
            await using ChildHost node = await ChildHost.ServeAsync(place, ("DOTNET_STARTUP_HOOKS", typeof(KillRun).Assembly.Location),
                ("LODESTONE_KILL_AT", at.ToString(CultureInfo.InvariantCulture)), ("LODESTONE_KILL_FILE", trigger));
            await Task.WhenAny(node.EndAsync(), Task.Delay(TimeSpan.FromSeconds(3)));
        }
        catch (InvalidOperationException)
        {
            // It died before it said where it listens.
        }
    }

    private static async Task<int> WaitingAsync(Workshop workshop)
    {
        DateOnly today = TimeProvider.System.Today();
        await using PlatformDb db = workshop.Db();
        return await db.Set<CaseClock>().CountAsync(row => row.LookOn <= today);
    }

    private static async Task JudgeAsync(Workshop workshop, int orders)
    {
        await using PlatformDb db = workshop.Db();
        List<long> cases = await db.Set<SupervisionOrder>().Select(row => row.CaseId).ToListAsync();
        Assert.Equal(orders, cases.Count);
        ILookup<long, string> rungs = (await db.Set<CaseRung>().AsNoTracking().ToListAsync()).ToLookup(row => row.CaseId, row => row.Rung);
        ILookup<long, string> steps = (await db.Set<CaseStep>().AsNoTracking().Where(row => row.UserId == 0 && row.Follows != 0).ToListAsync()).ToLookup(row => row.CaseId, row => row.Action);
        ILookup<long, string> told = (await db.Set<Notice>().AsNoTracking().ToListAsync()).ToLookup(row => row.CaseId, row => row.Kind);
        Assert.All(cases, file =>
        {
            Assert.Equal(["due", "escalate", "near", "over", "sign-late"], rungs[file].Order());
            Assert.Equal([SupervisionProcedure.Escalate, SupervisionProcedure.Remind], steps[file].Order());
            Assert.Equal(["supervision.escalate", "supervision.issue", "supervision.remind-by-clock"], told[file].Order());
        });
        Assert.Empty((await workshop.Verifier.VerifyAsync()).Findings);
    }
}

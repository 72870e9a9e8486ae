using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Faults;

/// <summary>kill -9 between any two writes of a command: the whole command or nothing of it, and the repeat does it once.</summary>
[Trait("Faults", "kill")]
public sealed class KillTests(EngineUnderTest engine)
{
    [Fact]
    public async Task A_command_of_which_one_write_is_done_leaves_nothing() => Assert.Single(await KillAsync(first: 2, most: 1));

    [Fact]
    [Trait("Long", "faults")]
    public async Task A_command_is_whole_or_absent_wherever_the_process_dies()
    {
        IReadOnlyList<string> points = await KillAsync(first: 1, most: int.MaxValue);
        Assert.True(points.Count >= 2, string.Join(", ", points));
    }

    private async Task<IReadOnlyList<string>> KillAsync(int first, int most)
    {
        (Place prepared, string token) = await PrepareAsync();
        return await KillRun.AtEachPointAsync(engine, prepared, token,
            client => client.PostAsync("/api/organisations", new { code = "killed", name = "killed", kind = "city" }, "key"),
            JudgeAsync, first, most);
    }

    private async Task<(Place Place, string Token)> PrepareAsync()
    {
        await using var platform = new Platform(engine);
        await platform.InitializeAsync();
        return (platform.Place, (await platform.ClientAsync("system")).DefaultRequestHeaders.Authorization!.Parameter!);
    }

    private static async Task JudgeAsync(Place place, string point)
    {
        await using var workshop = new Workshop(place);
        await using PlatformDb db = workshop.Db();
        int rows = await db.Set<Organisation>().CountAsync(row => row.Code == "killed");
        int records = await db.Set<AuditRecord>().CountAsync(row => row.Action == "organisation.create");
        int keys = await db.Set<RequestKey>().CountAsync(row => row.Key == "key");
        Assert.True((rows, records, keys) is (0, 0, 0) or (1, 1, 1), $"killed at {point}: {rows} rows, {records} records, {keys} keys");
        if (point.EndsWith("repeat", StringComparison.Ordinal))
        {
            Assert.Equal(1, rows);
        }

        Assert.Empty((await workshop.Verifier.VerifyAsync()).Findings);
    }
}

using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Identity;

namespace Lodestone.Tests.Ground;

/// <summary>
/// The product and the trial mechanism, with one city <c>c</c> of two districts <c>d1</c>, <c>d2</c>, each with an enterprise
/// (<c>e1</c>, <c>e2</c>) and its reporter, and a statistics bureau at every level.
/// </summary>
public sealed class TrialPlatform(EngineUnderTest engine) : Platform(engine)
{
    protected override IReadOnlyList<IModule> Modules => [.. base.Modules, new TrialModule()];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await AddAsync("city", "c");
        await AddAsync("department", "b", "c");
        await AddUserAsync("city-reviewer", ("b", TrialModule.Reviewer));
        for (int i = 1; i <= 2; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            await AddAsync("district", $"d{number}", "c");
            await AddAsync("department", $"b{number}", $"d{number}");
            await AddAsync("enterprise", $"e{number}", $"d{number}");
            await AddUserAsync($"reporter{number}", ($"e{number}", Role.Reporter));
            await AddUserAsync($"reviewer{number}", ($"b{number}", TrialModule.Reviewer));
        }
    }

    /// <summary>A trial of an enterprise in its first stage, or submitted.</summary>
    /// <returns>Its id and version.</returns>
    public async Task<(long Id, long Version)> TrialAsync(string enterprise = "e1", bool submitted = false)
    {
        HttpClient reporter = await ClientAsync($"reporter{enterprise[1..]}");
        Answer trial = await reporter.PostAsync("/api/trials", new { organisation = enterprise, title = $"trial of {enterprise}" });
        (long id, long version) = ((long)trial["id"], (long)trial["version"]);
        if (submitted)
        {
            version = (long)(await MoveAsync($"reporter{enterprise[1..]}", id, "submit", version))["version"];
        }

        return (id, version);
    }

    public async Task<Answer> MoveAsync(string userName, long id, string action, long version, string? note = null, string? key = null) =>
        await (await ClientAsync(userName)).PostAsync($"/api/trials/{id}/actions", new { action, note, version }, key);
}

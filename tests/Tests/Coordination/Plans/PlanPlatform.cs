using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Plans;

/// <summary>
/// A city <c>c</c> with its office, two bureaus <c>lead</c> and <c>help</c>, a stranger <c>other</c> and a plan <c>p</c> of two measures.
/// The clock begins in the plan's second quarter.
/// </summary>
public sealed class PlanPlatform(EngineUnderTest engine) : Platform(engine)
{
    private static readonly string[] s_help = ["help"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await AddAsync("city", "c");
        foreach (string bureau in new[] { "lead", "help", "other" })
        {
            await AddAsync("department", bureau, "c");
            await AddUserAsync($"{bureau}-liaison", (bureau, "liaison"));
        }

        await AddUserAsync("office", ("c", "plan-office"));
        await FoundAsync("p");
    }

    /// <summary>Founds a plan whose milestones lie in the quarters around the clock's today.</summary>
    public async Task FoundAsync(string code)
    {
        DateOnly today = DateOnly.FromDateTime(Clock.GetUtcNow().AddHours(8).DateTime);
        int year = today.Year;
        (await (await ClientAsync("office")).PostAsync("/api/plans", new
        {
            code,
            name = $"plan {code}",
            documentNumber = "No. 1",
            organisation = "c",
            firstQuarter = $"{year - 1}Q1",
            lastQuarter = $"{year + 1}Q4",
            objectives = new[] { new { code = "O1", chapter = "funds", section = "7.2", title = "Funds", weight = 1 } },
            measures = new[]
            {
                new { code = "M1", objective = "O1", section = "7.2-01", title = "Fund", text = "", lead = "lead", support = s_help, benefit = "economic", kind = "action", weight = 3 },
                new { code = "M2", objective = "O1", section = "7.2-02", title = "Desk", text = "", lead = "help", support = Array.Empty<string>(), benefit = "social", kind = "annual", weight = 1 },
            },
            milestones = new[]
            {
                new { code = "M1-1", measure = "M1", quarter = $"{year - 1}Q4", title = "Charter", weight = 1 },
                new { code = "M1-2", measure = "M1", quarter = $"{year}Q4", title = "Paid in", weight = 3 },
                new { code = "M1-3", measure = "M1", quarter = $"{year + 1}Q4", title = "Review", weight = 1 },
                new { code = "M2-1", measure = "M2", quarter = $"{year + 1}Q1", title = "Open", weight = 1 },
            },
        })).Ok();
    }
}

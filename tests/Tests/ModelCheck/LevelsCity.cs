using Lodestone.Tests.Ground;

namespace Lodestone.Tests.ModelCheck;

/// <summary>One city, a district with an enterprise, a bureau that reports directly, and a person for each role; some are officers of appeals besides.</summary>
public sealed class LevelsCity(EngineUnderTest engine) : Platform(engine)
{
    public const string Form = "f";
    public const string Output = "i-output";
    public const string Jobs = "i-jobs";

    /// <summary>Who takes part, where and in which role. Each also has a twin who hears appeals, named <c>…-officer</c>.</summary>
    public static readonly (string Name, string Organisation, string Role)[] Persons =
    [
        ("reporter", "e", "reporter"), ("bureau-reporter", "b2", "reporter"), ("district-reporter", "d", "reporter"), ("first", "d", "first-reviewer"),
        ("reviewer", "b", "reviewer"), ("approver", "c", "approver"), ("assessor", "c", "assessor"), ("liaison", "d", "liaison"), ("officer", "c", "appeal-officer"),
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await AddAsync("city", "c");
        await AddAsync("department", "b", "c");
        await AddAsync("department", "b2", "c");
        await AddAsync("district", "d", "c");
        await AddAsync("enterprise", "e", "d");
        HttpClient system = await ClientAsync("system");
        foreach (string code in new[] { Output, Jobs })
        {
            (await system.PostAsync("/api/indicators", new
            {
                code,
                name = code,
                unit = "万元",
                decimals = 2,
                aggregation = "sum",
                direction = "up",
                frequency = "quarter",
                purpose = "administration",
            })).Ok();
        }

        (await system.PostAsync("/api/forms", new
        {
            code = Form,
            name = "季报",
            documentNumber = "马统〔2024〕1号",
            authority = "市统计局",
            approvalNumber = "皖统审〔2024〕1号",
            validUntil = "2090-12-31",
            frequency = "quarter",
            indicators = new[] { Output, Jobs },
            reporters = new[] { "e", "b2" },
        })).Ok();
        foreach ((string name, string organisation, string role) in Persons)
        {
            await AddUserAsync(name, (organisation, role));
            if (role != "appeal-officer")
            {
                await AddUserAsync($"{name}-officer", (organisation, role), ("c", "appeal-officer"));
            }
        }

        await AddUserAsync("clean-officer", ("c", "appeal-officer"));
    }

    public static string PlaceOf(string organisation, string period) => $"/api/returns/{Form}/{organisation}/{period}";

    public async Task<Answer> SaveAsync(string userName, string organisation, string period, long version, decimal value = 100) =>
        await (await ClientAsync(userName)).PutAsync(PlaceOf(organisation, period), new
        {
            cells = new[] { new { indicator = Output, value, explanation = "x" }, new { indicator = Jobs, value, explanation = "x" } },
            version,
        });

    public async Task<Answer> ActAsync(string userName, string organisation, string period, string action, long version) =>
        await (await ClientAsync(userName)).PostAsync($"{PlaceOf(organisation, period)}/actions", new { action, note = "a fact", version });

    /// <summary>A return that stands in a stage, by its own people.</summary>
    /// <param name="suffix">Appended to the names of those who carry it there.</param>
    public async Task<long> CarryAsync(string organisation, string period, string stage, string suffix = "")
    {
        string reporter = organisation == "e" ? "reporter" : "bureau-reporter";
        long version = (long)(await SaveAsync(reporter + suffix, organisation, period, 0))["version"];
        foreach ((string userName, string action, string to) in new[]
        {
            (reporter, "submit", "submitted"), ("first", "first-review", "first-reviewed"), ("reviewer", "review", "reviewed"), ("approver", "approve", "approved"),
        })
        {
            if (stage == "draft" || (action == "first-review" && organisation != "e"))
            {
                continue;
            }

            version = (long)(await ActAsync(userName + suffix, organisation, period, action, version))["version"];
            if (to == stage)
            {
                break;
            }
        }

        return version;
    }
}

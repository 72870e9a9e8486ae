using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Lodestone.Tests.Contract;

/// <summary>Sets a random city up through the contract and carries its returns through the levels.</summary>
public sealed class ContractCity(Uri address, RandomCity plan, Outsider system, Outsider security)
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "outsider-passw0rd";

    private readonly Dictionary<string, Outsider> _people = [];

    /// <summary>Approved values by (indicator, organisation), as this side knows them.</summary>
    public Dictionary<(string Indicator, string Organisation), decimal> Approved { get; } = [];

    public Dictionary<(string Indicator, string Unit), decimal> Targets { get; } = [];

    public RandomCity Plan { get; } = plan;

    public string FormOf(string organisation) =>
        Plan.Enterprises.Any(enterprise => enterprise.Code == organisation) ? Plan.Code("fe") : Plan.Code("fu");

    public Outsider Person(string name) => _people[name];

    public string ReporterOf(string organisation) => $"{organisation}-reporter";

    public async Task BuildAsync()
    {
        await OrganisationsAsync();
        await PeopleAsync();
        foreach (RandomCity.Indicator indicator in Plan.Indicators)
        {
            await system.PostAsync("/api/indicators", new JsonObject
            {
                ["code"] = indicator.Code,
                ["name"] = $"指标 {indicator.Code}",
                ["unit"] = "万元",
                ["decimals"] = indicator.Decimals,
                ["aggregation"] = indicator.Aggregation,
                ["direction"] = indicator.Direction,
                ["frequency"] = "quarter",
                ["purpose"] = "administration",
            });
            foreach (string unit in Plan.Units)
            {
                decimal target = Plan.DrawTarget();
                await system.PutAsync($"/api/targets/{indicator.Code}/{unit}/{Plan.Period}", new JsonObject { ["value"] = target });
                Targets[(indicator.Code, unit)] = target;
            }
        }

        string[] below = [.. Plan.Indicators.Where(indicator => Plan.Districts && indicator.FromBelow).Select(indicator => indicator.Code)];
        string[] own = [.. Plan.Indicators.Select(indicator => indicator.Code).Except(below)];
        await FormAsync(Plan.Code("fe"), below, [.. Plan.Enterprises.Select(enterprise => enterprise.Code)]);
        await FormAsync(Plan.Code("fu"), own, Plan.Units);
    }

    public IReadOnlyList<RandomCity.Indicator> IndicatorsOf(string organisation) =>
        [.. Plan.Indicators.Where(indicator =>
            (Plan.Districts && indicator.FromBelow) == Plan.Enterprises.Any(enterprise => enterprise.Code == organisation))];

    /// <summary>One return from nothing to approved, or left below; with detours.</summary>
    public async Task ReportAsync(string organisation)
    {
        RandomCity.Indicator[] cells = [.. IndicatorsOf(organisation).Where(_ => !Plan.Happens(6))];
        if (cells.Length == 0 || Plan.Happens(6))
        {
            return;
        }

        Dictionary<string, decimal> values = cells.ToDictionary(cell => cell.Code, Plan.DrawValue);
        string place = PlaceOf(organisation);
        Outsider reporter = Person(ReporterOf(organisation));
        long version = await SaveAsync(place, reporter, values, 0);
        if (Plan.Happens(20))
        {
            string code = await reporter.RefusedAsync(HttpMethod.Put, place, Cells(values, version - 1), HttpStatusCode.Conflict);
            Assert.Equal("request.stale", code);
        }

        version = await ActAsync(place, reporter, "submit", null, version, "submitted");
        if (Plan.Happens(20))
        {
            version = await ActAsync(place, reporter, "withdraw", null, version, "draft");
            version = await ActAsync(place, reporter, "submit", null, version, "submitted");
        }

        if (Plan.Happens(20))
        {
            Outsider holder = Level(organisation, "submitted");
            version = await ActAsync(place, holder, "send-back", "本期数与上报明细不一致，请核对", version, "draft");
            values = cells.ToDictionary(cell => cell.Code, Plan.DrawValue);
            version = await SaveAsync(place, reporter, values, version);
            version = await ActAsync(place, reporter, "submit", null, version, "submitted");
        }

        if (Plan.Happens(6))
        {
            return;
        }

        await ClimbAsync(organisation, version);
        foreach ((string indicator, decimal value) in values)
        {
            Approved[(indicator, organisation)] = value;
        }
    }

    /// <summary>From submitted up to approved, with a withdrawal and a query now and then.</summary>
    public async Task ClimbAsync(string organisation, long version)
    {
        string place = PlaceOf(organisation);
        if (Plan.Happens(25))
        {
            await Level(organisation, "submitted").PostAsync($"{place}/queries",
                new JsonObject { ["indicator"] = IndicatorsOf(organisation)[0].Code, ["question"] = "口径是否含外购转售？" });
        }

        if (Plan.Districts && Plan.Enterprises.Any(enterprise => enterprise.Code == organisation))
        {
            Outsider district = Level(organisation, "submitted");
            version = await ActAsync(place, district, "first-review", null, version, "first-reviewed");
            if (Plan.Happens(20))
            {
                version = await ActAsync(place, district, "withdraw", null, version, "submitted");
                version = await ActAsync(place, district, "first-review", null, version, "first-reviewed");
            }
        }

        Outsider reviewer = Person(Plan.Code("reviewer"));
        version = await ActAsync(place, reviewer, "review", null, version, "reviewed");
        if (Plan.Happens(20))
        {
            string code = await Level(organisation, "submitted").RefusedAsync(HttpMethod.Post, $"{place}/actions",
                Action("first-review", null, version), Plan.Districts && Plan.Enterprises.Any(one => one.Code == organisation)
                    ? HttpStatusCode.UnprocessableEntity
                    : (HttpStatusCode)422);
            Assert.True(code is "case.wrong-stage" or "case.unknown-action", code);
        }

        await ActAsync(place, Person(Plan.Code("approver")), "approve", null, version, "approved");
    }

    public string PlaceOf(string organisation) => $"/api/returns/{FormOf(organisation)}/{organisation}/{Plan.Period}";

    /// <summary>Saves cells and sees that a repeated key gets the first answer.</summary>
    public async Task<long> SaveAsync(string place, Outsider reporter, Dictionary<string, decimal> values, long version)
    {
        string key = Guid.NewGuid().ToString();
        JsonObject body = Cells(values, version);
        JsonNode first = await reporter.PutAsync(place, body, key);
        if (Plan.Happens(20))
        {
            JsonNode again = await reporter.PutAsync(place, body, key);
            Assert.Equal(first.ToJsonString(), again.ToJsonString());
        }

        return (long)first["version"]!;
    }

    public static async Task<long> ActAsync(string place, Outsider who, string action, string? note, long version, string stage)
    {
        JsonNode answer = await who.PostAsync($"{place}/actions", Action(action, note, version));
        Assert.Equal(stage, (string?)answer["stage"]);
        return (long)answer["version"]!;
    }

    private static JsonObject Action(string action, string? note, long version) =>
        new() { ["action"] = action, ["note"] = note, ["version"] = version };

    private static JsonObject Cells(Dictionary<string, decimal> values, long version) => new()
    {
        ["cells"] = new JsonArray([.. values.Select(cell => (JsonNode)new JsonObject
        {
            ["indicator"] = cell.Key,
            ["value"] = cell.Value,
            ["explanation"] = "按台账逐笔核对",
        })]),
        ["version"] = version,
    };

    private Outsider Level(string organisation, string stage) =>
        stage == "submitted" && Plan.Enterprises.FirstOrDefault(enterprise => enterprise.Code == organisation).Unit is { } district
            ? Person($"{district}-first")
            : Person(Plan.Code("reviewer"));

    private async Task FormAsync(string code, string[] indicators, IReadOnlyList<string> reporters)
    {
        if (indicators.Length == 0 || reporters.Count == 0)
        {
            return;
        }

        await system.PostAsync("/api/forms", new JsonObject
        {
            ["code"] = code,
            ["name"] = $"表 {code}",
            ["documentNumber"] = "马统〔2024〕1号",
            ["authority"] = "市统计局",
            ["approvalNumber"] = "皖统审〔2024〕1号",
            ["validUntil"] = "2090-12-31",
            ["frequency"] = "quarter",
            ["indicators"] = new JsonArray([.. indicators.Select(indicator => (JsonNode)indicator)]),
            ["reporters"] = new JsonArray([.. reporters.Select(reporter => (JsonNode)reporter)]),
        });
    }

    private async Task OrganisationsAsync()
    {
        await AddAsync(Plan.City, "city", null);
        await AddAsync(Plan.Bureau, "department", Plan.City);
        foreach (string unit in Plan.Units)
        {
            await AddAsync(unit, Plan.Districts ? "district" : "department", Plan.City);
        }

        foreach ((string unit, string code) in Plan.Enterprises)
        {
            await AddAsync(code, "enterprise", unit);
        }
    }

    private Task<JsonNode> AddAsync(string code, string kind, string? parent) => system.PostAsync("/api/organisations",
        new JsonObject { ["code"] = code, ["name"] = $"单位 {code}", ["kind"] = kind, ["parent"] = parent });

    private async Task PeopleAsync()
    {
        // The bureau's own people review for the city; the leading group's sit at the city.
        await UserAsync(Plan.Code("reviewer"), (Plan.Happens(50) ? Plan.Bureau : Plan.City, "reviewer"));
        await UserAsync(Plan.Code("approver"), (Plan.City, "approver"));
        await UserAsync(Plan.Code("assessor"), (Plan.City, "assessor"));
        await UserAsync(Plan.Code("officer"), (Plan.City, "appeal-officer"));
        foreach (string unit in Plan.Units)
        {
            await UserAsync($"{unit}-liaison", (unit, "liaison"));
            await UserAsync(ReporterOf(unit), (unit, "reporter"));
            if (Plan.Districts)
            {
                await UserAsync($"{unit}-first", (unit, "first-reviewer"));
            }
        }

        foreach ((string _, string code) in Plan.Enterprises)
        {
            await UserAsync(ReporterOf(code), (code, "reporter"));
        }
    }

    private async Task UserAsync(string name, params (string Organisation, string Role)[] memberships)
    {
        await security.PostAsync("/api/users", new JsonObject
        {
            ["userName"] = name,
            ["displayName"] = name.ToUpper(CultureInfo.InvariantCulture),
            ["password"] = Password,
            ["memberships"] = new JsonArray([.. memberships.Select(one =>
                (JsonNode)new JsonObject { ["organisation"] = one.Organisation, ["role"] = one.Role })]),
        });
        _people[name] = await Outsider.SignInAsync(address, name, Password);
    }
}

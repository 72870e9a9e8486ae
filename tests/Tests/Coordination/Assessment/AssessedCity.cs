using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>A city with two assessed departments whose returns are approved; each test opens its own round over them.</summary>
public sealed class AssessedCity(EngineUnderTest engine) : Platform(engine)
{
    public const string Period = "2026Q1";

    private static readonly (string Name, string Organisation, string Role)[] s_people =
    [
        ("reviewer", "bureau", "reviewer"), ("approver", "office", "approver"), ("assessor", "office", "assessor"),
        ("officer", "office", "appeal-officer"), ("u1-reporter", "u1", "reporter"), ("u2-reporter", "u2", "reporter"),
        ("u1-liaison", "u1", "liaison"), ("u2-liaison", "u2", "liaison"),
    ];

    private static readonly string[] s_units = ["u1", "u2"];

    private static readonly string[] s_indicators = ["I"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await AddAsync("city", "town");
        foreach (string department in (string[])["bureau", "office", "u1", "u2"])
        {
            await AddAsync("department", department, "town");
        }

        foreach ((string name, string organisation, string role) in s_people)
        {
            await AddUserAsync(name, (organisation, role));
        }

        HttpClient system = await ClientAsync("system");
        (await system.PostAsync("/api/indicators", new
        {
            code = "I",
            name = "引进人才",
            unit = "人",
            decimals = 0,
            aggregation = "last",
            direction = "up",
            frequency = "quarter",
            purpose = "administration",
        })).Ok();
        (await system.PostAsync("/api/forms", new
        {
            code = "F",
            name = "季报",
            documentNumber = "马统〔2026〕1号",
            authority = "市统计局",
            approvalNumber = "1",
            validUntil = "2090-12-31",
            frequency = "quarter",
            indicators = s_indicators,
            reporters = s_units,
        })).Ok();
        foreach ((string unit, int value) in ((string, int)[])[("u1", 80), ("u2", 90)])
        {
            (await system.PutAsync($"/api/targets/I/{unit}/{Period}", new { value = 100 })).Ok();
            await ReportAsync(unit, value, 0);
        }

        (await (await ClientAsync("assessor")).PostAsync("/api/schemes", new
        {
            code = "S",
            criteria = new[] { new { code = "C", name = "人才", measure = "talent", weight = 100, indicator = "I", rule = new { kind = "ratio", cap = 1 } } },
            grades = new[] { new { name = "优秀", from = 90 }, new { name = "合格", from = 0 } },
            quotas = new[] { new { grade = "优秀", share = 0.5 } },
        })).Ok();
    }

    public static string ReturnOf(string unit) => $"/api/returns/F/{unit}/{Period}";

    /// <summary>From the owner's figure to the last approval.</summary>
    public async Task<long> ReportAsync(string unit, decimal value, long version)
    {
        version = (long)(await (await ClientAsync($"{unit}-reporter")).PutAsync(ReturnOf(unit),
            new { cells = new[] { new { indicator = "I", value, explanation = "按台账核对" } }, version }))["version"];
        foreach ((string who, string action) in ((string, string)[])[($"{unit}-reporter", "submit"), ("reviewer", "review"), ("approver", "approve")])
        {
            version = (long)(await (await ClientAsync(who)).PostAsync($"{ReturnOf(unit)}/actions", new { action, version }))["version"];
        }

        return version;
    }

    public async Task<long> OpenAsync() =>
        (long)(await (await ClientAsync("assessor")).PostAsync("/api/rounds", new { scheme = "S", period = Period, units = s_units }))["id"];

    public async Task<Answer> MoveAsync(long round, string action, string? note = null)
    {
        HttpClient assessor = await ClientAsync("assessor");
        long version = (long)(await assessor.ReadAsync($"/api/rounds/{round}/results"))["version"];
        return await assessor.PostAsync($"/api/rounds/{round}/actions", new { action, note, version });
    }

    public async Task<long> ReleasedAsync()
    {
        long round = await OpenAsync();
        (await MoveAsync(round, "freeze")).Ok();
        (await MoveAsync(round, "release")).Ok();
        return round;
    }

    public async Task<JsonNode> ResultsAsync(long round, string who = "assessor") =>
        (await (await ClientAsync(who)).ReadAsync($"/api/rounds/{round}/results")).Ok().Body!;

    /// <summary>The id of a unit's approved value.</summary>
    public async Task<long> CellOfAsync(string unit) =>
        (long)(await (await ClientAsync("reviewer")).ReadAsync($"/api/observations?indicator=I&organisation={unit}&period={Period}&state=approved")).Ok().Body!.AsArray()[0]!["id"]!;

    /// <summary>The id of the value behind a unit's score.</summary>
    public async Task<long> CellAsync(long round, string unit) =>
        (long)(await (await ClientAsync("assessor")).ReadAsync($"/api/rounds/{round}/lineage?unit={unit}&criterion=C"))["inputs"].AsArray()[0]!["observation"]!;

    public async Task<Answer> AppealAsync(long round, string unit = "u1", string? who = null)
    {
        long observation = await CellAsync(round, unit);
        return await (await ClientAsync(who ?? $"{unit}-liaison")).PostAsync("/api/appeals",
            new { round, unit, criterion = "C", observation, ground = "facts", reason = "漏计 15 人，附认定文件" });
    }

    public async Task<Answer> DecideAsync(long appeal, string action, string? note = null, string who = "officer") =>
        await (await ClientAsync(who)).PostAsync($"/api/appeals/{appeal}/actions", new { action, note });
}

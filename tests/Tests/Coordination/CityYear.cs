using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lodestone.Kernel.Calendar;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination;

/// <summary>
/// A city <c>c</c> with two districts and an enterprise in each, a statistics bureau, the leading group's office, and three assessed departments. It lives
/// four quarters: each is reported, approved level by level and assessed on the days when that would be done.
/// </summary>
public sealed class CityYear(EngineUnderTest engine) : Platform(engine)
{
    private static readonly string[] s_departments = ["u1", "u2", "u3"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach ((string kind, string code, string? parent) in new (string, string, string?)[]
        {
            ("city", "c", null), ("district", "d1", "c"), ("district", "d2", "c"), ("enterprise", "e1", "d1"), ("enterprise", "e2", "d2"), ("department", "bureau", "c"),
            ("department", "office", "c"), ("department", "u1", "c"), ("department", "u2", "c"), ("department", "u3", "c"),
        })
        {
            await AddAsync(kind, code, parent);
        }

        foreach ((string user, string organisation, string role) in new[]
        {
            ("statistician", "bureau", "reviewer"), ("leader", "office", "approver"), ("assessor", "office", "assessor"), ("officer", "office", "appeal-officer"),
            ("d1-first", "d1", "first-reviewer"), ("d2-first", "d2", "first-reviewer"), ("d2-clerk", "d2", "liaison"),
            ("e1-reporter", "e1", "reporter"), ("e2-reporter", "e2", "reporter"),
        }.Concat(s_departments.SelectMany(unit => new[] { ($"{unit}-reporter", unit, "reporter"), ($"{unit}-liaison", unit, "liaison") })))
        {
            await AddUserAsync(user, (organisation, role));
        }

        await IndicatorAsync("v", "sum");
        await IndicatorAsync("k", "last");
        await FormAsync("f-firms", "v", ["e1", "e2"]);
        await FormAsync("f-departments", "k", s_departments);
        (await (await ClientAsync("assessor")).PostAsync("/api/schemes", new
        {
            code = "s",
            criteria = new[] { new { code = "c1", name = "人才", measure = "talent", weight = 100, indicator = "k", rule = new { kind = "ratio", cap = 1 } } },
            grades = new[] { new { name = "优秀", from = 90 }, new { name = "合格", from = 60 }, new { name = "不合格", from = 0 } },
            quotas = new[] { new { grade = "优秀", share = 0.5 } },
        })).Ok();
    }

    /// <summary>Values of a year before the platform, with their source in place of approvals.</summary>
    public async Task HistoryAsync(int year, decimal first, decimal second)
    {
        HttpClient statistician = await ClientAsync("statistician");
        (await statistician.PutAsync("/api/import-mappings/old", new
        {
            name = "年鉴",
            version = 0,
            layout = new { headRow = 1, columns = new[] { new { head = "单位", holds = "organisation" }, new { head = "期别", holds = "period" }, new { head = "指标", holds = "indicator" }, new { head = "数值", holds = "value" } } },
        })).Ok();
        string rows = string.Join('\n', Enumerable.Range(1, 4).SelectMany(quarter => new[] { $"e1,{year}Q{quarter},v,{first + quarter}", $"e2,{year}Q{quarter},v,{second + quarter}" }));
        var body = new MultipartFormDataContent
        {
            { new StringContent("history"), "kind" }, { new StringContent("old"), "mapping" }, { new StringContent("年鉴 2025 第 58 页"), "source" },
        };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes($"单位,期别,指标,数值\n{rows}\n"));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Add(file, "file", "history.csv");
        long import = (long)(await statistician.CallAsync(HttpMethod.Post, "/api/imports", body))["id"];
        (await statistician.PostAsync($"/api/imports/{import}/actions", new { action = "store" })).Ok();
    }

    /// <summary>One quarter's returns, from the owners' figures to the last approval, on the working days after its end.</summary>
    public async Task ReportAsync(Period quarter, IReadOnlyDictionary<string, decimal> values, Func<string, string> firstReviewer)
    {
        Clock.GoTo(WorkCalendar.Published.AddWorkdays(quarter.LastDay, 6).DueOn);
        foreach ((string unit, decimal value) in values)
        {
            await WriteAsync(unit, quarter, value);
        }

        foreach ((int day, Func<string, string?> who, string action) in new (int, Func<string, string?>, string)[]
        {
            (8, unit => unit.StartsWith('e') ? firstReviewer($"d{unit[1..]}") : null, "first-review"), (10, _ => "statistician", "review"), (12, _ => "leader", "approve"),
        })
        {
            Clock.GoTo(WorkCalendar.Published.AddWorkdays(quarter.LastDay, day).DueOn);
            foreach (string unit in values.Keys)
            {
                if (who(unit) is { } user)
                {
                    (await MoveAsync(user, unit, quarter, action)).Ok();
                }
            }
        }
    }

    public async Task WriteAsync(string unit, Period quarter, decimal value)
    {
        HttpClient reporter = await ClientAsync($"{unit}-reporter");
        long version = (long)(await reporter.ReadAsync(Return(unit, quarter)))["version"];
        (await reporter.PutAsync(Return(unit, quarter), new { cells = new[] { new { indicator = unit.StartsWith('e') ? "v" : "k", value, explanation = "按台账核对" } }, version })).Ok();
        (await MoveAsync($"{unit}-reporter", unit, quarter, "submit")).Ok();
    }

    public async Task<Answer> MoveAsync(string user, string unit, Period quarter, string action)
    {
        HttpClient client = await ClientAsync(user);
        return await client.PostAsync($"{Return(unit, quarter)}/actions", new { action, version = (long)(await client.ReadAsync(Return(unit, quarter)))["version"] });
    }

    public async Task<long> AssessAsync(Period quarter, IReadOnlyList<string> units)
    {
        foreach (string unit in units)
        {
            (await (await ClientAsync("system")).PutAsync($"/api/targets/k/{unit}/{quarter}", new { value = 100 })).Ok();
        }

        HttpClient assessor = await ClientAsync("assessor");
        long round = (long)(await assessor.PostAsync("/api/rounds", new { scheme = "s", period = quarter.ToString(), units }))["id"];
        foreach (string action in new[] { "freeze", "release" })
        {
            (await assessor.PostAsync($"/api/rounds/{round}/actions", new { action, version = (long)(await assessor.ReadAsync($"/api/rounds/{round}/results"))["version"] })).Ok();
        }

        return round;
    }

    /// <summary>Each unit's total of a round.</summary>
    public async Task<Dictionary<string, decimal>> TotalsAsync(long round) =>
        (await (await ClientAsync("assessor")).ReadAsync($"/api/rounds/{round}/results"))["units"].AsArray().ToDictionary(row => (string)row!["unit"]!, row => (decimal)row!["total"]!);

    public async Task<long> AppealAsync(long round, string unit)
    {
        HttpClient liaison = await ClientAsync($"{unit}-liaison");
        long observation = (long)(await liaison.ReadAsync($"/api/rounds/{round}/lineage?unit={unit}&criterion=c1"))["inputs"].AsArray()[0]!["observation"]!;
        return (long)(await liaison.PostAsync("/api/appeals", new { round, unit, criterion = "c1", observation, ground = "facts", reason = "漏计 15 人，附认定文件" }))["id"];
    }

    public async Task<Answer> DecideAsync(long appeal, string action, string? note = null) =>
        await (await ClientAsync("officer")).PostAsync($"/api/appeals/{appeal}/actions", new { action, note });

    /// <summary>The city's total of the enterprises in a quarter.</summary>
    public async Task<decimal?> TotalAsync(string quarter) => (decimal?)(await (await ClientAsync("statistician"))
        .ReadAsync($"/api/observations?indicator=v&organisation=c&period={quarter}")).Ok().Body!.AsArray().FirstOrDefault()?["value"];

    public static string Return(string unit, Period quarter) => $"/api/returns/{(unit.StartsWith('e') ? "f-firms" : "f-departments")}/{unit}/{quarter}";

    private async Task IndicatorAsync(string code, string aggregation) => (await (await ClientAsync("system")).PostAsync("/api/indicators", new
    {
        code,
        name = code,
        unit = "人",
        decimals = 0,
        aggregation,
        direction = "up",
        frequency = "quarter",
        purpose = "administration",
    })).Ok();

    private async Task FormAsync(string code, string indicator, string[] reporters) => (await (await ClientAsync("system")).PostAsync("/api/forms", new
    {
        code,
        name = code,
        documentNumber = "1",
        authority = "市统计局",
        approvalNumber = code,
        validUntil = "2090-12-31",
        frequency = "quarter",
        indicators = new[] { indicator },
        reporters,
    })).Ok();
}

/// <summary>Owns the year as a whole: that its parts hold together over four quarters.</summary>
public sealed class CityYearTests(CityYear city) : IClassFixture<CityYear>
{
    private static readonly Period s_first = new(PeriodKind.Quarter, 2026, 2);

    [Fact]
    public async Task FourQuarters_WithAppeals_AnAbsence_AMerger_HistoryAndAReplay()
    {
        await city.HistoryAsync(2025, 100, 200);
        Assert.Equal(304, await city.TotalAsync("2025Q2"));

        // The first quarter: an appeal is upheld, and everyone is computed anew.
        await city.ReportAsync(s_first, Values(e1: 110, e2: 210, u1: 80, u2: 95, u3: 70), district => $"{district}-first");
        Assert.Equal(320, await city.TotalAsync("2026Q2"));
        long first = await city.AssessAsync(s_first, ["u1", "u2", "u3"]);
        Assert.Equal(Totals(u1: 80, u2: 95, u3: 70), await city.TotalsAsync(first));
        HttpClient assessor = await city.ClientAsync("assessor");
        byte[] document = await assessor.GetByteArrayAsync(new Uri($"/api/rounds/{first}/results/document", UriKind.Relative));
        byte[] bundle = await assessor.GetByteArrayAsync(new Uri($"/api/rounds/{first}/export", UriKind.Relative));
        long upheld = await city.AppealAsync(first, "u1");
        (await city.DecideAsync(upheld, "accept")).Ok();
        (await city.DecideAsync(upheld, "uphold", "漏计属实")).Ok();
        await city.WriteAsync("u1", s_first, 96);
        (await city.MoveAsync("statistician", "u1", s_first, "review")).Ok();
        Assert.Equal(80, (await city.TotalsAsync(first))["u1"]);
        (await city.MoveAsync("leader", "u1", s_first, "approve")).Ok();
        Assert.Equal(Totals(u1: 96, u2: 95, u3: 70), await city.TotalsAsync(first));

        // The second: a district's first reviewer is away and a deputy acts; an appeal is rejected and nothing moves.
        Period second = s_first.Next();
        city.Clock.GoTo(second.LastDay);
        (await (await city.ClientAsync("d2-first")).PostAsync("/api/delegations", new
        {
            deputy = "d2-clerk",
            organisation = "d2",
            role = "first-reviewer",
            from = second.LastDay.AddDays(1),
            until = second.LastDay.AddDays(31),
            reason = "休假",
        })).Ok();
        await city.ReportAsync(second, Values(e1: 120, e2: 220, u1: 90, u2: 85, u3: 75), district => district == "d2" ? "d2-clerk" : "d1-first");
        JsonArray steps = (await (await city.ClientAsync("statistician")).ReadAsync(CityYear.Return("e2", second)))["steps"].AsArray();
        string by = (string)steps.Single(step => (string?)step!["action"] == "first-review")!["by"]!;
        Assert.Contains("d2-clerk", by, StringComparison.Ordinal);
        Assert.Contains("d2-first", by, StringComparison.Ordinal);
        long secondRound = await city.AssessAsync(second, ["u1", "u2", "u3"]);
        long rejected = await city.AppealAsync(secondRound, "u3");
        (await city.DecideAsync(rejected, "reject", "台账无误")).Ok();
        Assert.Equal(Totals(u1: 90, u2: 85, u3: 75), await city.TotalsAsync(secondRound));

        // The third: the deputy's time is over; afterwards a department is merged into another.
        Period third = second.Next();
        city.Clock.GoTo(WorkCalendar.Published.AddWorkdays(third.LastDay, 6).DueOn);
        await city.WriteAsync("e2", third, 230);
        (await city.MoveAsync("d2-clerk", "e2", third, "first-review")).Refused("access.role", 403);
        (await city.MoveAsync("d2-first", "e2", third, "first-review")).Ok();
        await city.ReportAsync(third, Values(e1: 130, u1: 91, u2: 92, u3: 93), district => $"{district}-first");
        await city.AssessAsync(third, ["u1", "u2", "u3"]);
        city.Clock.GoTo(third.LastDay.AddDays(40));
        HttpClient system = await city.ClientAsync("system");
        (await system.PostAsync("/api/organisations/u3/successions", new
        {
            kind = "merged",
            successor = "u2",
            effectiveOn = third.LastDay.AddDays(1),
            basis = "马委办〔2027〕3号",
            version = (long)(await system.ReadAsync("/api/organisations/u3"))["version"],
        })).Ok();

        // The fourth: the merged one is asked no more, its quarters stay; the first round replays as it was frozen.
        Period fourth = third.Next();
        await city.ReportAsync(fourth, Values(e1: 140, e2: 240, u1: 88, u2: 99), district => $"{district}-first");
        (await assessor.PostAsync("/api/rounds", new { scheme = "s", period = fourth.ToString(), units = new[] { "u1", "u2", "u3" } })).Refused("round.unit-closed", 422);
        Assert.Equal(new Dictionary<string, decimal> { ["u1"] = 88, ["u2"] = 99 }, await city.TotalsAsync(await city.AssessAsync(fourth, ["u1", "u2"])));
        Assert.Equal(93, (decimal)(await assessor.ReadAsync($"/api/observations?indicator=k&organisation=u3&period={third}")).Ok().Body!.AsArray()[0]!["value"]!);
        Assert.Equal(380, await city.TotalAsync(fourth.ToString()));
        Assert.Equal(Totals(u1: 96, u2: 95, u3: 70), await city.TotalsAsync(first));
        string empty = Directory.CreateTempSubdirectory("lodestone-year-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(empty, "bundle.json"), bundle);
        (int exit, string text) = await Replay.RunAsync(Path.Combine(empty, "bundle.json"), empty);
        Assert.True(exit == 0, text);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Encoding.UTF8.GetString(document), lines[0]);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(document)), lines[1], StringComparison.Ordinal);
        Directory.Delete(empty, recursive: true);
    }

    private static Dictionary<string, decimal> Values(decimal? e1 = null, decimal? e2 = null, decimal? u1 = null, decimal? u2 = null, decimal? u3 = null) =>
        new (string Unit, decimal? Value)[] { ("e1", e1), ("e2", e2), ("u1", u1), ("u2", u2), ("u3", u3) }
            .Where(one => one.Value is not null).ToDictionary(one => one.Unit, one => one.Value!.Value);

    private static Dictionary<string, decimal> Totals(decimal u1, decimal u2, decimal u3) => new() { ["u1"] = u1, ["u2"] = u2, ["u3"] = u3 };
}

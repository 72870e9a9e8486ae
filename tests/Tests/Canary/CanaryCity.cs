using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Canary;

/// <summary>
/// Two cities; the first with two districts. Every branch is filled with every kind of data, and whatever a person can write
/// into it carries the branch's own canary word or figure.
/// </summary>
public sealed partial class CanaryCity(EngineUnderTest engine) : Platform(engine)
{
    public const string Period = "2026Q1";
    public const string Form = "f-canary";
    public const string Indicator = "i-canary";
    public const string Scheme = "s-canary";

    /// <summary>True: only returns, their assessment and appeals are written, so that no clock runs and nothing writes but what a test asks for.</summary>
    internal bool ReportsOnly { get; init; }

    /// <summary>Near and far are sibling districts of one city; the third is a district of another city.</summary>
    internal IReadOnlyList<Branch> Branches { get; } =
        [new("near", "c1", "73190551"), new("far", "c1", "84260917"), new("other", "c2", "95347286")];

    /// <summary>Every business role of the product in every branch or city where it may be held, by user name.</summary>
    internal Dictionary<string, (string Role, string City, string? Branch)> People { get; } = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        HttpClient system = await ClientAsync("system");
        (await system.PostAsync("/api/indicators", new
        {
            code = Indicator,
            name = "产值",
            unit = "万元",
            decimals = 2,
            aggregation = "sum",
            direction = "up",
            frequency = "quarter",
            purpose = "administration",
        })).Ok();
        foreach (string city in Branches.Select(branch => branch.City).Distinct())
        {
            await AddAsync("city", city, null, $"{city}canary");
            await AddAsync("department", $"{city}-bureau", city);
        }

        foreach (Branch branch in Branches)
        {
            await AddAsync("district", branch.District, branch.City, $"{branch.District}区");
            await AddAsync("committee", branch.Committee, branch.District, $"{branch.Word}专委会");
            await AddAsync("enterprise", branch.Enterprise, branch.District, $"{branch.Word}公司");
            (await system.PutAsync($"/api/targets/{Indicator}/{branch.District}/{Period}", new { value = decimal.Parse(branch.Figure, CultureInfo.InvariantCulture) + 1 })).Ok();
        }

        await PeopleAsync();
        (await system.PostAsync("/api/forms", new
        {
            code = Form,
            name = "季报",
            documentNumber = "马统〔2024〕1号",
            authority = "市统计局",
            approvalNumber = "皖统审〔2024〕1号",
            validUntil = "2090-12-31",
            frequency = "quarter",
            indicators = new[] { Indicator },
            reporters = Branches.Select(branch => branch.Enterprise),
        })).Ok();
        foreach (Branch branch in Branches)
        {
            await ReportAsync(branch);
        }

        foreach (string city in Branches.Select(branch => branch.City).Distinct())
        {
            await AssessAsync(city);
        }

        if (ReportsOnly)
        {
            return;
        }

        await DailyAsync(system);
        foreach (string city in Branches.Select(branch => branch.City).Distinct())
        {
            await CoordinateAsync(city);
        }

        foreach (Branch branch in Branches)
        {
            await ServeAsync(branch);
        }

        await AccountAsync();
        await OpenMovesAsync();
    }

    /// <summary>Notes for each row that is a case what its procedure lets anybody do, and the version that a caller would have read.</summary>
    private async Task OpenMovesAsync()
    {
        await using PlatformDb db = Db();
        List<Case> files = await db.Set<Case>().AsNoTracking().ToListAsync();
        foreach (Branch branch in Branches)
        {
            HashSet<long> own = [.. branch.Ids];
            foreach (Case file in files.Where(file => own.Contains(file.SubjectId)))
            {
                Procedure procedure = Services.GetRequiredService<Catalogue>().Procedures.Single(one => one.Code == file.Procedure);
                branch.Moves[file.SubjectId] = ([.. procedure.Transitions.Where(move => !move.Automatic).Select(move => move.Action).Distinct()], file.Version);
            }
        }
    }

    /// <summary>A form that has closed: each branch is reminded of it, asks for late entry, and asks what its indicator means.</summary>
    private async Task DailyAsync(HttpClient system)
    {
        const string closed = "f-closed";
        const string term = "i-closed";
        (await system.PostAsync("/api/indicators", new
        {
            code = term,
            name = "月末订单",
            unit = "万元",
            decimals = 0,
            aggregation = "sum",
            direction = "up",
            frequency = "quarter",
            purpose = "administration",
        })).Ok();
        (await system.PostAsync("/api/forms", new
        {
            code = closed,
            name = "已截止的表",
            documentNumber = "马统〔2024〕2号",
            authority = "市统计局",
            approvalNumber = "皖统审〔2024〕2号",
            validUntil = "2090-12-31",
            frequency = "quarter",
            indicators = new[] { term },
            reporters = Branches.Select(branch => branch.Enterprise),
            dueWorkdays = 1,
            closesAfterWorkdays = 0,
        })).Ok();
        foreach (Branch branch in Branches)
        {
            HttpClient reporter = await ClientAsync(branch.Reporter);
            (await (await ClientAsync($"first-reviewer-{branch.Word}")).PostAsync(
                "/api/returns/reminders", new { form = closed, period = Period, organisations = new[] { branch.Enterprise }, note = branch.Writes("催报") })).Ok();
            branch.Add((long)(await reporter.PostAsync(
                $"/api/returns/{closed}/{branch.Enterprise}/{Period}/late-entry", new { reason = branch.Writes("迟报"), until = "2026-07-10" }))["id"], "late-entries");
            branch.Add((long)(await (await ClientAsync($"supervisor-{branch.City}")).PostAsync("/api/supervision/orders", new
            {
                title = branch.Writes("督办"),
                demand = branch.Writes("办结"),
                source = "hand",
                lead = branch.District,
                finishWorkdays = 5,
            }))["orders"].AsArray()[0]!["id"]!, "orders", "supervision");
            branch.Add((long)(await reporter.PostAsync(
                $"/api/terms/{term}/questions", new { organisation = branch.Enterprise, question = branch.Writes("口径") }))["id"], "term-questions");
        }
    }

    /// <summary>Users who do the city's work within a branch, and those of its city.</summary>
    internal IEnumerable<string> PeopleOf(Branch branch) =>
        People.Where(one => one.Value.City == branch.City && (one.Value.Branch is null || one.Value.Branch == branch.Name)).Select(one => one.Key);

    private async Task PeopleAsync()
    {
        foreach (Role role in Services.GetRequiredService<Catalogue>().Roles.Where(role => !role.Administers))
        {
            bool ofCity = role.ReachKinds.Count > 0 && !role.ReachKinds.Contains(OrganisationKind.District);
            foreach (Branch branch in Branches)
            {
                string userName = ofCity ? $"{role.Code}-{branch.City}" : $"{role.Code}-{branch.Word}";
                if (!People.TryAdd(userName, (role.Code, branch.City, ofCity ? null : branch.Name)))
                {
                    continue;
                }

                // Who reports or applies does it for the enterprise; the others sit in the district, or in the city.
                string place = ofCity ? branch.City : role.Code switch
                {
                    Role.Reporter or "applicant" => branch.Enterprise,
                    "expert" => branch.Committee,
                    _ => branch.District,
                };
                await AddUserAsync(userName, (place, role.Code));
            }
        }

        foreach (Branch branch in Branches)
        {
            await AddUserAsync($"deputy-{branch.Word}", (branch.Enterprise, "liaison"));
            Answer made = (await (await ClientAsync(branch.Reporter)).PostAsync("/api/delegations", new
            {
                deputy = $"deputy-{branch.Word}",
                organisation = branch.Enterprise,
                role = Role.Reporter,
                from = "2026-07-06",
                until = "2026-12-31",
                reason = branch.Writes("出差"),
            })).Ok();
            branch.Add((long)made["id"], "delegations");
        }
    }

    private async Task ReportAsync(Branch branch)
    {
        string place = $"/api/returns/{Form}/{branch.Enterprise}/{Period}";
        HttpClient reporter = await ClientAsync(branch.Reporter);
        long version = (long)(await reporter.PutAsync(place, new
        {
            cells = new[] { new { indicator = Indicator, value = decimal.Parse(branch.Figure, CultureInfo.InvariantCulture), explanation = branch.Writes("说明") } },
            version = 0,
        }))["version"];
        version = await ActAsync(branch.Reporter, place, "submit", version);
        string first = $"first-reviewer-{branch.Word}";
        Answer query = (await (await ClientAsync(first)).PostAsync($"{place}/queries", new { indicator = Indicator, question = branch.Writes("问") })).Ok();
        branch.Add((long)query["id"], "queries");
        (await reporter.PostAsync($"{place}/queries/{(long)query["id"]}/answer", new { answer = branch.Writes("答") })).Ok();
        version = await ActAsync(first, place, "send-back", version, branch.Writes("退"));
        version = await ActAsync(branch.Reporter, place, "submit", version);
        version = await ActAsync(first, place, "first-review", version);
        version = await ActAsync($"reviewer-{branch.City}", place, "review", version);
        branch.Version = await ActAsync($"approver-{branch.City}", place, "approve", version);
        branch.Add((long)(await reporter.ReadAsync(place)).Ok().Body!["cells"]![0]!["observation"]!, "observations");
        branch.Add(await FileAsync(branch), "evidence");
        (await reporter.PutAsync($"/api/import-mappings/map-{branch.Name}", new
        {
            name = "按行",
            layout = new
            {
                headRow = 1,
                columns = new[]
                {
                    new { head = "unit", holds = "organisation" }, new { head = "period", holds = "period" },
                    new { head = "indicator", holds = "indicator" }, new { head = "value", holds = "value" },
                },
            },
            version = 0,
        })).Ok();
        using var sheet = new ByteArrayContent(Encoding.UTF8.GetBytes($"unit,period,indicator,value\n{branch.Enterprise},2026Q2,{Indicator},{branch.Figure}\n"));
        sheet.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var import = new MultipartFormDataContent
        {
            { sheet, "file", $"{branch.Word}.csv" }, { new StringContent("return"), "kind" }, { new StringContent($"map-{branch.Name}"), "mapping" },
        };
        branch.Add((long)(await reporter.CallAsync(HttpMethod.Post, "/api/imports", import))["id"], "imports");
    }

    private async Task<long> FileAsync(Branch branch)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"name,figure\n{branch.Word},{branch.Figure}\n"));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var file = new MultipartFormDataContent { { content, "file", $"{branch.Word}.csv" } };
        return (long)(await (await ClientAsync(branch.Reporter)).CallAsync(HttpMethod.Post, $"/api/evidence?organisation={branch.Enterprise}", file)).Ok()["id"];
    }

    private async Task AssessAsync(string city)
    {
        Branch[] branches = [.. Branches.Where(branch => branch.City == city)];
        HttpClient assessor = await ClientAsync($"assessor-{city}");
        string scheme = $"{Scheme}-{city}";
        (await assessor.PostAsync("/api/schemes", new
        {
            code = scheme,
            criteria = new[] { new { code = "k", name = "产值", measure = "organisation", weight = 100, indicator = Indicator, rule = new { kind = "ratio", cap = 1 } } },
            grades = new[] { new { name = "good", from = 60 }, new { name = "fair", from = 0 } },
            quotas = Array.Empty<object>(),
        })).Ok();
        long round = (long)(await assessor.PostAsync("/api/rounds", new { scheme, period = Period, units = branches.Select(branch => branch.District) }))["id"];
        string place = $"/api/rounds/{round}";
        foreach (string action in new[] { "freeze", "release" })
        {
            long version = (long)(await assessor.ReadAsync($"{place}/results"))["version"];
            (await assessor.PostAsync($"{place}/actions", new { action, version })).Ok();
        }

        foreach (Branch branch in branches)
        {
            branch.Add(round, "rounds", "assessment");
            Answer appeal = (await (await ClientAsync($"liaison-{branch.Word}")).PostAsync("/api/appeals", new
            {
                round,
                unit = branch.District,
                criterion = "k",
                observation = branch.The("observations"),
                ground = "facts",
                reason = branch.Writes("申诉"),
            })).Ok();
            branch.Add((long)appeal["id"], "appeals");
            (await (await ClientAsync($"appeal-officer-{city}")).PostAsync($"/api/appeals/{(long)appeal["id"]}/actions", new { action = "accept" })).Ok();
            (await (await ClientAsync($"appeal-officer-{city}")).PostAsync(
                $"/api/appeals/{(long)appeal["id"]}/actions", new { action = "uphold", note = branch.Writes("属实") })).Ok();
        }
    }

    private async Task<long> ActAsync(string userName, string place, string action, long version, string? note = null) =>
        (long)(await (await ClientAsync(userName)).PostAsync($"{place}/actions", new { action, note, version }))["version"];
}

/// <summary>A district and its enterprise with their canaries.</summary>
internal sealed record Branch(string Name, string City, string Figure)
{
    /// <summary>In every text of the branch. Codes and names of districts are plain: released results announce them to all the units of a round.</summary>
    public string Word => $"canary{Name}";

    public string District => $"d-{Name}";

    public string Enterprise => $"e-{Word}";

    public string Committee => $"k-{Word}";

    public string Reporter => $"reporter-{Word}";

    public string Plan => $"plan-{City}";

    public string Measure => $"m-{Name}";

    public string Milestone => $"ms-{Name}";

    public string Item => $"item-{Name}";

    /// <summary>Ids of the branch's rows, by the word that stands before an id in an address.</summary>
    private readonly Dictionary<string, List<long>> _ids = [];

    private readonly HashSet<string> _texts = [];

    public IReadOnlyList<long> Ids => [.. _ids.Values.SelectMany(ids => ids).Distinct().Order()];

    /// <summary>Whatever people of the branch wrote into it.</summary>
    public IReadOnlyCollection<string> Texts => _texts;

    /// <returns>The branch's own text, which is looked for everywhere from now on.</returns>
    public string Writes(string what)
    {
        _texts.Add(Word + what);
        return Word + what;
    }

    /// <param name="words">Every word before an id, in any address, that means rows of this kind.</param>
    public void Add(long id, params string[] words)
    {
        foreach (string word in words)
        {
            if (!_ids.TryGetValue(word, out List<long>? ids))
            {
                _ids[word] = ids = [];
            }

            ids.Add(id);
        }
    }

    /// <summary>Of rows that are cases: every action of the procedure, and the version now.</summary>
    public Dictionary<long, (string[] Actions, long Version)> Moves { get; } = [];

    public long The(string word) => _ids[word][0];

    public IReadOnlyList<long> All(string word) => _ids.GetValueOrDefault(word) ?? [];

    public long Version { get; set; }

    /// <summary>What nobody outside may ever read.</summary>
    public IReadOnlyList<string> Canaries => [Word, Figure];
}

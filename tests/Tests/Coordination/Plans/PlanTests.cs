using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Lodestone.Kernel.Documents;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Plans;

/// <summary>A plan from its founding to a confirmed milestone, a change and a problem, as units drive it.</summary>
public sealed class PlanTests(PlanPlatform platform) : IClassFixture<PlanPlatform>
{
    [Fact]
    public async Task Everybody_reads_the_plan_and_only_the_lead_units_side_reads_its_reports()
    {
        await platform.FoundAsync("p-read");
        await MoveAsync("p-read", "lead-liaison", "M1-1", "report", "charter adopted, No. 7");

        JsonNode measure = await MeasureAsync("p-read", "other-liaison", "M1");
        Assert.Equal("lead", (string?)measure["lead"]);
        Assert.Equal("reported", (string?)measure["milestones"]![0]!["stage"]);
        Assert.Equal(1, Reports(await (await platform.ClientAsync("lead-liaison")).ReadAsync("/api/plans/p-read/milestones/M1-1/reports")));
        Assert.Equal(1, Reports(await (await platform.ClientAsync("office")).ReadAsync("/api/plans/p-read/milestones/M1-1/reports")));
        Assert.Equal(0, Reports(await (await platform.ClientAsync("other-liaison")).ReadAsync("/api/plans/p-read/milestones/M1-1/reports")));
    }

    [Fact]
    public async Task A_report_counts_once_the_office_confirms_it()
    {
        await platform.FoundAsync("p-count");
        await MoveAsync("p-count", "lead-liaison", "M1-1", "report", "done");
        Assert.Equal(0m, (decimal?)(await MeasureAsync("p-count", "office", "M1"))["progress"]);

        (await MoveAsync("p-count", "lead-liaison", "M1-1", "confirm", null)).Refused("access.role", 403);
        (await MoveAsync("p-count", "office", "M1-1", "send-back", null)).Refused("case.reason-missing", 422);
        (await MoveAsync("p-count", "office", "M1-1", "send-back", "no date")).Ok();
        Assert.Equal("sent-back", (string?)(await MilestoneAsync("p-count", "M1-1"))["stage"]);
        (await MoveAsync("p-count", "lead-liaison", "M1-1", "report", "done on the 3rd")).Ok();
        (await MoveAsync("p-count", "office", "M1-1", "confirm", null)).Ok();

        JsonNode measure = await MeasureAsync("p-count", "office", "M1");
        Assert.Equal(0.2m, (decimal?)measure["progress"]);
        Assert.Equal("1 ÷ 5 ＝ 20.0%", (string?)measure["formula"]);
        JsonNode plan = await PlanAsync("p-count", "office");
        Assert.Equal(0.15m, (decimal?)plan["objectives"]![0]!["progress"]);
        (await MoveAsync("p-count", "lead-liaison", "M1-1", "report", "again")).Refused("case.wrong-stage", 422);
    }

    [Fact]
    public async Task Only_the_lead_unit_reports_and_only_once_per_version()
    {
        await platform.FoundAsync("p-lead");
        long version = (long)(await MilestoneAsync("p-lead", "M1-2"))["version"]!;
        (await MoveAsync("p-lead", "help-liaison", "M1-2", "report", "not mine")).Refused("access.role", 403);
        (await MoveAsync("p-lead", "lead-liaison", "M1-2", "report", " ")).Refused("plan.report-text", 422);
        (await MoveAsync("p-lead", "lead-liaison", "M1-2", "report", "paid", version)).Ok();
        (await MoveAsync("p-lead", "lead-liaison", "M1-2", "report", "paid", version)).Refused("request.stale", 409);
        (await MoveAsync("p-lead", "office", "M1-3", "confirm", null)).Refused("case.wrong-stage", 422);
        (await MoveAsync("p-lead", "office", "M1-2", "fly", null)).Refused("case.unknown-action", 422);
    }

    [Fact]
    public async Task The_light_is_late_before_the_report_and_not_after_it()
    {
        await platform.FoundAsync("p-light");
        Assert.Equal("late", (string?)(await MeasureAsync("p-light", "office", "M1"))["light"]);
        await MoveAsync("p-light", "lead-liaison", "M1-1", "report", "done");
        Assert.NotEqual("late", (string?)(await MeasureAsync("p-light", "office", "M1"))["light"]);
    }

    [Fact]
    public async Task A_change_needs_its_basis_and_is_seen_against_any_past_day_with_deletions()
    {
        await platform.FoundAsync("p-diff");
        HttpClient office = await platform.ClientAsync("office");
        string yesterday = Day();
        platform.Clock.Advance(TimeSpan.FromDays(2));
        JsonNode moved = await MilestoneAsync("p-diff", "M1-2");
        int year = int.Parse(((string)moved["quarter"]!)[..4], null);
        object Body(string? reason, long version) => new { measure = "M1", quarter = $"{year + 1}Q1", title = "Paid in", weight = 3, reason, version };

        (await office.PutAsync("/api/plans/p-diff/milestones/M1-2", Body(null, (long)moved["version"]!))).Refused("plan.reason", 422);
        (await office.PutAsync("/api/plans/p-diff/milestones/M1-2", Body("No. 9", 1))).Refused("request.stale", 409);
        (await office.PutAsync("/api/plans/p-diff/milestones/M1-2", Body("No. 9", (long)moved["version"]!))).Ok();
        long gone = (long)(await MeasureAsync("p-diff", "office", "M2"))["version"]!;
        (await office.CallAsync(HttpMethod.Delete, $"/api/plans/p-diff/measures/M2?reason=No.%2010&version={gone}")).Ok();
        (await (await platform.ClientAsync("lead-liaison")).PutAsync("/api/plans/p-diff/milestones/M1-2", Body("x", 1))).Refused("access.role", 403);

        Answer diff = await (await platform.ClientAsync("other-liaison")).ReadAsync($"/api/plans/p-diff/diff?since={yesterday}");
        Dictionary<string, JsonNode> changes = diff["changes"].AsArray().ToDictionary(row => (string)row!["code"]!, row => row!);
        Assert.Equal(["M1-2", "M2", "M2-1"], changes.Keys.Order());
        Assert.Equal("changed", (string?)changes["M1-2"]["what"]);
        Assert.Equal($"{year + 1}Q1", (string?)changes["M1-2"]["fields"]![0]!["after"]);
        Assert.Equal("removed", (string?)changes["M2"]["what"]);
        Assert.Equal("No. 10", (string?)changes["M2-1"]["reasons"]![0]);
        Assert.Empty((await office.ReadAsync($"/api/plans/p-diff/diff?since={Day()}"))["changes"].AsArray());
    }

    [Fact]
    public async Task A_problem_is_read_by_its_two_units_and_those_above_them()
    {
        await platform.FoundAsync("p-ask");
        HttpClient help = await platform.ClientAsync("help-liaison");
        HttpClient lead = await platform.ClientAsync("lead-liaison");
        HttpClient office = await platform.ClientAsync("office");
        HttpClient other = await platform.ClientAsync("other-liaison");
        (await other.PostAsync("/api/plans/p-ask/measures/M1/problems", new { text = "not mine" })).Refused("access.role", 403);
        Answer raised = await help.PostAsync("/api/plans/p-ask/measures/M1/problems", new { text = "which account?" });
        long id = (long)raised["id"];
        Task<Answer> Act(HttpClient who, string action, string? note, long version) =>
            who.PostAsync($"/api/plan-problems/{id}/actions", new { action, note, version });

        Assert.Single((await lead.ReadAsync("/api/plans/p-ask/problems")).Body!.AsArray());
        Assert.Single((await office.ReadAsync("/api/plans/p-ask/problems")).Body!.AsArray());
        Assert.Empty((await other.ReadAsync("/api/plans/p-ask/problems")).Body!.AsArray());
        (await Act(other, "reply", "mine", (long)raised["version"])).Refused("request.not-found", 404);
        (await Act(help, "reply", "mine", (long)raised["version"])).Refused("access.role", 403);
        Answer replied = await Act(lead, "reply", "the first one", (long)raised["version"]);
        (await Act(office, "answer", "use the first", (long)raised["version"])).Refused("request.stale", 409);
        Answer answered = await Act(office, "answer", "use the first", (long)replied["version"]);
        Assert.Equal("answered", (string?)answered["stage"]);
        Answer again = await Act(help, "reopen", "it is closed", (long)answered["version"]);
        answered = await Act(office, "answer", "use the second", (long)again["version"]);
        Assert.Equal("closed", (string?)(await Act(help, "close", null, (long)answered["version"]))["stage"]);
    }

    [Fact]
    public async Task A_project_moves_on_and_never_back_and_is_read_by_its_own_branch()
    {
        await platform.FoundAsync("p-project");
        await platform.AddAsync("district", "pd", "c");
        await platform.AddAsync("park", "pp", "pd");
        await platform.AddAsync("enterprise", "pe", "pp");
        await platform.AddUserAsync("pe-reporter", ("pe", "reporter"));
        HttpClient office = await platform.ClientAsync("office");
        (await office.PostAsync("/api/plans/p-project/projects", new { code = "P1", name = "Line", enterprise = "pe", park = "pp", chainPosition = "material", investment = 1200.5m })).Ok();
        (await office.PostAsync("/api/plans/p-project/projects/P1/stages", new { stage = "started", on = Day(), note = "ground broken" })).Ok();
        (await office.PostAsync("/api/plans/p-project/projects/P1/stages", new { stage = "signed", on = Day() })).Refused("plan.project-stage", 422);

        JsonNode project = Assert.Single((await (await platform.ClientAsync("pe-reporter")).ReadAsync("/api/plans/p-project/projects")).Body!.AsArray())!;
        Assert.Equal(("started", 1200.5m), ((string?)project["stage"], (decimal?)project["investment"]));
        Assert.Empty((await (await platform.ClientAsync("lead-liaison")).ReadAsync("/api/plans/p-project/projects")).Body!.AsArray());
    }

    [Fact]
    public async Task A_unit_downloads_the_statement_of_its_part_and_nobody_elses()
    {
        await platform.FoundAsync("p-statement");
        HttpClient lead = await platform.ClientAsync("lead-liaison");
        using HttpResponseMessage answer = await lead.GetAsync("/api/plans/p-statement/statements/lead");
        Assert.Equal(OfficialDocument.MediaType, answer.Content.Headers.ContentType?.MediaType);
        using var file = WordprocessingDocument.Open(await answer.Content.ReadAsStreamAsync(), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(file));
        string text = file.MainDocumentPart!.Document!.Body!.InnerText;
        Assert.Contains("Paid in", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Charter", text, StringComparison.Ordinal);
        (await lead.ReadAsync("/api/plans/p-statement/statements/help")).Refused("request.not-found", 404);
        (await (await platform.ClientAsync("other-liaison")).ReadAsync("/api/plans/p-statement/statements/other")).Refused("plan.no-duty", 422);
    }

    private string Day() => DateOnly.FromDateTime(platform.Clock.GetUtcNow().AddHours(8).DateTime).ToString("yyyy-MM-dd", null);

    private async Task<Answer> MoveAsync(string plan, string who, string code, string action, string? note, long? version = null) =>
        await (await platform.ClientAsync(who)).PostAsync($"/api/plans/{plan}/milestones/{code}/actions",
            new { action, note, version = version ?? (long)(await MilestoneAsync(plan, code))["version"]! });

    private async Task<JsonNode> PlanAsync(string plan, string who) => (await (await platform.ClientAsync(who)).ReadAsync($"/api/plans/{plan}")).Ok().Body!;

    private async Task<JsonNode> MeasureAsync(string plan, string who, string code) =>
        (await PlanAsync(plan, who))["objectives"]!.AsArray().SelectMany(one => one!["measures"]!.AsArray()).Single(one => (string?)one!["code"] == code)!;

    private async Task<JsonNode> MilestoneAsync(string plan, string code) =>
        (await MeasureAsync(plan, "office", code.Split('-')[0]))["milestones"]!.AsArray().Single(one => (string?)one!["code"] == code)!;

    private static int Reports(Answer answer) => answer.Ok().Body!.AsArray().Count;
}

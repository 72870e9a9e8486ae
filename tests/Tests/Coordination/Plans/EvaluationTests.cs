using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Plans;

/// <summary>An evaluation from its count to the issued report.</summary>
public sealed class EvaluationTests(PlanPlatform platform) : IClassFixture<PlanPlatform>
{
    [Fact]
    public async Task An_evaluation_is_drafted_consulted_on_submitted_and_issued_and_keeps_its_figures()
    {
        await platform.FoundAsync("p-mid");
        await platform.AddUserAsync("mid-approver", ("c", "approver"));
        HttpClient office = await platform.ClientAsync("office");
        HttpClient lead = await platform.ClientAsync("lead-liaison");
        HttpClient other = await platform.ClientAsync("other-liaison");
        HttpClient approver = await platform.ClientAsync("mid-approver");
        (await lead.PostAsync("/api/plans/p-mid/evaluations", new { kind = "mid-term" })).Refused("access.role", 403);
        (await office.PostAsync("/api/plans/p-mid/evaluations", new { kind = "monthly" })).Refused("plan.evaluation", 422);
        Answer made = (await office.PostAsync("/api/plans/p-mid/evaluations", new { kind = "mid-term" })).Ok();
        long id = (long)made["id"];
        (await office.PostAsync("/api/plans/p-mid/evaluations", new { kind = "mid-term" })).Refused("plan.evaluation-open", 422);
        (await lead.ReadAsync($"/api/plan-evaluations/{id}")).Refused("request.not-found", 404);
        Assert.Empty((await lead.ReadAsync("/api/plans/p-mid/evaluations")).Ok().Body!.AsArray());

        (await MoveAsync(office, id, "consult", null)).Ok();
        (await other.PostAsync($"/api/plan-evaluations/{id}/opinions", new { text = "not asked" })).Refused("access.role", 403);
        Answer said = (await lead.PostAsync($"/api/plan-evaluations/{id}/opinions", new { text = "add the reason" })).Ok();
        (await lead.PostAsync($"/api/plan-evaluations/{id}/opinions", new { text = "once more" })).Refused("access.role", 403);
        Assert.Empty((await other.ReadAsync($"/api/plan-evaluations/{id}"))["opinions"].AsArray());
        Assert.Single((await office.ReadAsync($"/api/plan-evaluations/{id}"))["opinions"].AsArray());

        (await MoveAsync(office, id, "submit", null)).Refused("plan.evaluation-advice", 422);
        (await office.PutAsync($"/api/plan-evaluations/{id}", new { findings = "behind", advice = "catch up", recount = true, version = await VersionAsync(id) })).Refused("case.wrong-stage", 422);
        (await office.PutAsync($"/api/plan-evaluations/{id}", new { findings = "behind", advice = "catch up", version = 1 })).Refused("request.stale", 409);
        (await office.PutAsync($"/api/plan-evaluations/{id}", new { findings = "behind", advice = "catch up", version = await VersionAsync(id) })).Ok();
        (await MoveAsync(office, id, "submit", null)).Refused("plan.evaluation-unanswered", 422);
        (await office.PostAsync($"/api/plan-evaluations/{id}/opinions/{(long)said["id"]}", new { answer = "adopted", version = (long)said["version"] })).Ok();
        (await MoveAsync(office, id, "submit", null)).Ok();
        (await MoveAsync(office, id, "issue", null, "No. 21")).Refused("access.role", 403);
        (await MoveAsync(approver, id, "send-back", null)).Refused("case.reason-missing", 422);
        (await MoveAsync(approver, id, "issue", null)).Refused("plan.evaluation-number", 422);
        (await MoveAsync(approver, id, "issue", null, "No. 21")).Ok();

        // Later progress changes nothing in what was issued.
        JsonNode before = (await office.ReadAsync($"/api/plan-evaluations/{id}"))["figures"];
        (await lead.PostAsync("/api/plans/p-mid/milestones/M1-1/actions", new { action = "report", note = "done", version = await MilestoneAsync() })).Ok();
        Assert.Equal(before.ToJsonString(), (await other.ReadAsync($"/api/plan-evaluations/{id}"))["figures"].ToJsonString());

        using HttpResponseMessage report = await other.GetAsync($"/api/plan-evaluations/{id}/document");
        using var file = WordprocessingDocument.Open(await report.Content.ReadAsStreamAsync(), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(file));
        string text = file.MainDocumentPart!.Document!.Body!.InnerText;
        Assert.All(["behind", "catch up", "No. 21", "add the reason", "adopted"], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private async Task<Answer> MoveAsync(HttpClient who, long id, string action, string? note, string? documentNumber = null) =>
        await who.PostAsync($"/api/plan-evaluations/{id}/actions", new { action, note, documentNumber, version = await VersionAsync(id) });

    private async Task<long> VersionAsync(long id) =>
        (long)(await (await platform.ClientAsync("office")).ReadAsync($"/api/plan-evaluations/{id}"))["evaluation"]["version"]!;

    private async Task<long> MilestoneAsync() =>
        (await (await platform.ClientAsync("office")).ReadAsync("/api/plans/p-mid")).Ok().Body!["objectives"]![0]!["measures"]!.AsArray()
            .SelectMany(row => row!["milestones"]!.AsArray()).Where(row => (string?)row!["code"] == "M1-1").Select(row => (long)row!["version"]!).Single();
}

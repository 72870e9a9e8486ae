using System.Text.Json.Nodes;
using Lodestone.Services.Catalogue;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Services.Cases;

/// <summary>Owns the life of a service case. Each test moves the clock, so each has a city of its own.</summary>
public sealed class CaseTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly ServedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task AnApplication_IsReceivedAcceptedExaminedGrantedDeliveredAndRated()
    {
        Answer filed = await _city.ApplyAsync(brought: ["M-FORM", "M-REPORT", "M-STATE"]);
        long id = (long)filed["id"];
        Assert.Equal(("received", "2026-07-06"), ((string)filed["stage"]!, (string)filed["receivedOn"]!));
        Assert.Equal("2026-07-13", await _city.DueAsync(id, "correction"));
        (await _city.MoveAsync("a1", id, "accept")).Refused("access.role", 403);
        (await _city.MoveAsync("ex1", id, "examine")).Refused("case.wrong-stage", 422);
        (await _city.MoveAsync("clerk", id, "accept", null)).Ok();
        // Working days after Monday 6 July: eight to Thursday the 16th, twenty to Monday 3 August.
        Assert.Equal(("2026-07-16", "2026-08-03"), (await _city.DueAsync(id, "promised"), await _city.DueAsync(id, "statutory")));
        (await _city.MoveAsync("clerk", id, "ask-correction", missing: [new { code = "M-FORM", text = "补盖章" }])).Refused("case.wrong-stage", 422);
        (await _city.MoveAsync("ex2", id, "examine")).Refused("request.not-found", 404);
        (await _city.MoveAsync("ex1", id, "examine", note: null)).Refused("case.reason-missing", 422);
        (await _city.MoveAsync("ex1", id, "examine")).Ok();
        (await _city.MoveAsync("head2", id, "grant")).Refused("request.not-found", 404);
        (await _city.MoveAsync("head1", id, "grant")).Ok();
        Assert.Equal("2026-07-20", await _city.DueAsync(id, "deliver"));
        (await _city.MoveAsync("a1", id, "rate", rating: 5)).Refused("case.wrong-stage", 422);
        (await _city.MoveAsync("clerk", id, "deliver")).Ok();
        (await _city.MoveAsync("a1", id, "rate", rating: 6)).Refused("service.rating", 422);
        (await _city.MoveAsync("a1", id, "rate", rating: 5)).Ok();
        Assert.Equal(("rated", "done", 5), (await _city.StageAsync(id), (string)(await _city.ReadAsync(id))["case"]!["state"]!, (int)(await _city.ReadAsync(id))["case"]!["rating"]!));
        (await (await _city.ClientAsync("a2")).ReadAsync($"/api/service-cases/{id}")).Refused("request.not-found", 404);
        (await (await _city.ClientAsync("ex2")).ReadAsync($"/api/service-cases/{id}")).Refused("request.not-found", 404);
        Assert.Equal((1, 0), (await _city.NoticesAsync("ex1", "service.deem-accepted") + await _city.NoticesAsync("head1", "service.examine"), await _city.NoticesAsync("head2", "service.examine")));
    }

    /// <summary>The roles reach the city for its service cases and for nothing else of it.</summary>
    [Theory]
    [InlineData("clerk", true)]
    [InlineData("ex1", true)]
    [InlineData("head1", true)]
    [InlineData("ex2", false)]
    [InlineData("clerk-d2", false)]
    public async Task StaffReadAMaterialBesideItsCase_AndNothingElseOfTheEnterprise(string user, bool works)
    {
        long id = await _city.AppliedAsync("M-FORM");
        long file = (long)(await _city.ReadAsync(id))["materials"]![0]!["evidence"]!;
        HttpClient staff = await _city.ClientAsync(user);
        (await staff.ReadAsync($"/api/evidence/{file}")).Refused("request.not-found", 404);
        (await staff.ReadAsync($"/api/service-cases/{id}/files/M-REPORT")).Refused("request.not-found", 404);
        using HttpResponseMessage beside = await staff.GetAsync(new Uri($"/api/service-cases/{id}/files/M-FORM", UriKind.Relative));
        Assert.Equal(works ? System.Net.HttpStatusCode.OK : System.Net.HttpStatusCode.NotFound, beside.StatusCode);
        Assert.DoesNotContain("e1", (await staff.ReadAsync("/api/organisations")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasSubmittedOnce_IsNotAskedForAgain_AndAGovernmentPaperNever()
    {
        long first = await _city.AppliedAsync("M-FORM");
        Assert.Equal(["brought", "missing", "missing", "fetched"], await StatesAsync(first));
        // What nobody looked at is not built upon.
        Assert.Equal("missing", (await StatesAsync(await _city.AppliedAsync()))[0]);
        (await _city.CheckAsync("ex1", first)).Refused("access.role", 403);
        (await _city.CheckAsync("clerk", first)).Ok();
        (await _city.CheckAsync("clerk", first)).Refused("service.nothing-to-check", 422);
        (await _city.CheckAsync("clerk2", first)).Refused("service.not-keeper", 422);
        long second = await _city.AppliedAsync();
        Assert.Equal(["reused", "missing", "missing", "fetched"], await StatesAsync(second));
        long stranger = (long)(await _city.ApplyAsync("a2", "e2"))["id"];
        Assert.Equal(["missing", "missing", "missing", "fetched"], await StatesAsync(stranger));
        _city.GoTo("2027-07-07");
        Assert.Equal("missing", (await StatesAsync(await _city.AppliedAsync()))[0]);
    }

    [Fact]
    public async Task CorrectionsAreAskedOnceForEverything_AndNoNewDemandIsMade()
    {
        long id = await _city.AppliedAsync();
        object[] form = [new { code = "M-FORM", text = "提交申请表" }];
        object[] both = [.. form, new { code = "M-STATE", text = "写明工艺" }];
        (await _city.MoveAsync("clerk", id, "accept", null)).Refused("service.materials-missing", 422);
        (await _city.MoveAsync("clerk", id, "ask-correction")).Refused("service.list-missing", 422);
        (await _city.MoveAsync("clerk", id, "ask-correction", missing: [new { code = "M-X", text = "x" }])).Refused("service.material-unknown", 422);
        (await _city.MoveAsync("clerk", id, "ask-correction", missing: form)).Refused("service.list-incomplete", 422);
        _city.GoTo("2026-07-08");
        (await _city.MoveAsync("clerk", id, "ask-correction", missing: both)).Ok();
        Assert.Equal((null, "2026-07-22"), (await _city.DueAsync(id, "correction"), await _city.DueAsync(id, "correct")));
        (await _city.MoveAsync("a1", id, "correct")).Refused("service.correction-incomplete", 422);
        await _city.BringAsync(id, "M-FORM");
        await _city.BringAsync(id, "M-STATE");
        (await (await _city.ClientAsync("a1")).PostAsync($"/api/service-cases/{id}/materials", new { material = "M-FORM", evidence = await _city.FileAsync() })).Refused("service.material-in", 422);
        _city.GoTo("2026-07-10");
        (await _city.MoveAsync("a1", id, "correct")).Ok();
        // The corrected materials are looked at within five days anew.
        Assert.Equal("2026-07-17", await _city.DueAsync(id, "correction"));
        (await _city.MoveAsync("clerk", id, "ask-correction", missing: form)).Refused("case.once-only", 422);
        (await _city.MoveAsync("clerk", id, "still-missing", missing: [new { code = "M-REPORT", text = "再要报告" }])).Refused("service.new-demand", 422);
        (await _city.MoveAsync("clerk", id, "still-missing", missing: form)).Ok();
        await _city.BringAsync(id, "M-FORM");
        (await _city.MoveAsync("a1", id, "correct")).Ok();
        (await _city.MoveAsync("clerk", id, "accept", null, gaps: ["M-REPORT"])).Ok();
        // The applicant's days are not counted: the day of acceptance is day 0.
        Assert.Equal("2026-07-22", await _city.DueAsync(id, "promised"));
        Assert.Equal(["receipt", "correction", "acceptance"], (await _city.ReadAsync(id))["papers"]!.AsArray().Select(paper => (string)paper!));
    }

    [Fact]
    public async Task AcceptedWithAGap_ItIsInBeforeTheGrant_AndAPledgeIsLookedAtLater()
    {
        long id = await _city.AppliedAsync("M-FORM", "!M-STATE");
        (await _city.ApplyAsync(brought: ["!M-FORM"])).Refused("service.pledge-not-offered", 422);
        (await _city.MoveAsync("clerk", id, "accept", null, gaps: [])).Refused("service.materials-missing", 422);
        (await _city.MoveAsync("clerk", id, "accept", null, gaps: ["M-REPORT"])).Ok();
        (await _city.MoveAsync("ex1", id, "examine")).Ok();
        (await _city.MoveAsync("head1", id, "grant")).Refused("service.gap-open", 422);
        (await (await _city.ClientAsync("clerk2")).PostAsync($"/api/service-cases/{id}/materials", new { material = "M-REPORT", evidence = await _city.FileAsync() })).Refused("service.not-keeper", 422);
        await _city.BringAsync(id, "M-REPORT");
        (await _city.MoveAsync("head1", id, "grant")).Refused("service.grant-unchecked", 422);
        (await _city.CheckAsync("clerk", id)).Ok();
        HttpClient examiner = await _city.ClientAsync("ex1");
        string pledges = $"/api/service-cases/{id}/pledges";
        (await examiner.PostAsync(pledges, new { material = "M-STATE", kept = false, text = "不符" })).Refused("service.pledge-early", 422);
        (await _city.MoveAsync("head1", id, "grant")).Ok();
        (await _city.MoveAsync("clerk", id, "deliver")).Ok();
        (await _city.MoveAsync("head1", id, "revoke")).Refused("service.no-broken-pledge", 422);
        (await examiner.PostAsync(pledges, new { material = "M-FORM", kept = true, text = "x" })).Refused("service.pledge-unknown", 422);
        (await examiner.PostAsync(pledges, new { material = "M-STATE", kept = false })).Refused("service.pledge-text", 422);
        (await examiner.PostAsync(pledges, new { material = "M-STATE", kept = false, text = "现场与承诺不符" })).Ok();
        (await examiner.PostAsync(pledges, new { material = "M-STATE", kept = true, text = "x" })).Refused("service.pledge-checked", 422);
        (await _city.ApplyAsync(brought: ["!M-STATE"])).Refused("service.pledge-barred", 422);
        (await _city.MoveAsync("head1", id, "revoke")).Ok();
        Assert.Equal("revoked", await _city.StageAsync(id));
    }

    [Fact]
    public async Task WhatIsNotOursOrNeedsNoLicence_IsSaidAtOnce_AndTheApplicantMayWithdraw()
    {
        long first = await _city.AppliedAsync();
        (await _city.MoveAsync("clerk", first, "say-not-competent", note: null)).Refused("case.reason-missing", 422);
        (await _city.MoveAsync("clerk", first, "say-not-competent")).Ok();
        long second = await _city.AppliedAsync();
        (await _city.MoveAsync("clerk", second, "say-not-required")).Ok();
        long third = await _city.AcceptedAsync();
        (await _city.MoveAsync("a1", third, "withdraw", null)).Ok();
        Assert.Equal("ended", (string?)(await _city.ClockAsync(third, "promised"))["state"]);
        long fourth = await _city.AcceptedAsync();
        (await _city.MoveAsync("head1", fourth, "annul")).Ok();
        Assert.Equal(["not-competent", "not-required", "withdrawn", "void"], [await _city.StageAsync(first), await _city.StageAsync(second), await _city.StageAsync(third), await _city.StageAsync(fourth)]);
    }

    [Fact]
    public async Task FirstContactAnswersForIt_UntilANamedColleagueTakesItOver()
    {
        long id = await _city.AppliedAsync("M-FORM", "M-REPORT", "M-STATE");
        HttpClient clerk = await _city.ClientAsync("clerk");
        string place = $"/api/service-cases/{id}/hand-over";
        (await clerk.PostAsync(place, new { to = "clerk2", reason = "休假" })).Refused("service.no-keeper", 422);
        (await _city.MoveAsync("clerk", id, "ask-correction", missing: [new { code = "M-FORM", text = "补盖章" }])).Ok();
        (await clerk.PostAsync(place, new { to = "", reason = "休假" })).Refused("service.hand-over-nobody", 422);
        (await clerk.PostAsync(place, new { to = "clerk2" })).Refused("service.hand-over-reason", 422);
        (await clerk.PostAsync(place, new { to = "clerk", reason = "休假" })).Refused("service.hand-over-self", 422);
        (await clerk.PostAsync(place, new { to = "clerk-d2", reason = "休假" })).Refused("service.hand-over-stranger", 422);
        (await clerk.PostAsync(place, new { to = "clerk2", reason = "休假" })).Ok();
        (await clerk.PostAsync(place, new { to = "clerk2", reason = "休假" })).Refused("service.hand-over-pending", 422);
        await _city.BringAsync(id, "M-FORM");
        (await _city.MoveAsync("clerk2", id, "correct-at-window", null)).Refused("service.not-keeper", 422);
        (await clerk.PostAsync($"{place}/answer", new { takes = true })).Refused("service.hand-over-none", 422);
        (await (await _city.ClientAsync("clerk2")).PostAsync($"{place}/answer", new { takes = true })).Ok();
        (await _city.MoveAsync("clerk", id, "correct-at-window", null)).Refused("service.not-keeper", 422);
        (await _city.MoveAsync("clerk2", id, "correct-at-window", null)).Ok();
        Assert.Equal("clerk2", (string?)(await _city.ReadAsync(id))["case"]!["keeper"]);
    }

    [Fact]
    public async Task SeveralDepartmentsGiveTheirOpinionsSideBySide_AndTheSlowestCounts()
    {
        await _city.PassAsync("add", null, [ServedCity.Text("L-2") with { Parallel = [new UnitText("d2")] }]);
        long id = (long)(await _city.ApplyAsync(item: "L-2", brought: ["M-FORM", "M-REPORT", "M-STATE"]))["id"];
        (await (await _city.ClientAsync("ex2")).ReadAsync($"/api/service-cases/{id}")).Refused("request.not-found", 404);
        (await _city.MoveAsync("clerk", id, "accept", null)).Ok();
        (await _city.MoveAsync("ex1", id, "examine")).Refused("service.opinions-open", 422);
        HttpClient other = await _city.ClientAsync("ex2");
        string place = $"/api/service-cases/{id}/opinion";
        (await (await _city.ClientAsync("ex1")).PostAsync(place, new { agrees = true, text = "同意" })).Refused("access.role", 403);
        (await other.PostAsync(place, new { agrees = true })).Refused("service.opinion-text", 422);
        (await other.PostAsync(place, new { agrees = true, text = "同意" })).Ok();
        (await other.PostAsync(place, new { agrees = true, text = "同意" })).Refused("service.opinion-given", 422);
        (await _city.MoveAsync("ex2", id, "examine")).Refused("request.not-found", 404);
        (await _city.MoveAsync("ex1", id, "examine")).Ok();
    }

    [Fact]
    public async Task ABadApplicationIsRefusedWithItsReason()
    {
        (await _city.ApplyAsync(receivedOn: "2026-07-03")).Refused("service.receipt-day", 422);
        (await _city.ApplyAsync(item: "L-9")).Refused("service.item-unknown", 422);
        (await _city.ApplyAsync("ax", "ex")).Refused("service.item-unknown", 422);
        (await _city.ApplyAsync("a2")).Refused("request.not-found", 404);
        (await _city.ApplyAsync("ex1")).Refused("access.role", 403);
        (await _city.ApplyAsync("clerk-d2")).Refused("access.role", 403);
        (await _city.ApplyAsync(brought: ["M-NONE"])).Refused("service.material-unknown", 422);
        HttpClient applicant = await _city.ClientAsync("a1");
        (await applicant.PostAsync("/api/service-cases", new { organisation = "e1", item = "L-1", materials = new[] { new { code = "M-FORM", evidence = await _city.FileAsync("a2", "e2") } } })).Refused("service.evidence", 422);
        (await (await _city.ClientAsync("clerk")).PostAsync("/api/service-cases", new { organisation = "e1", item = "L-1", window = "W9" })).Refused("service.window-unknown", 422);
        (await (await _city.ClientAsync("clerk")).PostAsync("/api/service-cases", new { organisation = "s1", item = "L-1" })).Refused("service.enterprise", 422);
        long running = await _city.AcceptedAsync();
        await _city.PassAsync("pause", ["L-1"], null);
        (await _city.ApplyAsync()).Refused("service.item-paused", 422);
        await _city.PassAsync("cancel", ["L-1"], null);
        (await _city.ApplyAsync()).Refused("service.item-cancelled", 422);
        // A running case stays on its version.
        (await _city.MoveAsync("ex1", running, "examine")).Ok();
    }

    [Fact]
    public async Task WhoFiledACaseAtTheWindowDoesNotDecideIt()
    {
        await _city.AddUserAsync("both", ("d1", "window-clerk"), ("d1", "examiner"), ("d1", "service-head"));
        long[] files = [await _city.FileAsync(), await _city.FileAsync(), await _city.FileAsync()];
        long id = (long)(await (await _city.ClientAsync("both")).PostAsync("/api/service-cases", new
        {
            organisation = "e1",
            item = "L-1",
            materials = new[] { new { code = "M-FORM", evidence = files[0] }, new { code = "M-REPORT", evidence = files[1] }, new { code = "M-STATE", evidence = files[2] } },
        }))["id"];
        (await _city.MoveAsync("both", id, "accept", null)).Ok();
        (await _city.MoveAsync("both", id, "examine")).Ok();
        (await _city.MoveAsync("both", id, "grant")).Refused("service.own-case", 422);
        (await _city.MoveAsync("head1", id, "refuse")).Ok();
    }

    [Fact]
    public async Task EachPaperComesAsAWordFile_AndAStrangerGetsNone()
    {
        long id = await _city.AcceptedAsync();
        (await _city.MoveAsync("ex1", id, "start-special", special: "tasting")).Refused("service.special-unknown", 422);
        (await _city.MoveAsync("ex1", id, "start-special", special: "expert-review")).Ok();
        (await _city.MoveAsync("ex1", id, "end-special")).Ok();
        (await _city.MoveAsync("head1", id, "extend")).Ok();
        string extended = await _city.PaperAsync(id, "extension");
        Assert.Contains("2026年8月17日", extended, StringComparison.Ordinal);
        _city.GoTo("2026-07-08");
        (await _city.MoveAsync("ex1", id, "start-special", special: "expert-review")).Ok();
        _city.GoTo("2026-07-15");
        (await _city.MoveAsync("ex1", id, "end-special")).Ok();
        Assert.Equal(extended, await _city.PaperAsync(id, "extension"));
        (await _city.MoveAsync("ex1", id, "examine")).Ok();
        (await _city.MoveAsync("head1", id, "grant")).Ok();
        string[] kinds = [.. (await _city.ReadAsync(id))["papers"]!.AsArray().Select(paper => (string)paper!)];
        Assert.Equal(["receipt", "acceptance", "extension", "special", "decision"], kinds);
        foreach (string kind in kinds)
        {
            string text = await _city.PaperAsync(id, kind);
            Assert.All(new[] { "e1", "L-1核发" }, part => Assert.Contains(part, text, StringComparison.Ordinal));
            Assert.Contains(kind switch
            {
                "receipt" => "申请材料，收件号",
                "acceptance" => "材料齐全、符合法定形式，2026年7月6日予以受理",
                "extension" => "延长10个工作日",
                "special" => "依法需要专家评审，预计10个工作日",
                _ => "符合法定条件，决定准予",
            }, text, StringComparison.Ordinal);
        }

        (await (await _city.ClientAsync("a1")).ReadAsync($"/api/service-cases/{id}/papers/correction")).Refused("request.not-found", 404);
        (await (await _city.ClientAsync("a2")).ReadAsync($"/api/service-cases/{id}/papers/receipt")).Refused("request.not-found", 404);
    }

    private async Task<string[]> StatesAsync(long id) => [.. (await _city.ReadAsync(id))["materials"]!.AsArray().Select((JsonNode? row) => (string)row!["state"]!)];
}

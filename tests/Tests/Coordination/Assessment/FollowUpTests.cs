using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lodestone.Coordination.Assessment;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Assessment;

/// <summary>Judging before the freeze, and what follows from a release.</summary>
public sealed class FollowUpTests(AssessedCity city) : IClassFixture<AssessedCity>
{
    [Fact]
    public async Task Judged_points_need_a_reason_and_evidence_and_reach_the_score_with_the_judges_name()
    {
        long round = await OpenJudgedAsync("judged");
        HttpClient assessor = await city.ClientAsync("assessor");
        long evidence = await StoreAsync(assessor, round, "u1");

        await RefusedAsync(round, "judgement.points", new { unit = "u1", criterion = "J", points = 20.01m, reason = "x", evidence });
        await RefusedAsync(round, "judgement.reason", new { unit = "u1", criterion = "J", points = 3, reason = " ", evidence });
        await RefusedAsync(round, "judgement.evidence", new { unit = "u2", criterion = "J", points = 3, reason = "x", evidence });
        await RefusedAsync(round, "judgement.criterion", new { unit = "u1", criterion = "C", points = 3, reason = "x", evidence });
        foreach (decimal points in (decimal[])[1, 15.5m])
        {
            (await assessor.PostAsync($"/api/rounds/{round}/judgements", new { unit = "u1", criterion = "J", points, reason = "按标准第三条", evidence })).Ok();
        }

        (await city.MoveAsync(round, "freeze")).Ok();
        await RefusedAsync(round, "judgement.over", new { unit = "u1", criterion = "J", points = 3, reason = "x", evidence });
        (await city.MoveAsync(round, "release")).Ok();

        JsonNode units = (await city.ResultsAsync(round))["units"]!;
        Assert.Equal([(79.5m, false), (72m, true)], units.AsArray().OrderBy(unit => (string?)unit!["unit"]).Select(unit =>
            ((decimal)unit!["total"]!, (bool)unit["criteria"]!.AsArray()[1]!["missing"]!)));
        JsonNode judged = (await (await city.ClientAsync("u1-liaison")).ReadAsync($"/api/rounds/{round}/lineage?unit=u1&criterion=J")).Ok().Body!["judged"]!;
        Assert.Equal((15.5m, "assessor"), ((decimal)judged["points"]!, (string?)judged["by"]));
        (await (await city.ClientAsync("u1-liaison")).ReadAsync($"/api/evidence/{evidence}")).Ok();
        (await (await city.ClientAsync("u2-liaison")).ReadAsync($"/api/evidence/{evidence}")).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task Of_a_judgement_and_a_freeze_at_the_same_instant_the_later_is_stale()
    {
        HttpClient client = await city.ClientAsync("assessor");
        Actor assessor = await city.ActorOfAsync("assessor");

        long judgedLate = await OpenJudgedAsync("late-judge");
        long evidence = await StoreAsync(client, judgedLate, "u1");
        Assert.Equal("request.stale", (await Assert.ThrowsAsync<Refusal>(() => city.AsAsync(assessor, async services =>
        {
            OpenedRound opened = await services.GetRequiredService<RoundDoor>().OpenAsync(judgedLate);
            await services.GetRequiredService<Judging>().GiveAsync(opened, new JudgementRequest("u1", "J", 3, "按标准第三条", evidence));
            (await city.MoveAsync(judgedLate, "freeze")).Ok();
            return await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        }))).Code);

        long frozenLate = await OpenJudgedAsync("late-freeze");
        evidence = await StoreAsync(client, frozenLate, "u1");
        long version = (long)(await client.ReadAsync($"/api/rounds/{frozenLate}/results"))["version"];
        Assert.Equal("request.stale", (await Assert.ThrowsAsync<Refusal>(() => city.AsAsync(assessor, async services =>
        {
            await services.GetRequiredService<MoveRound>().MoveAsync(frozenLate, "freeze", null, version);
            (await client.PostAsync($"/api/rounds/{frozenLate}/judgements", new { unit = "u1", criterion = "J", points = 3, reason = "按标准第三条", evidence })).Ok();
            return await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        }))).Code);
    }

    [Fact]
    public async Task Who_reported_for_the_unit_does_not_judge_it()
    {
        await city.AddUserAsync("both", ("office", "assessor"), ("u1", "liaison"));
        long round = await OpenJudgedAsync("recusal");
        HttpClient both = await city.ClientAsync("both");
        long evidence = await StoreAsync(both, round, "u1");
        (await both.PostAsync($"/api/rounds/{round}/judgements", new { unit = "u1", criterion = "J", points = 3, reason = "x", evidence }))
            .Refused("judgement.recused", 403);
        long other = await StoreAsync(both, round, "u2");
        (await both.PostAsync($"/api/rounds/{round}/judgements", new { unit = "u2", criterion = "J", points = 3, reason = "x", evidence = other })).Ok();
    }

    [Fact]
    public async Task A_release_feeds_back_and_each_unit_signs_for_its_own()
    {
        long round = await city.ReleasedAsync();
        HttpClient liaison = await city.ClientAsync("u1-liaison");
        Assert.Equal(["u1"], (await liaison.ReadAsync($"/api/rounds/{round}/feedback")).Ok().Body!.AsArray().Select(line => (string?)line!["unit"]));
        (await liaison.PostAsync($"/api/rounds/{round}/feedback/u2/receipt", new { })).Refused("request.not-found", 404);
        (await liaison.PostAsync($"/api/rounds/{round}/feedback/u1/receipt", new { })).Ok();
        (await liaison.PostAsync($"/api/rounds/{round}/feedback/u1/receipt", new { })).Refused("case.wrong-stage", 422);

        JsonArray lines = (await (await city.ClientAsync("assessor")).ReadAsync($"/api/rounds/{round}/feedback")).Ok().Body!.AsArray();
        Assert.Equal([("u1", "signed"), ("u2", "sent")], lines.Select(line => ((string)line!["unit"]!, (string)line["stage"]!)));
        Assert.StartsWith("PK", (await liaison.ReadAsync($"/api/rounds/{round}/feedback/u1/document")).Ok().Text, StringComparison.Ordinal);
        (await liaison.ReadAsync($"/api/rounds/{round}/feedback/u2/document")).Refused("request.not-found", 404);
    }

    [Fact]
    public async Task The_lowest_grade_is_asked_to_rectify_and_is_sent_back_until_it_holds()
    {
        long round = await city.ReleasedAsync();
        HttpClient assessor = await city.ClientAsync("assessor");
        HttpClient liaison = await city.ClientAsync("u1-liaison");
        JsonNode asked = Assert.Single(await OfRoundAsync(assessor, round));
        Assert.Equal(("u1", "asked"), ((string?)asked["unit"], (string?)asked["stage"]));
        string actions = $"/api/rectifications/{asked["id"]}/actions";

        Assert.Equal("case.reason-missing", (await liaison.PostAsync(actions, new { action = "submit" })).Code);
        (await (await city.ClientAsync("u2-liaison")).PostAsync(actions, new { action = "submit", note = "x" })).Refused("request.not-found", 404);
        (await liaison.PostAsync(actions, new { action = "submit", note = "已补办 5 人认定" })).Ok();
        Assert.Equal("case.reason-missing", (await assessor.PostAsync(actions, new { action = "send-back" })).Code);
        (await assessor.PostAsync(actions, new { action = "send-back", note = "缺认定文件" })).Ok();
        (await liaison.PostAsync(actions, new { action = "submit", note = "附认定文件" })).Ok();
        (await assessor.PostAsync(actions, new { action = "accept" })).Ok();
        Assert.Equal("accepted", (string?)(await liaison.ReadAsync($"/api/rectifications/{asked["id"]}")).Ok().Body!["stage"]);
    }

    [Fact]
    public async Task The_next_version_of_a_scheme_waits_for_answers_or_gives_them()
    {
        long round = await OpenJudgedAsync("opinions");
        (await city.MoveAsync(round, "freeze")).Ok();
        HttpClient liaison = await city.ClientAsync("u1-liaison");
        (await liaison.PostAsync($"/api/rounds/{round}/opinions", new { unit = "u1", text = "权重偏高" })).Refused("request.not-found", 404);
        (await city.MoveAsync(round, "release")).Ok();
        long[] opinions =
        [
            (long)(await liaison.PostAsync($"/api/rounds/{round}/opinions", new { unit = "u1", text = "权重偏高" }))["id"],
            (long)(await liaison.PostAsync($"/api/rounds/{round}/opinions", new { unit = "u1", text = "目标偏高" }))["id"],
        ];
        HttpClient assessor = await city.ClientAsync("assessor");
        Assert.Equal("scheme.opinions-waiting", (await MakeAsync("opinions")).Code);
        (await assessor.PostAsync($"/api/opinions/{opinions[0]}/answer", new { adopted = false, answer = "权重依据规划" })).Ok();
        Assert.Equal("scheme.opinions-waiting", (await MakeAsync("opinions")).Code);
        (await MakeAsync("opinions", new { opinion = opinions[1], adopted = true, answer = "下调" })).Ok();

        JsonNode[] read = [.. (await liaison.ReadAsync("/api/opinions")).Ok().Body!.AsArray().Where(row => (string?)row!["scheme"] == "opinions").Select(row => row!)];
        Assert.Equal([("adopted", 2), ("declined", 0)], read.Select(row => ((string)row["stage"]!, (int?)row["answeredIn"] ?? 0)));
    }

    [Fact]
    public async Task The_year_is_read_printed_and_rewarded_and_who_proposed_does_not_decide()
    {
        long round = await OpenJudgedAsync("year");
        (await city.MoveAsync(round, "freeze")).Ok();
        HttpClient assessor = await city.ClientAsync("assessor");
        Assert.Equal("year.none", (await assessor.ReadAsync("/api/assessment/year/2026")).Code);
        (await city.MoveAsync(round, "release")).Ok();
        JsonNode year = (await assessor.ReadAsync("/api/assessment/year/2026")).Ok().Body!;
        Assert.Equal([2, 3, 4], year["units"]!.AsArray()[0]!["missing"]!.AsArray().Select(quarter => (int)quarter!));
        Assert.Equal([("u2", 72m, "优秀"), ("u1", 64m, "合格")], year["units"]!.AsArray().Select(unit =>
            ((string)unit!["unit"]!, (decimal)unit["total"]!, (string)unit["grade"]!)));
        foreach (string paper in (string[])["/api/assessment/year/2026/document", "/api/assessment/year/2026/workbook", "/api/schemes/year/document"])
        {
            Assert.StartsWith("PK", (await assessor.ReadAsync(paper)).Ok().Text, StringComparison.Ordinal);
        }

        object Reward(string unit) => new { scheme = "year", year = 2026, unit, title = "优秀奖励", amountYuan = 1000, duty = "交流经验", dutyDueOn = "2090-01-01" };
        Assert.Equal("reward.grade", (await assessor.PostAsync("/api/rewards", Reward("u1"))).Code);
        await city.AddUserAsync("two-hats", ("office", "assessor"), ("office", "approver"));
        HttpClient twoHats = await city.ClientAsync("two-hats");
        string own = $"/api/rewards/{(long)(await twoHats.PostAsync("/api/rewards", Reward("u2")))["id"]}/actions";
        (await twoHats.PostAsync(own, new { action = "approve" })).Refused("reward.own", 403);
        (await (await city.ClientAsync("approver")).PostAsync(own, new { action = "approve" })).Ok();
        (await (await city.ClientAsync("u2-liaison")).PostAsync(own, new { action = "report", note = "已交流" })).Ok();
        (await assessor.PostAsync(own, new { action = "confirm" })).Ok();
    }

    [Fact]
    public async Task Groups_are_ranked_by_themselves_and_every_unit_needs_one()
    {
        HttpClient assessor = await city.ClientAsync("assessor");
        string[] units = ["u1", "u2"];
        Assert.Equal("round.groups", (await assessor.PostAsync("/api/rounds",
            new { scheme = "S", period = AssessedCity.Period, units, groups = new { u1 = "甲" } })).Code);
        long round = (long)(await assessor.PostAsync("/api/rounds",
            new { scheme = "S", period = AssessedCity.Period, units, groups = new { u1 = "甲", u2 = "乙" } }))["id"];
        (await city.MoveAsync(round, "freeze")).Ok();
        Assert.Equal([("u2", 1, "乙"), ("u1", 1, "甲")], (await city.ResultsAsync(round))["units"]!.AsArray().Select(unit =>
            ((string)unit!["unit"]!, (int)unit["rank"]!, (string)unit["group"]!)));
    }

    private static async Task<JsonNode[]> OfRoundAsync(HttpClient client, long round) =>
        [.. (await client.ReadAsync("/api/rectifications")).Ok().Body!.AsArray().Where(row => (long)row!["round"]! == round).Select(row => row!)];

    /// <summary>80 points by the ratio, 20 by judgement.</summary>
    private async Task<Answer> MakeAsync(string code, params object[] answers) => await (await city.ClientAsync("assessor")).PostAsync("/api/schemes", new
    {
        code,
        criteria = new object[]
        {
            new { code = "C", name = "人才", measure = "talent", weight = 80, indicator = "I", rule = new { kind = "ratio", cap = 1 } },
            new { code = "J", name = "评议", measure = "services", weight = 20, rule = new { kind = "judged" } },
        },
        grades = new[] { new { name = "优秀", from = 70 }, new { name = "合格", from = 0 } },
        quotas = new[] { new { grade = "优秀", share = 1 } },
        answers,
    });

    private async Task<long> OpenJudgedAsync(string scheme)
    {
        (await MakeAsync(scheme)).Ok();
        string[] units = ["u1", "u2"];
        return (long)(await (await city.ClientAsync("assessor")).PostAsync("/api/rounds", new { scheme, period = AssessedCity.Period, units }))["id"];
    }

    private async Task RefusedAsync(long round, string code, object body) =>
        Assert.Equal(code, (await (await city.ClientAsync("assessor")).PostAsync($"/api/rounds/{round}/judgements", body)).Code);

    private static async Task<long> StoreAsync(HttpClient client, long round, string unit)
    {
        using var file = new ByteArrayContent("评议记录"u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var form = new MultipartFormDataContent { { file, "file", "record.txt" } };
        return (long)(await client.CallAsync(HttpMethod.Post, $"/api/rounds/{round}/judgements/{unit}/evidence", form))["id"];
    }
}

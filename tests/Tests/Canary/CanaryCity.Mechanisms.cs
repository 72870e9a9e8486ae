using Lodestone.Coordination.Meetings;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Canary;

/// <summary>Plans, supervision, meetings, advice, bulletins and services: each branch writes its canary wherever one of these lets it write.</summary>
public sealed partial class CanaryCity
{
    /// <summary>A plan with a measure of each branch, and a policy document on which each is consulted.</summary>
    private async Task CoordinateAsync(string city)
    {
        Branch[] branches = [.. Branches.Where(branch => branch.City == city)];
        (await (await ClientAsync($"plan-office-{city}")).PostAsync("/api/plans", new
        {
            code = $"plan-{city}",
            name = "年度计划",
            documentNumber = "马政〔2026〕1号",
            organisation = city,
            firstQuarter = "2026Q1",
            lastQuarter = "2027Q4",
            objectives = new[] { new { code = "o", chapter = "funds", section = "7.2", title = "资金", weight = 1 } },
            measures = branches.Select(branch => new
            {
                code = branch.Measure,
                objective = "o",
                section = "7.2",
                title = "推进项目",
                text = "",
                lead = branch.District,
                support = Array.Empty<string>(),
                benefit = "economic",
                kind = "action",
                weight = 1,
            }),
            milestones = branches.Select(branch => new { code = branch.Milestone, measure = branch.Measure, quarter = "2026Q4", title = "开工", weight = 1 }),
        })).Ok();
        HttpClient office = await ClientAsync($"supervisor-{city}");
        Answer policy = (await office.PostAsync("/api/policies", new { title = "若干政策", text = "第一条 支持技术改造。", version = 0 })).Ok();
        Answer bulletin = (await office.PostAsync("/api/bulletins", new { title = "工作简报", sensitivity = "internal", version = 0 })).Ok();
        await Services.GetRequiredService<ObligationRunner>().RunAsync();
        long meeting = (long)(await office.ReadAsync("/api/meetings?year=2026")).Ok().Body!.AsArray()[0]!["id"]!;
        (await office.PostAsync($"/api/policies/{(long)policy["id"]}/actions", new
        {
            action = "consult",
            units = branches.Select(branch => branch.District),
            until = "2026-07-20",
            version = (long)(await office.ReadAsync($"/api/policies/{(long)policy["id"]}"))["policy"]["caseVersion"]!,
        })).Ok();
        long report = (long)(await office.ReadAsync("/api/meetings?year=2026")).Ok().Body!.AsArray().First(one => !((string)one!["period"]!).Contains('Q', StringComparison.Ordinal))!["id"]!;
        long evaluation = (long)(await (await ClientAsync($"plan-office-{city}")).PostAsync($"/api/plans/plan-{city}/evaluations", new { kind = "mid-term" })).Ok()["id"];
        foreach (Branch branch in branches)
        {
            branch.Add((long)policy["id"], "policies", "drafts");
            branch.Add((long)bulletin["id"], "bulletins");
            branch.Add(meeting, "meetings");
            branch.Add(report, "reports");
            branch.Add(evaluation, "plan-evaluations", "evaluations");
            await SpeakAsync(branch);
            await AdviseAsync(branch);
        }
    }

    /// <summary>What a unit's liaison writes: a problem of a measure, a matter for the meeting, a contribution, a comment, an inquiry.</summary>
    private async Task SpeakAsync(Branch branch)
    {
        HttpClient liaison = await ClientAsync($"liaison-{branch.Word}");
        string unit = branch.District;
        branch.Add((long)(await liaison.PostAsync(
            $"/api/plans/{branch.Plan}/measures/{branch.Measure}/problems", new { text = branch.Writes("困难") })).Ok()["id"], "plan-problems");
        branch.Add((long)(await liaison.PostAsync(
            "/api/matters", new { unit, title = branch.Writes("议题"), text = branch.Writes("事由"), proposal = branch.Writes("建议") })).Ok()["id"], "matters");
        branch.Add((long)(await liaison.PostAsync(
            "/api/contributions", new { unit, title = branch.Writes("信息"), text = branch.Writes("动态"), sensitivity = "internal", version = 0 })).Ok()["id"], "contributions");
        branch.Add((long)(await liaison.PostAsync($"/api/rounds/{branch.The("rounds")}/opinions", new { unit, text = branch.Writes("方法") })).Ok()["id"], "opinions");
        var asked = (await liaison.ReadAsync("/api/policies/comments")).Ok().Body!.AsArray()[0]!;
        branch.Add((long)asked["id"]!, "comments");
        (await liaison.PostAsync($"/api/policies/comments/{(long)asked["id"]!}/actions", new { action = "comment", text = branch.Writes("意见"), version = (long)asked["caseVersion"]! })).Ok();
        branch.Add((long)(await liaison.PostAsync("/api/advice/inquiries", new
        {
            unit,
            title = branch.Writes("咨询"),
            text = branch.Writes("背景"),
            field = "永磁",
            questions = new[] { branch.Writes("问题") },
        })).Ok()["id"], "inquiries");
    }

    /// <summary>The expert's own interests, and a study of the committee.</summary>
    private async Task AdviseAsync(Branch branch)
    {
        HttpClient office = await ClientAsync($"supervisor-{branch.City}");
        long expert = (long)(await office.PostAsync("/api/advice/experts", new
        {
            committee = branch.Committee,
            userName = $"expert-{branch.Word}",
            employer = branch.Writes("研究院"),
            fields = "永磁",
            termFrom = "2026-01-01",
            termUntil = "2028-12-31",
        })).Ok()["id"];
        branch.Add(expert, "experts");
        branch.Add((long)(await office.PostAsync($"/api/advice/experts/{expert}/conflicts", new { with = branch.Enterprise, kind = "shares" })).Ok()["id"], "conflicts");
        branch.Add((long)(await office.PostAsync(
            "/api/advice/sessions", new { committee = branch.Committee, title = branch.Writes("会议"), day = "2026-07-10", place = "三楼" })).Ok()["id"], "sessions");
        branch.Add((long)(await (await ClientAsync($"expert-{branch.Word}")).PostAsync(
            "/api/advice/studies", new { committee = branch.Committee, title = branch.Writes("课题"), text = branch.Writes("方向") })).Ok()["id"], "studies");
    }

    /// <summary>The district's item in the list, which is public, a case of the enterprise with its owner's record, and a place at the window.</summary>
    private async Task ServeAsync(Branch branch)
    {
        long change = (long)(await (await ClientAsync($"list-keeper-{branch.Word}")).PostAsync("/api/service-lists/changes", new
        {
            unit = branch.District,
            kind = "add",
            texts = new[]
            {
                new
                {
                    code = branch.Item,
                    name = "核发",
                    list = "service",
                    kind = "licence",
                    basis = "《中华人民共和国行政许可法》第十二条",
                    content = "核发许可证",
                    statutoryDays = 20,
                    promisedDays = 8,
                    correctDays = 10,
                    steps = new[] { "受理", "审查", "决定", "送达" },
                    materials = new[] { new { code = "m", name = "申请表", grade = "C" } },
                },
            },
            reason = "法规修订",
        })).Ok()["id"];
        branch.Add(change, "changes", "service-lists");
        foreach ((string user, string action, string? from) in new[] { ($"list-lawyer-{branch.City}", "legal-review", null), ($"list-office-{branch.City}", "decide", "2026-07-06") })
        {
            HttpClient client = await ClientAsync(user);
            long version = (long)(await client.ReadAsync($"/api/service-lists/changes/{change}")).Ok()["change"]["version"]!;
            (await client.PostAsync($"/api/service-lists/changes/{change}/actions", new { action, note = branch.Writes("依据"), from, version })).Ok();
        }

        HttpClient applicant = await ClientAsync($"applicant-{branch.Word}");
        long file = (long)(await applicant.PostAsync("/api/service-cases", new
        {
            organisation = branch.Enterprise,
            item = branch.Item,
            materials = new[] { new { code = "m", pledge = false, evidence = await FileAsync(branch) } },
        })).Ok()["id"];
        branch.Add(file, "service-cases", "cases");
        string clerkName = $"window-clerk-{branch.Word}";
        await AddUserAsync($"relief-{branch.Word}", (branch.District, "window-clerk"));
        HttpClient clerk = await ClientAsync(clerkName);
        (await clerk.PostAsync($"/api/service-cases/{file}/checks", new { })).Ok();
        (await clerk.PostAsync($"/api/service-cases/{file}/actions", new { action = "accept", version = (long)(await clerk.ReadAsync($"/api/service-cases/{file}"))["case"]["version"]! })).Ok();
        (await clerk.PostAsync($"/api/service-cases/{file}/hand-over", new { to = $"relief-{branch.Word}", reason = branch.Writes("离岗") })).Ok();
        branch.Add((long)(await clerk.PostAsync("/api/service-efficiency/questions", new { @case = file, reason = branch.Writes("更正") })).Ok()["id"], "questions");
        long window = (long)(await (await ClientAsync($"service-head-{branch.Word}")).PostAsync("/api/service-hall/windows", new { hall = branch.District, code = "W", name = "综合窗口", places = 1 })).Ok()["id"];
        branch.Add(window, "windows");
        branch.Add((long)(await applicant.PostAsync("/api/service-hall/appointments", new { organisation = branch.Enterprise, window, day = "2026-07-10", slot = 20 })).Ok()["id"], "appointments");
        branch.Add((long)(await clerk.PostAsync("/api/service-hall/tickets", new { hall = branch.District })).Ok()["id"], "tickets");
    }

    /// <summary>The day after the orders were due, each unit that missed its own is held to account and heard.</summary>
    private async Task AccountAsync()
    {
        Clock.GoTo(new DateOnly(2026, 7, 14));
        foreach (Branch branch in Branches)
        {
            HttpClient supervisor = await ClientAsync($"supervisor-{branch.City}");
            long matter = (long)(await supervisor.PostAsync("/api/accountability", new { title = branch.Writes("逾期"), orders = new[] { branch.The("orders") } })).Ok()["id"];
            branch.Add(matter, "accountability");
            foreach ((HttpClient client, string action, string note) in new[]
            {
                (supervisor, "find", branch.Writes("核查")), (await ClientAsync($"liaison-{branch.Word}"), "state", branch.Writes("申辩")),
            })
            {
                long version = (long)(await client.ReadAsync($"/api/accountability/{matter}")).Ok()["matter"]["version"]!;
                (await client.PostAsync($"/api/accountability/{matter}/actions", new { action, note, version })).Ok();
            }
        }
    }
}

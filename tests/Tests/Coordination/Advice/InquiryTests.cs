using System.Text.Json.Nodes;
using Lodestone.Coordination.Advice;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Advice;

/// <summary>Owns an inquiry that goes another way: a missed day, a return, two at once, two seats; and the experts' upkeep.</summary>
public sealed class InquiryTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly AdvisedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task WhereTheExpertsMissTheDay_TheNextAssignmentSetsANewOne_OrTheOfficeReturnsIt()
    {
        long inquiry = await _city.AskAsync();
        (await _city.AssignAsync(inquiry, "a")).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 14));
        (await _city.MoveAsync("office", inquiry, "hand-over")).Refused("advice.opinions-open", 422);
        Assert.Contains("name=\"Workdays\"", (await (await _city.ClientAsync("office")).ReadAsync($"/advice/inquiries/{inquiry}")).Text, StringComparison.Ordinal);
        (await _city.AssignAsync(inquiry, "b")).Ok();
        Assert.Equal("2026-07-21", (string?)(await _city.ReadAsync(inquiry))["inquiry"]["dueOn"]);
        (await _city.GiveAsync("a", "合适", "十万")).Ok();
        _city.Clock.GoTo(new DateOnly(2026, 7, 22));
        (await _city.MoveAsync("office", inquiry, "return")).Refused("case.reason-missing", 422);
        (await _city.MoveAsync("office", inquiry, "return", "材料不足")).Ok();
        (await _city.GiveAsync("b", "迟", "了")).Refused("advice.late", 422);

        // The unit writes it anew; what was said of the old text is not handed over.
        HttpClient unit = await _city.ClientAsync("l1");
        long version = await TextVersionAsync(inquiry);
        object Anew(long seen) => new { title = "补贴比例（修改）", text = "补了测算", field = "永磁", questions = new[] { "比例合适吗" }, version = seen };
        (await unit.PutAsync($"/api/advice/inquiries/{inquiry}", Anew(version - 1))).Refused("request.stale", 409);
        (await (await _city.ClientAsync("l2")).PutAsync($"/api/advice/inquiries/{inquiry}", Anew(version))).Refused("request.not-found", 404);
        (await unit.PutAsync($"/api/advice/inquiries/{inquiry}", Anew(version))).Ok();
        // Of two who had read the same text the second hears of the first.
        (await unit.PutAsync($"/api/advice/inquiries/{inquiry}", Anew(version))).Refused("request.stale", 409);
        (await _city.MoveAsync("l1", inquiry, "ask")).Ok();
        (await unit.PutAsync($"/api/advice/inquiries/{inquiry}", Anew(await TextVersionAsync(inquiry)))).Refused("case.wrong-stage", 422);
        (await _city.AssignAsync(inquiry, "a")).Ok();
        Assert.Single((await _city.ReadAsync(inquiry))["assignments"].AsArray());
        (await _city.GiveAsync("a", "测算充分")).Ok();
        (await _city.MoveAsync("office", inquiry, "hand-over")).Ok();
        Assert.Equal(["测算充分"], (await _city.ReadAsync(inquiry, "l1"))["opinions"].AsArray().Select(one => (string)one!["text"]!));
    }

    [Fact]
    public async Task AnExpertIsTold_ByPersonAndNotByRole()
    {
        long inquiry = await _city.AskAsync();
        (await _city.AssignAsync(inquiry, "a")).Ok();
        JsonNode asked = Assert.Single(await ToldAsync("a"));
        Assert.Equal("advice-inquiry.asked-of-you", (string?)asked["kind"]);
        long assignment = (long)(await _city.ReadAsync(inquiry))["assignments"].AsArray().Single()!["id"]!;
        Assert.Equal($"/advice/questions/{assignment}", (string?)asked["place"]);
        (await (await _city.ClientAsync("a")).ReadAsync((string)asked["place"]!)).Ok();
        Assert.Empty(await ToldAsync("b"));

        // The day goes by: who has not spoken hears of the new day, and that it is over when the unit takes the text back.
        _city.Clock.GoTo(new DateOnly(2026, 7, 14));
        (await _city.AssignAsync(inquiry, "b")).Ok();
        (await _city.GiveAsync("b", "合适", "十万")).Ok();
        (await _city.MoveAsync("office", inquiry, "return", "材料不足")).Ok();
        Assert.Equal(["advice-inquiry.over-for-you", "advice-inquiry.later-for-you", "advice-inquiry.asked-of-you"], (await ToldAsync("a")).Select(line => (string?)line["kind"]));
        Assert.Equal(["advice-inquiry.asked-of-you"], (await ToldAsync("b")).Select(line => (string?)line["kind"]));

        HttpClient own = await _city.ClientAsync("a");
        (await own.PostAsync("/api/notices/read", new { ids = (await ToldAsync("a")).Select(line => (long)line["id"]!) })).Ok();
        Assert.All(await ToldAsync("a"), line => Assert.True((bool)line["read"]!));
        Assert.DoesNotContain(await ToldAsync("office"), line => ((string)line["kind"]!).EndsWith("-you", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASilentExpertIsRemindedTwoWorkingDaysBefore_OnceForADay()
    {
        long inquiry = await _city.AskAsync();
        (await _city.AssignAsync(inquiry, "a", "b")).Ok();
        (await _city.GiveAsync("b", "合适", "十万")).Ok();
        OpinionReminder reminder = _city.Services.GetRequiredService<OpinionReminder>();
        DateOnly due = DateOnly.Parse((string)(await _city.ReadAsync(inquiry))["inquiry"]["dueOn"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(new DateOnly(2026, 7, 13), due);
        _city.Clock.GoTo(new DateOnly(2026, 7, 8));
        Assert.Equal(0, await reminder.RunAsync());
        // Thursday: Friday and Monday are left.
        _city.Clock.GoTo(new DateOnly(2026, 7, 9));
        int[] told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => reminder.RunAsync())));
        Assert.Equal(1, told.Sum());
        Assert.Equal(["advice-inquiry.near-for-you", "advice-inquiry.asked-of-you"], (await ToldAsync("a")).Select(line => (string?)line["kind"]));
        Assert.Equal(["advice-inquiry.asked-of-you"], (await ToldAsync("b")).Select(line => (string?)line["kind"]));
        // The page that was open before is still good.
        (await _city.GiveAsync("a", "合适", "十万")).Ok();
    }

    [Fact]
    public async Task AnExpertWhoAlsoWorksForTheOffice_ReadsNoOtherOpinionBeforeHisOwnIsIn()
    {
        await _city.AddUserAsync("both", ("k", "expert"), ("office", "supervisor"));
        await RegisterAsync("both");
        long inquiry = await _city.AskAsync();
        (await _city.AssignAsync(inquiry, "a", "both")).Ok();
        (await _city.GiveAsync("a", "甲的秘密意见", "甲的上限")).Ok();
        HttpClient both = await _city.ClientAsync("both");
        long[] asked = [.. (await _city.ReadAsync(inquiry))["assignments"].AsArray().Select(one => (long)one!["id"]!)];
        foreach (string address in asked.SelectMany(id => new[] { $"/api/advice/questions/{id}", $"/advice/questions/{id}" }).Append($"/advice/inquiries/{inquiry}"))
        {
            Assert.DoesNotContain("甲的秘密", System.Net.WebUtility.HtmlDecode((await both.ReadAsync(address)).Text), StringComparison.Ordinal);
        }

        (await _city.GiveAsync("both", "乙的意见", "乙的上限")).Ok();
        Assert.Contains("甲的秘密", (await both.ReadAsync($"/api/advice/questions/{asked[0]}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfAPartyAndAnAssignmentAtOnce_OnlyOneSucceeds()
    {
        long inquiry = await _city.AskAsync();
        long seen = await _city.VersionAsync(inquiry);
        await StaleAsync(services => services.GetRequiredService<InquiryDesk>().AssignAsync(inquiry, seen, [_city.Experts["t"]], 5), async () =>
            (await (await _city.ClientAsync("office")).PostAsync($"/api/advice/inquiries/{inquiry}/parties", new { organisation = "e1" })).Ok());
        await StaleAsync(services => services.GetRequiredService<InquiryBook>().AddPartyAsync(inquiry, "e2"), async () => (await _city.AssignAsync(inquiry, "a")).Ok());
        Assert.Equal(["e1"], (await _city.ReadAsync(inquiry))["parties"].AsArray().Select(one => (string)one!));
    }

    [Fact]
    public async Task AnExpertIsKeptUp_AConflictEnds_AndASeatInAConcernedOrganisationRecuses()
    {
        HttpClient office = await _city.ClientAsync("office");
        long a = _city.Experts["a"];
        JsonNode row = await ExpertAsync(a);
        object Change(long version) => new { employer = "某研究院", fields = "软磁", termFrom = "2026-01-01", termUntil = "2030-12-31", version };
        (await (await _city.ClientAsync("a")).PutAsync($"/api/advice/experts/{a}", Change((long)row["version"]!))).Refused("access.role", 403);
        (await office.PutAsync($"/api/advice/experts/{a}", Change((long)row["version"]!))).Ok();
        (await office.PutAsync($"/api/advice/experts/{a}", Change((long)row["version"]!))).Refused("request.stale", 409);
        Assert.Equal(("某研究院", "软磁", "2030-12-31"), ((string?)(await ExpertAsync(a))["employer"], (string?)(await ExpertAsync(a))["fields"], (string?)(await ExpertAsync(a))["termUntil"]));

        // An employer on the platform goes by its code: another name beside the same code says two things.
        long t = _city.Experts["t"];
        long seen = (long)(await ExpertAsync(t))["version"]!;
        (await office.PutAsync($"/api/advice/experts/{t}", new { employer = "别的单位", employerCode = "e1", fields = "软磁", version = seen })).Refused("advice.employer", 422);
        (await office.PutAsync($"/api/advice/experts/{t}", new { employer = "别的单位", fields = "软磁", version = seen })).Ok();
        Assert.Equal("别的单位", (string?)(await ExpertAsync(t))["employer"]);

        long inquiry = await _city.AskAsync();
        long tie = (long)(await office.PostAsync($"/api/advice/experts/{a}/conflicts", new { with = "u1", kind = "works-with", startsOn = "2026-01-01" })).Ok()["id"];
        (await _city.AssignAsync(inquiry, "a")).Refused("advice.recused", 422);
        (await office.PutAsync($"/api/advice/conflicts/{tie}", new { endsOn = "2025-12-31" })).Refused("advice.conflict", 422);
        (await (await _city.ClientAsync("office-x")).PutAsync($"/api/advice/conflicts/{tie}", new { endsOn = "2026-07-05" })).Refused("request.not-found", 404);
        (await office.PutAsync($"/api/advice/conflicts/{tie}", new { endsOn = "2026-07-05" })).Ok();
        (await _city.AssignAsync(inquiry, "a")).Ok();
        await _city.AddUserAsync("seated", ("k", "expert"), ("u1", "reporter"));
        await RegisterAsync("seated");
        (await _city.AssignAsync(inquiry, "seated")).Refused("advice.recused", 422);
    }

    [Fact]
    public async Task AnAssignedExpertReadsTheMaterial_BesideTheAssignmentAndNowhereElse()
    {
        long file = await _city.FileAsync("l1", "u1");
        long inquiry = (long)(await (await _city.ClientAsync("l1")).PostAsync("/api/advice/inquiries",
            new { unit = "u1", title = "补贴比例", text = "拟按一半补贴", field = "永磁", questions = new[] { "比例合适吗" }, evidence = file }))["id"];
        (await _city.AssignAsync(inquiry, "a")).Ok();
        long asked = (long)(await _city.MineAsync("a"))["id"]!;
        HttpClient expert = await _city.ClientAsync("a");
        Assert.Equal("报告", (await expert.ReadAsync($"/api/advice/questions/{asked}/material")).Ok().Text);
        Assert.Contains($"/api/advice/questions/{asked}/material", (await expert.ReadAsync($"/advice/questions/{asked}")).Text, StringComparison.Ordinal);
        (await expert.ReadAsync($"/api/evidence/{file}")).Refused("request.not-found", 404);
        foreach ((string reader, string code, int status) in new[] { ("b", "request.not-found", 404), ("stranger", "request.not-found", 404), ("l2", "access.role", 403) })
        {
            (await (await _city.ClientAsync(reader)).ReadAsync($"/api/advice/questions/{asked}/material")).Refused(code, status);
        }

        (await _city.MoveAsync("office", inquiry, "return", "材料不足")).Ok();
        (await expert.ReadAsync($"/api/advice/questions/{asked}/material")).Refused("request.not-found", 404);
    }

    private async Task<JsonNode> ExpertAsync(long id) =>
        (await (await _city.ClientAsync("office")).ReadAsync("/api/advice/experts")).Ok().Body!.AsArray().Single(one => (long)one!["id"]! == id)!;

    private async Task RegisterAsync(string user) => _city.Experts[user] = (long)(await (await _city.ClientAsync("office")).PostAsync("/api/advice/experts",
        new { committee = "k", userName = user, employer = "某大学", fields = "永磁", termFrom = "2026-01-01", termUntil = "2028-12-31" })).Ok()["id"];

    private async Task StaleAsync(Func<IServiceProvider, Task> begun, Func<Task> saved)
    {
        Refusal refusal = await Assert.ThrowsAsync<Refusal>(async () => await _city.AsAsync(await _city.ActorOfAsync("office"), async services =>
        {
            await begun(services);
            await saved();
            return await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        }));
        Assert.Equal(("request.stale", 409), (refusal.Code, refusal.Status));
    }

    private async Task<JsonNode[]> ToldAsync(string user) => [.. (await (await _city.ClientAsync(user)).ReadAsync("/api/notices")).Ok().Body!.AsArray().Select(line => line!)];

    private async Task<long> TextVersionAsync(long inquiry) => (long)(await _city.ReadAsync(inquiry))["inquiry"]["textVersion"]!;
}

using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Services.Cases;
using Lodestone.Services.Catalogue;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Services.Cases;

/// <summary>Owns who works on a case: its keeper, a deputy, the responsible heads; whoever is asked an opinion only reads it.</summary>
public sealed class CaseSeatTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly ServedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task WhenTheKeeperHasLeft_TheHeadHandsTheCaseOver_AndTakesAnOfferBack()
    {
        long id = await _city.AcceptedAsync();
        string place = $"/api/service-cases/{id}/hand-over";
        await using (PlatformDb db = _city.Db())
        {
            long clerk = await db.Set<User>().Where(row => row.UserName == "clerk").Select(row => row.Id).SingleAsync(TestContext.Current.CancellationToken);
            await db.Set<Membership>().Where(row => row.UserId == clerk).ExecuteUpdateAsync(row => row.SetProperty(one => one.EndsOn, new DateOnly(2026, 7, 5)), TestContext.Current.CancellationToken);
        }

        await _city.AddUserAsync("clerk3", ("hall", "window-clerk"));
        HttpClient chief = await _city.ClientAsync("chief");
        (await chief.PostAsync($"{place}/close", new { })).Refused("service.hand-over-no-offer", 422);
        (await (await _city.ClientAsync("clerk2")).PostAsync(place, new { to = "clerk3", reason = "离岗" })).Refused("service.not-keeper", 422);
        (await (await _city.ClientAsync("head2")).PostAsync(place, new { to = "clerk3", reason = "离岗" })).Refused("request.not-found", 404);
        Assert.Contains("转交给（账号）", (await (await _city.ClientAsync("head1")).ReadAsync($"/service-cases/{id}")).Ok().Text, StringComparison.Ordinal);
        (await chief.PostAsync(place, new { to = "clerk2", reason = "离岗" })).Ok();
        Assert.Contains("收回转交", (await chief.ReadAsync($"/service-cases/{id}")).Ok().Text, StringComparison.Ordinal);
        (await (await _city.ClientAsync("clerk3")).PostAsync($"{place}/close", new { })).Refused("service.not-keeper", 422);
        (await (await _city.ClientAsync("head1")).PostAsync($"{place}/close", new { })).Ok();
        (await chief.PostAsync(place, new { to = "clerk3", reason = "离岗" })).Ok();
        (await (await _city.ClientAsync("clerk3")).PostAsync($"{place}/answer", new { takes = true })).Ok();
        Assert.Equal("clerk3", (string?)(await _city.ReadAsync(id, "clerk2"))["case"]!["keeper"]);
    }

    [Fact]
    public async Task TwoOffersAtOnce_OneStands()
    {
        long id = await _city.AcceptedAsync();
        HttpClient clerk = await _city.ClientAsync("clerk");
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => clerk.PostAsync($"/api/service-cases/{id}/hand-over", new { to = "clerk2", reason = "休假" })));
        Assert.Single(answers, answer => answer.Message.IsSuccessStatusCode);
        Assert.All(answers.Where(answer => !answer.Message.IsSuccessStatusCode), answer => Assert.Contains(answer.Code, new[] { "request.stale", "service.hand-over-pending" }));
        await using PlatformDb db = _city.Db();
        Assert.Equal(1, await db.Set<Lodestone.Services.Cases.CaseHandOver>().CountAsync(row => row.ServiceCaseId == id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TakenDeclinedAndTakenBackAtOnce_OneStands()
    {
        for (int round = 0; round < 4; round++)
        {
            long id = await _city.AcceptedAsync();
            string place = $"/api/service-cases/{id}/hand-over";
            HttpClient clerk = await _city.ClientAsync("clerk");
            HttpClient other = await _city.ClientAsync("clerk2");
            (await clerk.PostAsync(place, new { to = "clerk2", reason = "休假" })).Ok();
            Answer[] answers = await Task.WhenAll(
                other.PostAsync($"{place}/answer", new { takes = true }), other.PostAsync($"{place}/answer", new { takes = false }), clerk.PostAsync($"{place}/close", new { }));
            Assert.Single(answers, answer => answer.Message.IsSuccessStatusCode);
            Assert.All(answers.Where(answer => !answer.Message.IsSuccessStatusCode),
                answer => Assert.Contains(answer.Code, new[] { "request.stale", "service.hand-over-none", "service.hand-over-no-offer" }));
            Assert.Equal(answers[0].Message.IsSuccessStatusCode ? "clerk2" : "clerk", (string?)(await _city.ReadAsync(id))["case"]!["keeper"]);
        }
    }

    [Fact]
    public async Task ACaseThatIsDecidedHasNothingToCheck()
    {
        long id = await _city.AppliedAsync("M-FORM");
        (await _city.MoveAsync("a1", id, "withdraw")).Ok();
        (await _city.CheckAsync("clerk", id)).Refused("case.wrong-stage", 422);
    }

    [Fact]
    public async Task ManyCasesOfAnotherDepartment_HideNoneOfOnesOwn()
    {
        await _city.AsAsync(await _city.ActorOfAsync("a1"), async services =>
        {
            FileCase files = services.GetRequiredService<FileCase>();
            for (int i = 0; i < 501; i++)
            {
                await files.FileAsync(new CaseRequest("e1", ServedCity.Item, []));
            }

            return await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        });
        await _city.PassAsync("add", null, [ServedCity.Text("L-9")], user: "keeper2", unit: "d2");
        _city.GoTo("2026-07-07");
        (await _city.ApplyAsync(item: "L-9", brought: ["M-FORM", "M-REPORT", "M-STATE"])).Ok();
        IReadOnlyList<WorkItem> mine = await _city.AsAsync(await _city.ActorOfAsync("clerk-d2"), services => services.GetRequiredService<Workbench>().MineAsync());
        Assert.Single(mine, item => item.Kind == "work.service.received");
        Assert.Equal(1, await _city.NoticesAsync("clerk-d2", "service.file"));
    }

    [Fact]
    public async Task BeingAskedAnOpinionOpensTheCaseForReadingOnly()
    {
        await _city.PassAsync("add", null, [ServedCity.Text("L-2") with { Parallel = [new UnitText("d2")] }]);
        long id = (long)(await _city.ApplyAsync(item: "L-2", brought: ["M-FORM", "M-REPORT", "M-STATE"]))["id"];
        (await _city.MoveAsync("clerk", id, "accept", null)).Ok();
        (await (await _city.ClientAsync("ex2")).ReadAsync($"/api/service-cases/{id}")).Ok();
        Assert.Contains("L-2核发", await _city.PaperAsync(id, "receipt", "ex2"), StringComparison.Ordinal);
        (await _city.MoveAsync("ex2", id, "examine")).Refused("request.not-found", 404);
        (await _city.MoveAsync("head2", id, "annul")).Refused("request.not-found", 404);
        (await (await _city.ClientAsync("head2")).PostAsync($"/api/service-cases/{id}/hand-over", new { to = "clerk2", reason = "x" })).Refused("request.not-found", 404);
        _city.GoTo("2026-07-20");
        Assert.Empty((await (await _city.ClientAsync("head2")).ReadAsync("/api/service-efficiency?kind=department&period=2026Q3")).Ok().Body!.AsArray());
        Assert.Single((await (await _city.ClientAsync("head1")).ReadAsync("/api/service-efficiency?kind=department&period=2026Q3")).Ok().Body!.AsArray());
        (await (await _city.ClientAsync("ex2")).PostAsync($"/api/service-cases/{id}/opinion", new { agrees = true, text = "同意" })).Ok();
    }

    [Fact]
    public async Task AClosedDepartmentIsNotDroppedInSilence()
    {
        await _city.PassAsync("add", null, [ServedCity.Text("L-2") with { Parallel = [new UnitText("d2")] }]);
        long id = (long)(await _city.ApplyAsync(item: "L-2", brought: ["M-FORM", "M-REPORT", "M-STATE"]))["id"];
        await using (PlatformDb db = _city.Db())
        {
            await db.Set<Lodestone.Kernel.Organisations.Organisation>().Where(row => row.Code == "d2").ExecuteUpdateAsync(row => row.SetProperty(one => one.ClosedOn, new DateOnly(2026, 7, 1)), TestContext.Current.CancellationToken);
        }

        (await _city.MoveAsync("clerk", id, "accept", null)).Ok();
        Assert.Equal("单位已撤销，未征求意见", (string?)(await _city.ReadAsync(id))["opinions"]![0]!["text"]);
        (await _city.MoveAsync("ex1", id, "examine")).Ok();
    }

    [Fact]
    public async Task TheKeepersDeputySeesWhatTheDeputyMayDo()
    {
        long id = await _city.AppliedAsync("M-FORM", "M-REPORT", "M-STATE");
        (await _city.CheckAsync("clerk", id)).Ok();
        HttpClient deputy = await _city.ClientAsync("clerk2");
        Assert.DoesNotContain("一次告知补正</button>", (await deputy.ReadAsync($"/service-cases/{id}")).Ok().Text, StringComparison.Ordinal);
        (await (await _city.ClientAsync("clerk")).PostAsync("/api/delegations", new { deputy = "clerk2", organisation = "hall", role = "window-clerk", from = "2026-07-06", until = "2026-07-10", reason = "休假" })).Ok();
        Assert.Contains("一次告知补正</button>", (await deputy.ReadAsync($"/service-cases/{id}")).Ok().Text, StringComparison.Ordinal);
        (await _city.MoveAsync("clerk2", id, "accept", null)).Ok();
    }
}

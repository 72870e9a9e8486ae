using System.Text.Json.Nodes;
using Lodestone.Kernel.Calendar;
using Lodestone.Services.Catalogue;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Services.Cases;

/// <summary>Owns what the law says of a case whether or not the platform has looked: acceptance by silence, one request, one extension, papers that stay as they were.</summary>
public sealed class CaseLawTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly ServedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task TheDayAfterTheFifthDay_NothingMoreIsAsked_AndTheAcceptanceCountsFromTheReceipt_WithoutASweep()
    {
        long id = await _city.AppliedAsync("M-FORM");
        _city.GoTo("2026-07-14");
        foreach (string telling in new[] { "ask-correction", "say-not-required", "say-not-competent" })
        {
            (await _city.MoveAsync("clerk", id, telling, missing: [new { code = "M-STATE", text = "写明工艺" }])).Refused("service.deemed", 422);
        }

        // Accepted by law as it lies, so what is missing does not stand in the way.
        (await _city.MoveAsync("clerk", id, "accept", null)).Ok();
        JsonNode view = (await _city.ReadAsync(id))["case"]!;
        Assert.Equal(("accepted", true, "2026-07-06"), ((string)view["stage"]!, (bool)view["deemed"]!, (string)view["acceptedOn"]!));
        Assert.Equal(("2026-07-16", "2026-08-03"), (await _city.DueAsync(id, "promised"), await _city.DueAsync(id, "statutory")));
        string paper = await _city.PaperAsync(id, "acceptance");
        Assert.Contains("依法自2026年7月6日收到材料之日起即为受理", paper, StringComparison.Ordinal);
        Assert.EndsWith("2026年7月14日", paper, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterCorrections_SilenceAcceptsFromTheDayTheyCame_AndStillMissingComesTooLate()
    {
        long id = await CorrectedAsync();
        (await _city.MoveAsync("clerk", id, "still-missing", missing: [new { code = "M-FORM" }])).Ok();
        await _city.BringAsync(id, "M-FORM");
        _city.GoTo("2026-07-13");
        (await _city.MoveAsync("a1", id, "correct")).Ok();
        Assert.Contains("自 2026-07-13 收到材料之日起视为受理", (await (await _city.ClientAsync("a1")).ReadAsync($"/service-cases/{id}")).Ok().Text, StringComparison.Ordinal);
        _city.GoTo("2026-07-21");
        (await _city.MoveAsync("clerk", id, "still-missing", missing: [new { code = "M-FORM" }])).Refused("service.deemed", 422);
        string page = (await (await _city.ClientAsync("clerk")).ReadAsync($"/service-cases/{id}")).Ok().Text;
        Assert.DoesNotContain("仍有缺项，退回补正", Buttons(page), StringComparison.Ordinal);
        (await _city.MoveAsync("clerk", id, "accept", null)).Ok();
        Assert.Equal("2026-07-13", (string?)(await _city.ReadAsync(id))["case"]!["acceptedOn"]);
    }

    [Fact]
    public async Task ASecondRequestSaysNothingNew_AndAGovernmentPaperIsNeverAskedFor()
    {
        long fetched = await _city.AppliedAsync();
        (await _city.MoveAsync("clerk", fetched, "ask-correction", missing: [new { code = "M-CERT", text = "交营业执照" }])).Refused("service.material-fetched", 422);
        long id = await CorrectedAsync();
        string page = (await (await _city.ClientAsync("clerk")).ReadAsync($"/service-cases/{id}")).Ok().Text;
        Assert.Contains("仍有缺项，退回补正", Buttons(page), StringComparison.Ordinal);
        (await _city.MoveAsync("clerk", id, "still-missing", missing: [new { code = "M-FORM", text = "再加一份说明" }])).Ok();
        JsonNode form = (await _city.ReadAsync(id))["materials"]!.AsArray().Single(row => (string)row!["code"]! == "M-FORM")!;
        Assert.Equal(("missing", "提交申请表"), ((string)form["state"]!, (string)form["askedText"]!));
        string notice = await _city.PaperAsync(id, "correction");
        Assert.Contains("提交申请表", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("再加一份说明", notice, StringComparison.Ordinal);
        // The receipt tells what was there on its day.
        Assert.Contains("申请表缺2", await _city.PaperAsync(id, "receipt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingIsAcceptedUnchecked_AndAGapHasItsOwnNotice()
    {
        long id = await _city.AppliedAsync("M-FORM", "!M-STATE");
        Assert.Contains("“情况说明”所载内容真实", (string)(await _city.ReadAsync(id))["materials"]![2]!["pledgedText"]!, StringComparison.Ordinal);
        (await _city.MoveAsync("clerk", id, "accept", null, gaps: ["M-REPORT"], check: false)).Refused("service.unchecked", 422);
        (await _city.MoveAsync("clerk", id, "accept", null, gaps: ["M-REPORT"])).Ok();
        Assert.Equal("2026-07-06", (string?)(await _city.ReadAsync(id))["materials"]![0]!["checkedOn"]);
        string page = (await (await _city.ClientAsync("clerk")).ReadAsync($"/service-cases/{id}")).Ok().Text;
        Assert.Contains("aria-label=\"上传：检测报告\"", page, StringComparison.Ordinal);
        await _city.BringAsync(id, "M-REPORT");
        string paper = await _city.PaperAsync(id, "acceptance");
        Assert.Contains("容缺受理。下列材料请在作出决定前补齐：检测报告。", paper, StringComparison.Ordinal);
        Assert.DoesNotContain("的申请材料齐全", paper, StringComparison.Ordinal);
        Assert.Contains("检测报告缺", await _city.PaperAsync(id, "receipt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokenPromiseStaysBroken_AndJointHandlingIsExtendedByFifteenDays()
    {
        long late = await _city.AcceptedAsync();
        await _city.PassAsync("add", null, [ServedCity.Text("L-2") with { StatutoryDays = 45, Parallel = [new UnitText("d2")] }]);
        long joint = (long)(await _city.ApplyAsync(item: "L-2", brought: ["M-FORM", "M-REPORT", "M-STATE"]))["id"];
        (await _city.MoveAsync("clerk", joint, "accept", null)).Ok();
        (await _city.MoveAsync("head1", joint, "extend")).Ok();
        Assert.Equal($"{WorkCalendar.Published.AddWorkdays(new DateOnly(2026, 7, 6), 60).DueOn:yyyy-MM-dd}", await _city.DueAsync(joint, "statutory"));
        Assert.Contains("延长15个工作日", await _city.PaperAsync(joint, "extension"), StringComparison.Ordinal);
        _city.GoTo("2026-07-20");
        (await _city.MoveAsync("head1", late, "extend")).Ok();
        Assert.Equal(("2026-08-17", "2026-07-16", "late"), (await _city.DueAsync(late, "statutory"), await _city.DueAsync(late, "promised"), (string)(await _city.ReadAsync(late))["case"]!["state"]!));
    }

    [Fact]
    public async Task APublicServiceHearsNothingOfTheLawOfLicences()
    {
        await _city.PassAsync("add", null, [ServedCity.Text("P-1", ItemKind.PublicService)]);
        long id = (long)(await _city.ApplyAsync(item: "P-1", brought: ["M-FORM", "M-REPORT", "M-STATE"]))["id"];
        HttpClient applicant = await _city.ClientAsync("a1");
        Assert.DoesNotContain("视为受理", (await applicant.ReadAsync($"/service-cases/{id}")).Ok().Text, StringComparison.Ordinal);
        (await _city.MoveAsync("clerk", id, "accept", null)).Ok();
        (await _city.MoveAsync("ex1", id, "examine")).Ok();
        (await _city.MoveAsync("head1", id, "refuse")).Ok();
        Assert.DoesNotContain("不予许可", (await applicant.ReadAsync($"/service-cases/{id}")).Ok().Text + await _city.PaperAsync(id, "decision"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTilesCountWhatTheListShows()
    {
        await _city.AppliedAsync();
        long held = await _city.AcceptedAsync();
        await _city.AcceptedAsync();
        (await _city.MoveAsync("ex1", held, "start-special", special: "expert-review")).Ok();
        foreach ((string day, string figures) in new[] { ("2026-07-07", "0 0 0 0 1 1 1"), ("2026-07-14", "0 0 1 0 1 0 1"), ("2026-07-17", "0 1 0 0 1 0 1"), ("2026-08-04", "1 0 0 0 1 0 1") })
        {
            _city.GoTo(day);
            IReadOnlyDictionary<Lodestone.Services.Cases.CaseState, int> counts = await _city.AsAsync(await _city.ActorOfAsync("head1"), services => services.GetRequiredService<Lodestone.Services.Cases.CaseReading>().CountsAsync());
            Assert.Equal(figures, string.Join(' ', new[] { "Breach", "Late", "Near", "Correcting", "Waiting", "Ok", "Held" }.Select(state => counts.GetValueOrDefault(Enum.Parse<Lodestone.Services.Cases.CaseState>(state)))));
        }

        (await (await _city.ClientAsync("head1")).ReadAsync("/service-cases")).Ok();
        Assert.Equal(held, (await _city.AsAsync(await _city.ActorOfAsync("ex1"), services => services.GetRequiredService<Lodestone.Services.Cases.CaseReading>().NextAsync(["special"], null)))!.Service.Id);
    }

    /// <summary>Filed without the form, asked for it on Monday, brought and corrected on Wednesday.</summary>
    private async Task<long> CorrectedAsync()
    {
        long id = await _city.AppliedAsync("M-REPORT", "M-STATE");
        (await _city.MoveAsync("clerk", id, "ask-correction", missing: [new { code = "M-FORM", text = "提交申请表" }])).Ok();
        await _city.BringAsync(id, "M-FORM");
        _city.GoTo("2026-07-08");
        (await _city.MoveAsync("a1", id, "correct")).Ok();
        return id;
    }

    private static string Buttons(string page) => string.Join('|', System.Text.RegularExpressions.Regex.Matches(page, "<button[^>]*>[^<]*</button>").Select(found => found.Value));
}

using System.Text.Json.Nodes;
using Lodestone.Services.Efficiency;
using Lodestone.Tests.Ground;
using Lodestone.Tests.Services.Cases;

namespace Lodestone.Tests.Services.Efficiency;

/// <summary>Owns what is counted of service cases, whose record it is, and that a figure opens to its cases.</summary>
public sealed class EfficiencyTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const string Place = "/api/service-efficiency";

    private readonly ServedCity _city = new(engine);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task FiguresAreCountedOnNetDays_AndEachOpensToItsCases()
    {
        long quick = await _city.AcceptedAsync();
        long held = await _city.AcceptedAsync();
        long late = await _city.AcceptedAsync();
        long open = await _city.AcceptedAsync();
        (await _city.MoveAsync("ex1", held, "start-special", special: "expert-review")).Ok();
        _city.GoTo("2026-07-08");
        await DecideAsync(quick);
        (await _city.MoveAsync("a1", quick, "rate", rating: 5)).Ok();
        _city.GoTo("2026-08-05");
        (await _city.MoveAsync("ex1", held, "end-special")).Ok();
        await DecideAsync(held);
        (await _city.MoveAsync("a1", held, "rate", rating: 3)).Ok();
        await DecideAsync(late);
        JsonNode line = (await FiguresAsync("head1")).Single()!;
        // Two in time, one decided after 22 of 8 promised and 20 lawful days, one still open past both days; net 2, 0 and 22 days.
        Assert.Equal(("d1", 4, 2, 2, 3, 2), (Text(line, "key"), Whole(line, "due"), Whole(line, "inPromise"), Whole(line, "inLaw"), Whole(line, "decided"), Whole(line, "late")));
        Assert.Equal((80, 80, 500, 2, 1, 400), (Whole(line, "netTenths"), Whole(line, "promisedTenths"), Whole(line, "inPromisePermille"), Whole(line, "rated"), Whole(line, "satisfied"), Whole(line, "ratingHundredths")));
        JsonArray facts = (await (await _city.ClientAsync("head1")).ReadAsync($"{Place}/cases?kind=department&unit=d1&period=2026Q3")).Ok().Body!.AsArray();
        Assert.Equal(new[] { quick, held, late, open }.Order(), facts.Select(fact => (long)fact!["case"]!).Order());
        Assert.Equal(0, (int)facts.Single(fact => (long)fact!["case"]! == held)!["netDays"]!);
        Assert.Empty(await FiguresAsync("head2"));
        Assert.Empty(await FiguresAsync("head1", period: "2026Q2"));
        byte[] book = await (await _city.ClientAsync("head1")).GetByteArrayAsync(new Uri($"{Place}/workbook?period=2026Q3", UriKind.Relative));
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString(book[..2]));
    }

    [Fact]
    public async Task ARecordIsSeenByItsPerson_WhoMayAskToHaveItCorrected_AndSomebodyElseDecides()
    {
        long id = await _city.AcceptedAsync();
        _city.GoTo("2026-08-05");
        await DecideAsync(id);
        Assert.Equal(["clerk"], (await FiguresAsync("clerk", "person")).Select(line => Text(line!, "name")));
        Assert.Empty(await FiguresAsync("clerk2", "person"));
        Assert.Empty(await FiguresAsync("head1", "person"));
        Assert.Single(await FiguresAsync("chief", "person"));
        HttpClient clerk = await _city.ClientAsync("clerk");
        (await (await _city.ClientAsync("clerk2")).PostAsync($"{Place}/questions", new { @case = id, reason = "部门会签" })).Refused("efficiency.not-own", 422);
        (await clerk.PostAsync($"{Place}/questions", new { @case = id, reason = " " })).Refused("efficiency.reason", 422);
        (await clerk.PostAsync($"{Place}/questions", new { @case = 1, reason = "x" })).Refused("request.not-found", 404);
        long question = (long)(await clerk.PostAsync($"{Place}/questions", new { @case = id, reason = "部门会签的时间" }))["id"];
        (await clerk.PostAsync($"{Place}/questions", new { @case = id, reason = "部门会签的时间" })).Refused("efficiency.asked", 422);
        await _city.AddUserAsync("chief2", ("hall", "service-head"));
        Assert.Equal((1, 0), (await _city.NoticesAsync("chief", "record-correction.ask-as-clerk"), await _city.NoticesAsync("head1", "record-correction.ask-as-clerk")));
        long version = (long)(await (await _city.ClientAsync("chief")).ReadAsync($"{Place}/questions")).Ok().Body!.AsArray().Single()!["version"]!;
        string answer = $"{Place}/questions/{question}/answer";
        (await clerk.PostAsync(answer, new { upheld = true, note = "属实", version })).Refused("access.role", 403);
        (await (await _city.ClientAsync("head1")).PostAsync(answer, new { upheld = true, note = "属实", version })).Refused("access.role", 403);
        (await (await _city.ClientAsync("chief")).PostAsync(answer, new { upheld = true, version })).Refused("case.reason-missing", 422);
        (await (await _city.ClientAsync("chief")).PostAsync(answer, new { upheld = true, note = "属实", version })).Ok();
        // A record is nobody else's: the colleague with the same role hears nothing of it.
        Assert.Equal((1, 0), (await _city.NoticesAsync("clerk", "record-correction.uphold"), await _city.NoticesAsync("clerk2", "record-correction.uphold")));
        Assert.Empty(await FiguresAsync("clerk", "person"));
        Assert.Single(await FiguresAsync("head1"));
    }

    [Fact]
    public async Task TheQuestionGoesToTheUnitThatKeepsTheCase_AndTheAnswerToTheRoleInWhichItWasAsked()
    {
        await _city.AddUserAsync("two", ("d2", "examiner"), ("hall", "window-clerk"));
        long id = await _city.AppliedAsync("M-FORM", "M-REPORT", "M-STATE");
        (await _city.MoveAsync("two", id, "accept", null)).Ok();
        (await (await _city.ClientAsync("two")).PostAsync($"{Place}/questions", new { @case = id, reason = "记错了人" })).Ok();
        Assert.Single((await (await _city.ClientAsync("chief")).ReadAsync($"{Place}/questions")).Ok().Body!.AsArray());
        Assert.Empty((await (await _city.ClientAsync("head2")).ReadAsync($"{Place}/questions")).Ok().Body!.AsArray());
        Assert.Equal(["uphold", "uphold-examiner", "reject-head"], [RecordProcedure.AnswerTo("ask-as-clerk", true), RecordProcedure.AnswerTo("ask-as-examiner", true), RecordProcedure.AnswerTo("ask-as-head", false)]);
    }

    [Fact]
    public async Task NobodyDecidesOnTheOwnRecord()
    {
        await _city.AddUserAsync("both", ("hall", "window-clerk"), ("hall", "service-head"));
        long id = await _city.AppliedAsync("M-FORM", "M-REPORT", "M-STATE");
        (await _city.MoveAsync("both", id, "accept", null)).Ok();
        HttpClient both = await _city.ClientAsync("both");
        long question = (long)(await both.PostAsync($"{Place}/questions", new { @case = id, reason = "记错了人" }))["id"];
        long version = (long)(await both.ReadAsync($"{Place}/questions")).Ok().Body!.AsArray().Single()!["version"]!;
        (await both.PostAsync($"{Place}/questions/{question}/answer", new { upheld = true, note = "属实", version })).Refused("efficiency.own-record", 422);
    }

    [Fact]
    public async Task TheHeadConfirmsAQuarterThatHasEnded_AndTheReporterReadsIt()
    {
        await _city.AddUserAsync("reporter", ("d1", "reporter"));
        long id = await _city.AcceptedAsync();
        await DecideAsync(id);
        HttpClient head = await _city.ClientAsync("head1");
        (await head.PostAsync($"{Place}/sheets", new { period = "2026Q3" })).Refused("efficiency.period", 422);
        (await head.PostAsync($"{Place}/sheets", new { period = "soon" })).Refused("efficiency.period", 422);
        _city.GoTo("2026-10-09");
        (await (await _city.ClientAsync("clerk")).PostAsync($"{Place}/sheets", new { period = "2026Q3" })).Refused("access.role", 403);
        (await head.PostAsync($"{Place}/sheets", new { period = "2026Q2" })).Refused("efficiency.nothing", 422);
        (await head.PostAsync($"{Place}/sheets", new { period = "2026Q3" })).Ok();
        (await head.PostAsync($"{Place}/sheets", new { period = "2026Q3" })).Ok();
        JsonNode sheet = (await (await _city.ClientAsync("reporter")).ReadAsync($"{Place}/sheets")).Ok().Body!.AsArray().Single()!;
        Assert.Equal((2, 1, 0, 100m), (Whole(sheet, "revision"), Whole(sheet, "due"), Whole(sheet, "late"), (decimal)sheet["inPromisePercent"]!));
        Assert.Empty((await (await _city.ClientAsync("head2")).ReadAsync($"{Place}/sheets")).Ok().Body!.AsArray());
    }

    [Theory]
    [InlineData(1, 3, 333)]
    [InlineData(2, 3, 667)]
    [InlineData(1, 8, 125)]
    [InlineData(0, 5, 0)]
    public void SharesAreRoundedHalfUp(int inTime, int due, int permille)
    {
        CaseFact[] facts = [.. Enumerable.Range(0, due).Select(i => new CaseFact(i, "d", true, i < inTime, true, true, i, 8, false, false, null, default))];
        Assert.Equal(permille, FigureLine.Of("d", "d", facts).InPromisePermille);
    }

    private async Task DecideAsync(long id)
    {
        (await _city.MoveAsync("ex1", id, "examine")).Ok();
        (await _city.MoveAsync("head1", id, "grant")).Ok();
        (await _city.MoveAsync("clerk", id, "deliver")).Ok();
    }

    private async Task<JsonArray> FiguresAsync(string user, string kind = "department", string period = "2026Q3") =>
        (await (await _city.ClientAsync(user)).ReadAsync($"{Place}?kind={kind}&period={period}")).Ok().Body!.AsArray();

    private static string Text(JsonNode node, string name) => (string)node[name]!;

    private static int Whole(JsonNode node, string name) => (int)node[name]!;
}

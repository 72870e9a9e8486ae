using System.Text.Json.Nodes;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Owns the approved-only table: what counts now, whose it is to see, and what is hidden before it leaves the house.</summary>
public sealed class PivotTests(ImportCity city) : IClassFixture<ImportCity>
{
    private const string Heads = "单位,期别,指标,数值,说明";

    [Fact]
    public async Task OnlyWhatIsApproved_IsCounted_AndAWithdrawalOnAnotherNodeIsSeenAtOnce()
    {
        Answer stored = await city.ImportAsync("bureau", SheetFiles.Csv(Heads, "e1,2010Q1,v,1.5,", "e2,2010Q1,v,2.25,"));
        Assert.Equal(3.75m, await TotalAsync("bureau", "v", "2010Q1"));
        using var other = new ApprovedCube(city.Services.GetRequiredService<Database>());
        Assert.Equal(2, await CellsAsync(other, 2010));
        (await city.ActAsync("bureau", (long)stored["id"], "withdraw", "x")).Ok();
        Assert.Equal(0, await CellsAsync(other, 2010));
        Assert.Null(await TotalAsync("bureau", "v", "2010Q1"));
    }

    [Fact]
    public async Task AReaderSeesTheUnitsOfItsScope()
    {
        await city.ImportAsync("bureau", SheetFiles.Csv(Heads, "e1,2009Q1,v,1,", "e2,2009Q1,v,2,"));
        Assert.Equal((3, 3, 1), (await TotalAsync("bureau", "v", "2009Q1"), await TotalAsync("district", "v", "2009Q1"), await TotalAsync("r1", "v", "2009Q1")));
    }

    [Fact]
    public async Task WhatIsPublished_HidesFewerThanThree()
    {
        await city.ImportAsync("bureau", SheetFiles.Csv(Heads, "e1,2008Q1,v,1,", "e2,2008Q1,v,2,"));
        Answer answer = await (await city.ClientAsync("bureau")).ReadAsync("/api/pivot?indicator=v&since=2008Q1&until=2008Q1&published=true");
        Assert.True((bool)answer["rows"][0]!["cells"]![0]!["hidden"]!);
        Assert.Null(answer["rows"][0]!["cells"]![0]!["value"]);
        Assert.Null(answer["total"]["cells"]![0]!["value"]);
    }

    [Theory]
    [InlineData("rows=planet", "pivot.rows")]
    [InlineData("columns=planet", "pivot.columns")]
    [InlineData("columns=period", "pivot.one-indicator")]
    [InlineData("indicator=zz", "pivot.indicator-unknown")]
    [InlineData("indicator=v&since=2020Q2&until=2020Q1", "pivot.range")]
    public async Task AQuestionThatMakesNoSense_IsRefused(string query, string code) =>
        (await (await city.ClientAsync("bureau")).ReadAsync($"/api/pivot?{query}")).Refused(code, 422);

    [Fact]
    public async Task TheLeague_CountsWhatWasDue()
    {
        DateTimeOffset now = city.Clock.GetUtcNow();
        string period = now.Month <= 3 ? $"{now.Year - 1}Q4" : $"{now.Year}Q{(now.Month - 1) / 3}";
        Answer league = (await (await city.ClientAsync("bureau")).ReadAsync($"/api/league/f/{period}")).Ok();
        JsonNode line = Assert.Single((JsonArray)league.Body!)!;
        Assert.Equal(("甲区", 2), ((string?)line["branch"], (int)line["due"]!));
    }

    [Fact]
    public async Task AFormThatAsksADistrictForASum_IsRefused() =>
        (await (await city.ClientAsync("system")).PostAsync("/api/forms", new
        {
            code = "g",
            name = "g",
            documentNumber = "1",
            authority = "a",
            approvalNumber = "1",
            validUntil = "2090-12-31",
            frequency = "quarter",
            indicators = new[] { "v" },
            reporters = new[] { "d" },
        })).Refused("form.total-typed", 422);

    private static Task<int> CellsAsync(ApprovedCube cube, int year) => cube.AskAsync(values =>
    {
        int[] rows = [.. values.Units.Select(_ => 0)];
        CubeTotals totals = values.Pivot(1, rows, 1, (_, period) => period.Year == year ? 0 : -1);
        return totals.Counts[0, 0];
    });

    private async Task<decimal?> TotalAsync(string user, string indicator, string period)
    {
        Answer answer = await (await city.ClientAsync(user)).ReadAsync($"/api/pivot?indicator={indicator}&since={period}&until={period}");
        return answer["columns"] is JsonArray { Count: > 0 } ? (decimal?)answer["total"]["cells"]![0]!["value"] : null;
    }
}

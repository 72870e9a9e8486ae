using System.Text;
using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Owns the signatures before a submission, and the scan of the stamped page.</summary>
public sealed class SigningTests(DailyCity city) : IClassFixture<DailyCity>
{
    private const string Path = $"stamped/e1/{DailyCity.Period}";

    private static readonly byte[] s_pdf = Encoding.ASCII.GetBytes("%PDF-1.7 签章");

    [Fact]
    public async Task ThreeSignaturesAndAScan_ThenTheLevels_AndAChangeAsksForThemAnew()
    {
        (await city.SaveAsync("r1", Path, "v", 10.5m)).Ok();
        (await city.MoveAsync("r1", Path, "submit")).Refused("case.wrong-stage", 422);
        (await city.MoveAsync("h1", Path, "sign")).Refused("case.wrong-stage", 422);
        Assert.Equal("prepared", (string?)(await city.MoveAsync("r1", Path, "sign"))["stage"]);
        (await city.MoveAsync("r1", Path, "sign")).Refused("case.wrong-stage", 422);
        (await city.SaveAsync("r1", Path, "v", 11m)).Refused("case.wrong-stage", 422);
        (await city.MoveAsync("bureau", Path, "sign")).Refused("access.role", 403);
        Assert.Contains("return-signed.sign", await city.NoticesAsync("h1"));
        (await city.ScanAsync("r1", Path, "page.pdf", s_pdf)).Refused("return.scan-early", 422);
        (await city.MoveAsync("h1", Path, "sign")).Ok();
        Assert.Equal("signed", (string?)(await city.MoveAsync("b1", Path, "sign"))["stage"]);
        JsonNode signing = (await SigningAsync()).Ok().Body!;
        Assert.Equal(["r1", "h1", "b1"], signing["signatures"]!.AsArray().Select(line => (string?)line!["by"]));
        string code = (string)signing["code"]!;

        (await city.MoveAsync("r1", Path, "submit")).Refused("return.scan-missing", 422);
        (await city.ScanAsync("r1", Path, "page.docx", s_pdf)).Refused("return.scan-kind", 422);
        (await city.ScanAsync("r1", Path, "page.pdf", [1, 2, 3])).Refused("evidence.content", 422);
        (await city.ScanAsync("r2", Path, "page.pdf", s_pdf)).Refused("request.not-found", 404);
        (await city.ScanAsync("r1", Path, "page.pdf", s_pdf)).Ok();
        (await city.MoveAsync("r1", Path, "submit")).Ok();

        (await city.MoveAsync("district", Path, "send-back", "请核对产值")).Ok();
        signing = (await SigningAsync()).Ok().Body!;
        Assert.All(signing["signatures"]!.AsArray(), line => Assert.Null(line!["by"]));
        Assert.Null(signing["scan"]);
        (await city.SaveAsync("r1", Path, "v", 12m)).Ok();
        foreach (string signer in new[] { "r1", "h1", "b1" })
        {
            (await city.MoveAsync(signer, Path, "sign")).Ok();
        }

        Assert.NotEqual(code, (string?)(await SigningAsync())["code"]);
        (await city.MoveAsync("r1", Path, "submit")).Refused("return.scan-missing", 422);
        (await city.ScanAsync("r1", Path, "page.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0])).Ok();
        (await city.MoveAsync("r1", Path, "submit")).Ok();
        foreach ((string user, string action) in new[] { ("district", "first-review"), ("bureau", "review"), ("leader", "approve") })
        {
            (await city.MoveAsync(user, Path, action)).Ok();
        }
    }

    [Fact]
    public async Task ASignerGivesBackWithAReason_AndTakesItsOwnSignatureBackOnly()
    {
        const string path = "stamped/e1/2026Q1";
        (await city.SaveAsync("r1", path, "v", 1m)).Ok();
        (await city.MoveAsync("r1", path, "sign")).Ok();
        (await city.MoveAsync("h1", path, "send-back")).Refused("case.reason-missing", 422);
        Assert.Equal("draft", (string?)(await city.MoveAsync("h1", path, "send-back", "与台账不一致，请核对"))["stage"]);
        (await city.MoveAsync("r1", path, "sign")).Ok();
        (await city.MoveAsync("h1", path, "sign")).Ok();
        (await city.MoveAsync("r1", path, "withdraw")).Refused("case.wrong-stage", 422);
        Assert.Equal("prepared", (string?)(await city.MoveAsync("h1", path, "withdraw"))["stage"]);
        Assert.Equal("draft", (string?)(await city.MoveAsync("r1", path, "withdraw"))["stage"]);
    }

    [Fact]
    public async Task AnUnknownSigningIsNoForm() =>
        (await (await city.ClientAsync("system")).PostAsync("/api/forms", new { code = "no", name = "n", documentNumber = "1", authority = "a", approvalNumber = "1", validUntil = "2090-12-31", frequency = "quarter", indicators = new[] { "v" }, reporters = new[] { "e2" }, signing = "wax" }))
            .Refused("form.signing", 422);

    private async Task<Answer> SigningAsync() => await (await city.ClientAsync("r1")).ReadAsync($"/api/returns/{Path}/signatures");
}

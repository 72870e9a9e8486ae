using System.Data.Common;
using System.Text.Json.Nodes;
using Lodestone.Kernel.Audit;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Data;

/// <summary>
/// A data directory of the version before: a small city with two approved returns, a released round and an appeal under way, as the product of
/// that version left it. The dumps are what <c>.dump</c> and <c>pg_dump --inserts</c> print.
/// </summary>
public class FormerCity(EngineUnderTest engine) : Platform(engine)
{
    private static string Folder => Path.Combine(House.Root, "tests", "Tests", "Kernel", "Data", "Versions");

    protected override async Task<Place> PlaceAsync(EngineUnderTest engine)
    {
        Clock.GoTo(new DateOnly(2026, 12, 1));
        Place place = await engine.EmptyAsync();
        File.Copy(Path.Combine(Folder, "audit.key"), Path.Combine(place.Folder, "audit.key"));
        await using DbConnection connection = await place.Open().OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = await File.ReadAllTextAsync(Path.Combine(Folder, $"0009.{EngineUnderTest.Kind.ToString().ToLowerInvariant()}.sql"));
        await command.ExecuteNonQueryAsync();
        return place;
    }
}

/// <summary>Owns the opening of a data directory of an earlier version: what was there is there, and work goes on.</summary>
public sealed class UpgradeTests(FormerCity city) : IClassFixture<FormerCity>
{
    [Fact]
    public async Task What_was_reported_assessed_and_appealed_before_is_there_and_goes_on()
    {
        HttpClient reporter = await city.ClientAsync("u1-reporter");
        const string path = "/api/returns/F/u1/2026Q3";
        JsonNode filed = (await reporter.ReadAsync(path)).Ok().Body!;
        Assert.Equal(("approved", 80m), ((string?)filed["stage"], (decimal)filed["cells"]![0]!["value"]!));
        Assert.Equal("none", (string?)(await reporter.ReadAsync("/api/forms/F"))["signing"]);
        HttpClient officer = await city.ClientAsync("officer");
        long appeal = (long)(await officer.ReadAsync("/api/appeals")).Ok().Body!.AsArray()[0]!["id"]!;
        (await officer.PostAsync($"/api/appeals/{appeal}/actions", new { action = "accept" })).Ok();
        (await officer.PostAsync($"/api/appeals/{appeal}/actions", new { action = "uphold", note = "漏计属实" })).Ok();
        long version = (long)(await reporter.ReadAsync(path))["version"];
        version = (long)(await reporter.PutAsync(path, new { cells = new[] { new { indicator = "I", value = 95, explanation = "按台账核对" } }, version }))["version"];
        foreach ((string who, string action) in new[] { ("u1-reporter", "submit"), ("reviewer", "review"), ("approver", "approve") })
        {
            version = (long)(await (await city.ClientAsync(who)).PostAsync($"{path}/actions", new { action, version }))["version"];
        }

        HttpClient assessor = await city.ClientAsync("assessor");
        long round = (long)(await assessor.ReadAsync($"/api/appeals/{appeal}"))["round"];
        JsonArray units = (await assessor.ReadAsync($"/api/rounds/{round}/results"))["units"].AsArray();
        Assert.Equal(95m, (decimal)units.Single(unit => (string?)unit!["unit"] == "u1")!["total"]!);
        AuditReport report = await city.Services.GetRequiredService<AuditVerifier>().VerifyAsync();
        Assert.Empty(report.Findings);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Contract;

/// <summary>A frozen round replays byte for byte, whatever happened to the live data since.</summary>
public sealed class ReplayTests(Platform platform) : IClassFixture<Platform>
{
    [Fact]
    public async Task A_bundle_exported_before_data_weights_and_calendar_change_replays_in_an_empty_directory()
    {
        Outsider system = await Outsider.SignInAsync(platform.Address, "system", Platform.Password);
        Outsider security = await Outsider.SignInAsync(platform.Address, "security", Platform.Password);
        var city = new ContractCity(platform.Address, new RandomCity(4711), system, security);
        await city.BuildAsync();
        foreach (string organisation in city.Plan.Enterprises.Select(enterprise => enterprise.Code).Concat(city.Plan.Units))
        {
            await city.ReportAsync(organisation);
        }

        var round = new ContractRound(city);
        await round.RunAsync();
        Outsider assessor = city.Person(city.Plan.Code("assessor"));
        byte[] document = await assessor.BytesAsync($"/api/rounds/{round.Id}/results/document");
        byte[] bundle = await assessor.BytesAsync($"/api/rounds/{round.Id}/export");
        string empty = Directory.CreateTempSubdirectory("lodestone-replay-").FullName;
        string file = Path.Combine(empty, "bundle.json");
        await File.WriteAllBytesAsync(file, bundle);

        Assert.True(await new ContractAppeal(city, round).RunAsync(uphold: true));
        JsonNode heavier = city.Plan.Scheme.DeepClone();
        heavier["criteria"]![0]!["weight"] = 99;
        await assessor.PostAsync("/api/schemes", heavier);
        await system.PutAsync("/api/calendar/2027", new JsonObject { ["days"] = "2027-01-01,off,元旦", ["source"] = "示例" });

        (int exit, string text) = await Replay.RunAsync(file, empty);
        Assert.True(exit == 0, text);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Encoding.UTF8.GetString(document), lines[0]);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(document)), lines[1], StringComparison.Ordinal);
        Directory.Delete(empty, recursive: true);
    }

    [Fact]
    public async Task A_changed_bundle_is_named_and_fails()
    {
        string empty = Directory.CreateTempSubdirectory("lodestone-replay-").FullName;
        string file = Path.Combine(empty, "bundle.json");
        await File.WriteAllTextAsync(file, "{\"format\":\"something else\"}");
        (int exit, string text) = await Replay.RunAsync(file, empty);
        Assert.NotEqual(0, exit);
        Assert.Contains("replay.", text, StringComparison.Ordinal);
        Directory.Delete(empty, recursive: true);
    }
}

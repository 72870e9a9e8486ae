using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Catalogue;
using Lodestone.Tests.Ground;
using Lodestone.Tests.Services.Catalogue;

namespace Lodestone.Tests.Services.Cases;

/// <summary>
/// A <see cref="ListedCity"/> with a hall and its clerks, examiners and heads of <c>d1</c> and <c>d2</c>, and two enterprises. The licence <c>L-1</c> (20 days by
/// law, 8 promised, 10 for corrections) asks for a form, a report that may follow, a statement that a pledge may replace, and a government certificate.
/// </summary>
public sealed class ServedCity(EngineUnderTest engine) : ListedCity(engine)
{
    public const string Item = "L-1";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach ((string kind, string code, string? parent) in new (string, string, string?)[]
        {
            ("institution", "hall", "c"), ("district", "s1", "c"), ("enterprise", "e1", "s1"), ("enterprise", "e2", "s1"), ("district", "sx", "x"), ("enterprise", "ex", "sx"),
        })
        {
            await AddAsync(kind, code, parent);
        }

        foreach ((string user, string organisation, string role) in new[]
        {
            ("a1", "e1", "applicant"), ("a2", "e2", "applicant"), ("ax", "ex", "applicant"), ("clerk", "hall", "window-clerk"), ("clerk2", "hall", "window-clerk"), ("chief", "hall", "service-head"),
            ("ex1", "d1", "examiner"), ("ex2", "d2", "examiner"), ("head1", "d1", "service-head"), ("head2", "d2", "service-head"), ("clerk-d2", "d2", "window-clerk"),
        })
        {
            await AddUserAsync(user, (organisation, role));
        }

        Clock.GoTo(new DateOnly(2026, 1, 5));
        await PassAsync("add", null, [Text(Item)], "2026-01-05");
        Clock.GoTo(new DateOnly(2026, 7, 6));
    }

    internal static EntryText Text(string code, string kind = ItemKind.Licence) => Licence(code, 20, 8,
        new MaterialText("M-FORM", "申请表", "C", ValidMonths: 12), new MaterialText("M-REPORT", "检测报告", "C", Gap: true), new MaterialText("M-STATE", "情况说明", "D", Pledge: true),
        new MaterialText("M-CERT", "营业执照", "A")) with
    { Kind = kind };

    /// <summary>A stored file of the enterprise.</summary>
    public async Task<long> FileAsync(string user = "a1", string enterprise = "e1")
    {
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes($"材料 {Guid.NewGuid()}"));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var body = new MultipartFormDataContent { { content, "file", "paper.txt" } };
        return (long)(await (await ClientAsync(user)).CallAsync(HttpMethod.Post, $"/api/evidence?organisation={enterprise}", body))["id"];
    }

    /// <summary>Files with the given materials, each brought with a fresh file.</summary>
    public async Task<Answer> ApplyAsync(string user = "a1", string enterprise = "e1", string item = Item, string? receivedOn = null, params string[] brought)
    {
        var materials = new List<object>();
        foreach (string code in brought)
        {
            materials.Add(code.StartsWith('!') ? new { code = code[1..], pledge = true, evidence = (long?)null } : new { code, pledge = false, evidence = (long?)await FileAsync("a" + enterprise[1..], enterprise) });
        }

        return await (await ClientAsync(user)).PostAsync("/api/service-cases", new { organisation = enterprise, item, materials, receivedOn });
    }

    public async Task<long> AppliedAsync(params string[] brought) => (long)(await ApplyAsync(brought: brought))["id"];

    /// <summary>Filed completely and accepted on the day of receipt.</summary>
    public async Task<long> AcceptedAsync()
    {
        long id = await AppliedAsync("M-FORM", "M-REPORT", "M-STATE");
        (await MoveAsync("clerk", id, "accept", null)).Ok();
        return id;
    }

    /// <param name="check">Whoever accepts has checked what came; false to accept without a look.</param>
    public async Task<Answer> MoveAsync(
        string user, long id, string action, string? note = "理由见卷", object[]? missing = null, string[]? gaps = null, string? special = null, int? rating = null, bool check = true)
    {
        if (action == "accept" && check)
        {
            await CheckAsync(user, id);
        }

        Answer seen = await (await ClientAsync("clerk")).ReadAsync($"/api/service-cases/{id}");
        return await (await ClientAsync(user)).PostAsync($"/api/service-cases/{id}/actions", new { action, note, missing, gaps, special, rating, version = (long)seen["case"]["version"]! });
    }

    public async Task<Answer> CheckAsync(string user, long id) => await (await ClientAsync(user)).PostAsync($"/api/service-cases/{id}/checks", new { });

    public async Task BringAsync(long id, string code, string user = "a1") =>
        (await (await ClientAsync(user)).PostAsync($"/api/service-cases/{id}/materials", new { material = code, evidence = await FileAsync() })).Ok();

    /// <summary>What stands in a paper of the case.</summary>
    public async Task<string> PaperAsync(long id, string kind, string user = "a1")
    {
        using var paper = new System.IO.Compression.ZipArchive(new MemoryStream(await (await ClientAsync(user)).GetByteArrayAsync(new Uri($"/api/service-cases/{id}/papers/{kind}", UriKind.Relative))));
        using var text = new StreamReader(paper.GetEntry("word/document.xml")!.Open());
        return System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(await text.ReadToEndAsync(), "<[^>]+>", ""));
    }

    public async Task<JsonNode> ReadAsync(long id, string user = "clerk") => (await (await ClientAsync(user)).ReadAsync($"/api/service-cases/{id}")).Ok().Body!;

    public async Task<string?> StageAsync(long id) => (string?)(await ReadAsync(id))["case"]!["stage"];

    /// <summary>A clock's due day; null while it stands still.</summary>
    public async Task<string?> DueAsync(long id, string clock) => (string?)(await ClockAsync(id, clock))["dueOn"];

    public async Task<JsonNode> ClockAsync(long id, string clock) => (await ReadAsync(id))["clocks"]!.AsArray().Single(one => (string)one!["name"]! == clock)!;

    public async Task<int> RunAsync() => await Services.GetRequiredService<RungRunner>().RunAsync();

    public void GoTo(string day) => Clock.GoTo(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    public async Task<int> NoticesAsync(string user, string kind) =>
        ((JsonArray)(await (await ClientAsync(user)).ReadAsync("/api/notices")).Ok().Body!).Count(line => (string)line!["kind"]! == kind);
}

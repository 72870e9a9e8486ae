using Lodestone.Services.Catalogue;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Services.Catalogue;

/// <summary>
/// A city <c>c</c> with two departments <c>d1</c> and <c>d2</c>, their keepers, a lawyer and a list office; a stranger city <c>x</c>. The clock stands at
/// Monday 6 July 2026.
/// </summary>
public class ListedCity(EngineUnderTest engine) : Platform(engine)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach ((string kind, string code, string? parent) in new (string, string, string?)[]
        {
            ("city", "c", null), ("department", "d1", "c"), ("department", "d2", "c"), ("city", "x", null), ("department", "dx", "x"),
        })
        {
            await AddAsync(kind, code, parent);
        }

        foreach ((string user, string organisation, string role) in new[]
        {
            ("keeper", "d1", "list-keeper"), ("keeper2", "d2", "list-keeper"), ("lawyer", "c", "list-lawyer"), ("lists", "c", "list-office"), ("lawyer-x", "x", "list-lawyer"),
        })
        {
            await AddUserAsync(user, (organisation, role));
        }
    }

    internal static EntryText Licence(string code, int statutory = 20, int promised = 8, params MaterialText[] materials) => new(
        code, $"{code}核发", ListName.Service, ItemKind.Licence, "《中华人民共和国行政许可法》第十二条", "核发许可证", statutory, promised, CorrectDays: 10,
        Steps: ["受理", "审查", "决定", "送达"], Materials: materials, Specials: [new SpecialText("hearing", 20), new SpecialText("expert-review", 10)], Before: new ReformText(6, 9, 30));

    internal async Task<Answer> ProposeAsync(string kind, string[]? codes, EntryText[]? texts, string user = "keeper", string unit = "d1", string? reason = "法规修订") =>
        await (await ClientAsync(user)).PostAsync("/api/service-lists/changes", new { unit, kind, codes, texts, reason });

    public async Task<Answer> MoveAsync(string user, long change, string action, string? note = "依据有效", string? from = null, object[]? texts = null)
    {
        Answer seen = await (await ClientAsync("lawyer")).ReadAsync($"/api/service-lists/changes/{change}");
        return await (await ClientAsync(user)).PostAsync($"/api/service-lists/changes/{change}/actions", new { action, note, from, texts, version = (long)seen["change"]["version"]! });
    }

    /// <summary>Proposed, reviewed and decided, in force from today.</summary>
    internal async Task<long> PassAsync(string kind, string[]? codes, EntryText[]? texts, string from = "2026-07-06", string user = "keeper", string unit = "d1")
    {
        long change = (long)(await ProposeAsync(kind, codes, texts, user, unit))["id"];
        (await MoveAsync("lawyer", change, "legal-review")).Ok();
        (await MoveAsync("lists", change, "decide", null, from)).Ok();
        return change;
    }
}

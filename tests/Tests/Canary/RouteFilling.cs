using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lodestone.Kernel.Calendar;
using Lodestone.Tests.Ground;
using Microsoft.AspNetCore.Components;

namespace Lodestone.Tests.Canary;

/// <summary>Fills the parameters and bodies of whatever routes are found, by name, with the things of one branch.</summary>
internal sealed partial class RouteFilling(Branch branch)
{
    /// <summary>What a parameter or a member of a body may be, by its name. A name that is not here fails the test that meets it.</summary>
    private readonly Dictionary<string, object[]> _values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = [branch.Ids[0]],
        ["code"] = [branch.Enterprise],
        ["form"] = [CanaryCity.Form],
        ["plan"] = [branch.Plan],
        ["since"] = ["2026-01-01"],
        ["milestone"] = [branch.Milestone],
        ["problem"] = [branch.The("plan-problems")],
        ["opinion"] = [branch.The("comments")],
        ["group"] = ["g"],
        ["project"] = ["p"],
        ["chapter"] = ["1"],
        ["light"] = ["late"],
        ["rows"] = ["unit"],
        ["columns"] = ["period"],
        ["published"] = [false],
        ["open"] = [true],
        ["city"] = [branch.City],
        ["mine"] = [true],
        ["stage"] = ["draft"],
        ["chain"] = ["1"],
        ["organisation"] = [branch.Enterprise, branch.District],
        ["period"] = [CanaryCity.Period],
        ["periodText"] = [CanaryCity.Period],
        ["indicator"] = [CanaryCity.Indicator],
        ["scheme"] = [$"{CanaryCity.Scheme}-{branch.City}"],
        ["userName"] = [branch.Reporter],
        ["year"] = [2026],
        ["unit"] = [branch.District],
        ["committee"] = [branch.Committee],
        ["units"] = [new JsonArray(branch.District)],
        ["criterion"] = ["k"],
        ["observation"] = [branch.The("observations")],
        ["round"] = [branch.The("rounds")],
        ["value"] = [1],
        ["version"] = [branch.Version],
        ["reason"] = ["x"],
        ["action"] = ["submit", "first-review", "review", "approve", "send-back", "withdraw", "accept", "uphold", "reject", "freeze", "thaw", "release"],
        ["ids"] = [new JsonArray([.. branch.Ids.Select(id => (JsonNode)id)])],
        ["cells"] = [new JsonArray(new JsonObject { ["indicator"] = CanaryCity.Indicator, ["value"] = 1, ["explanation"] = "x" })],
        ["deputy"] = [$"deputy-{branch.Word}"],
        ["role"] = ["reporter"],
        ["from"] = ["2026-07-06"],
        ["until"] = ["2026-08-06"],
        ["state"] = ["any"],
        ["day"] = ["2026-07-06"],
        ["who"] = [branch.Reporter],
        ["kind"] = ["enterprise"],
        ["parent"] = [branch.District],
        ["after"] = ["0"],
        ["before"] = [long.MaxValue],
        ["user"] = [branch.Reporter],
        ["ground"] = ["facts"],
        ["language"] = ["en"],
        ["to"] = ["/"],
        ["cell"] = [branch.The("observations")],
        ["org"] = [branch.Enterprise],
        ["q"] = [branch.Word],
        ["reporters"] = [new JsonArray(branch.Enterprise)],
        ["indicators"] = [new JsonArray(CanaryCity.Indicator)],
    };

    /// <summary>What a code may be, by the word before it in an address. Elsewhere a code is that of the enterprise.</summary>
    private readonly Dictionary<string, object[]> _codes = new()
    {
        ["organisations"] = [branch.Enterprise, branch.District],
        ["forms"] = [CanaryCity.Form],
        ["indicators"] = [CanaryCity.Indicator],
        ["schemes"] = [$"{CanaryCity.Scheme}-{branch.City}"],
        ["plan"] = [branch.Plan],
        ["measures"] = [branch.Measure],
        ["milestones"] = [branch.Milestone],
        ["services"] = [branch.Item],
        ["apply"] = [branch.Item],
        ["edit"] = [branch.Item],
        ["procedures"] = ["service"],
    };

    /// <summary>Addresses of the route with every combination of what its parameters may be.</summary>
    public IEnumerable<string> Addresses(RouteUnderTest route)
    {
        (string Word, string Name)[] names = [.. Parameter().Matches(route.Pattern).Select(found => (found.Groups[1].Value, found.Groups[2].Value))];
        foreach (object[] choice in Choices(route, names))
        {
            int at = 0;
            string path = Parameter().Replace(route.Pattern, found => $"{found.Groups[1]}{(found.Groups[1].Success ? "/" : "")}{Uri.EscapeDataString($"{choice[at++]}")}");
            string[] query = [.. QueryNames(route).Where(name => route.Method == "GET" || name is "organisation" or "version" or "reason")];
            yield return path + (query.Length == 0 ? "" : "?" + string.Join('&', query.Select(name => $"{name}={Uri.EscapeDataString($"{One(route, name)}")}")));
            if (query.Length > 0)
            {
                yield return path;
            }
        }
    }

    /// <summary>
    /// Bodies for the route's own request type, with the things of the branch in every member that can name them. Of a case each action is tried, with the
    /// version that it has.
    /// </summary>
    public IEnumerable<object> Bodies(RouteUnderTest route, string address)
    {
        (string[] Actions, long Version)? moves = address.Split('/', '?').Select(part => long.TryParse(part, CultureInfo.InvariantCulture, out long id) && branch.Moves.TryGetValue(id, out var found)
            ? found : ((string[], long)?)null).FirstOrDefault(found => found is not null);
        if (BodyType(route) is not { } type)
        {
            yield return route.EmptyBody switch
            {
                MultipartFormDataContent => new MultipartFormDataContent { { new StringContent("x"), "file", "x.csv" } },
                { } empty => empty,
                null => new { },
            };
            yield break;
        }

        (string Name, Type Type)[] members = [.. type.GetProperties().Select(member => (char.ToLowerInvariant(member.Name[0]) + member.Name[1..], member.PropertyType))];
        foreach (object action in members.All(member => member.Name != "action") ? [""] : moves?.Actions ?? _values["action"])
        {
            var body = new JsonObject();
            foreach ((string member, Type kind) in members)
            {
                body[member] = member == "action" ? JsonValue.Create((string)action)
                    : member == "version" && moves is { } known ? JsonValue.Create(known.Version)
                    : _values.TryGetValue(member, out object[]? values) ? (values[0] as JsonNode)?.DeepClone() ?? JsonValue.Create(values[0])
                    : Plain(Nullable.GetUnderlyingType(kind) ?? kind);
            }

            yield return body;
        }
    }

    /// <summary>A whole value for a member that names nothing of a branch, so that no body is turned away before it is looked at.</summary>
    private static JsonNode? Plain(Type kind) =>
        kind == typeof(string) ? "x"
        : kind == typeof(bool) ? true
        : kind == typeof(DateOnly) ? "2026-07-20"
        : kind == typeof(Period) ? CanaryCity.Period
        : kind.IsPrimitive || kind == typeof(decimal) ? 1
        : kind.IsAssignableFrom(typeof(string[])) ? new JsonArray("x")
        : kind.IsAssignableFrom(typeof(long[])) ? new JsonArray(1)
        : null;

    /// <summary>A value of the branch for a field of a form; a plain word for free text.</summary>
    public string Field(string name) => _values.TryGetValue(name, out object[]? values) ? $"{values[0]}"
        : name is "place" or "unitCode" ? branch.Enterprise
        : "x";

    private IEnumerable<object[]> Choices(RouteUnderTest route, (string Word, string Name)[] names) =>
        names.Aggregate<(string Word, string Name), IEnumerable<object[]>>([[]], (made, next) =>
            made.SelectMany(before => InPath(route, next.Word, next.Name).Select(value => (object[])[.. before, value])));

    private object[] InPath(RouteUnderTest route, string word, string name)
    {
        if (string.Equals(name, "code", StringComparison.OrdinalIgnoreCase))
        {
            return _codes.GetValueOrDefault(word) ?? [branch.Enterprise];
        }

        if (!string.Equals(name, "id", StringComparison.OrdinalIgnoreCase))
        {
            return Values(route, name);
        }

        if (branch.All(word) is { Count: > 0 } own)
        {
            return [.. own.Cast<object>()];
        }

        Bare[word] = true;
        return [branch.Ids[0]];
    }

    private object[] Values(RouteUnderTest route, string name) =>
        _values.TryGetValue(name, out object[]? values) ? values : [Unfilled(route, name)];

    private object One(RouteUnderTest route, string name) => Values(route, name)[0];

    /// <summary>Parameters that nobody can fill; found by a test, so that a new name is thought about once.</summary>
    public static ConcurrentDictionary<string, bool> Strangers { get; } = new();

    /// <summary>Words before an id of which no branch has a row; there a row of another kind is asked for.</summary>
    public static ConcurrentDictionary<string, bool> Bare { get; } = new();

    private static object Unfilled(RouteUnderTest route, string name)
    {
        // A calculator's figures name nothing of a branch.
        if (route.Access is not { Anyone: true })
        {
            Strangers[$"{route} {name}"] = true;
        }

        return 1;
    }

    private static MethodInfo? Handler(RouteUnderTest route) => route.Endpoint.Metadata.GetMetadata<MethodInfo>();

    /// <summary>Simple parameters of the handler that are not in the path.</summary>
    /// <summary>Addresses of a page with something unreadable where it asks for a number, a day or a yes or no.</summary>
    public IEnumerable<string> Unreadable(RouteUnderTest page) =>
        from property in page.Page!.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        let query = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
        where query is not null && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsValueType
        select $"{Addresses(page).First().Split('?')[0]}?{query.Name ?? property.Name}=x1";

    private IEnumerable<string> QueryNames(RouteUnderTest route) => route.Page is { } page
        ? page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null && _values.ContainsKey(property.Name))
            .Select(property => property.Name)
        : (Handler(route)?.GetParameters() ?? []).Where(one => IsSimple(one.ParameterType) && !route.Pattern.Contains($"{{{one.Name}", StringComparison.OrdinalIgnoreCase))
            .Select(one => one.Name!).Where(name => name is not "asOf");

    private static Type? BodyType(RouteUnderTest route) =>
        (Handler(route)?.GetParameters() ?? []).Select(one => one.ParameterType).FirstOrDefault(type =>
            !IsSimple(type) && type.IsClass && type.Namespace!.StartsWith("Lodestone.", StringComparison.Ordinal) && type.GetMethod("<Clone>$") is not null);

    private static bool IsSimple(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsPrimitive || bare == typeof(string) || bare == typeof(decimal) || bare == typeof(DateOnly) || bare == typeof(DateTimeOffset) || bare == typeof(Period);
    }

    [GeneratedRegex(@"(?:([A-Za-z-]+)/)?\{([A-Za-z]+)[^}]*\}")]
    private static partial Regex Parameter();
}

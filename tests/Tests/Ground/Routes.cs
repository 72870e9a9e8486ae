using System.Text.RegularExpressions;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Metadata;

namespace Lodestone.Tests.Ground;

/// <summary>One address and method that the running host answers.</summary>
internal sealed record RouteUnderTest(string Method, string Pattern, RouteEndpoint Endpoint)
{
    public AccessAttribute? Access => Endpoint.Metadata.GetMetadata<AccessAttribute>();

    /// <summary>The Razor page behind it; null for an API route.</summary>
    public Type? Page => Endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;

    /// <summary>A style or script of ours; the same for everybody.</summary>
    public bool IsAsset => Endpoint.Metadata.Any(item => item.GetType().Name == "StaticAssetDescriptor");

    /// <summary>The framework's own script and style routes carry no data.</summary>
    public bool IsOfTheFramework => Method == "GET" && Pattern.StartsWith("/_framework/", StringComparison.Ordinal);

    /// <summary>A body of the kind that the route takes, with nothing in it.</summary>
    public object? EmptyBody => Method is "GET" or "HEAD" or "DELETE" ? null
        : Endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts && accepts.ContentTypes.Contains("multipart/form-data")
            ? new MultipartFormDataContent { { new StringContent(""), "nothing" } }
            : new { };

    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>Finds every route of a host and every form handler of the sources.</summary>
internal static partial class Routes
{
    public static IReadOnlyList<RouteUnderTest> Of(IServiceProvider host) =>
    [
        .. host.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"])
                .Select(method => new RouteUnderTest(method, $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}", endpoint)))
            .OrderBy(route => route.Pattern, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal),
    ];

    /// <summary>Routes that nobody declared: the gate closes them, and this finds them before anybody is surprised.</summary>
    public static IEnumerable<RouteUnderTest> Undeclared(IServiceProvider host) =>
        Of(host).Where(route => route.Access is null && !route.IsOfTheFramework);

    /// <summary>Every named form in the sources, by the name of its component's file. A name made from a row has <c>{}</c> in its place.</summary>
    public static IEnumerable<(string Component, string Form)> Forms() =>
        House.Sources(".razor").SelectMany(file => FormName().Matches(File.ReadAllText(file))
            .Select(form => (Path.GetFileNameWithoutExtension(file), Hole().Replace(form.Groups[1].Value + form.Groups[2].Value, "{}"))));

    /// <summary>The component of that name and the parts that it holds, with theirs.</summary>
    public static IReadOnlySet<string> Parts(string component) => s_parts.GetOrAdd(component, Closure);

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, IReadOnlySet<string>> s_parts = new();

    private static readonly Lazy<ILookup<string, string>> s_held = new(() => House.Sources(".razor")
        .SelectMany(file => Held().Matches(File.ReadAllText(file)).Select(part => (Holder: Path.GetFileNameWithoutExtension(file), Part: part.Groups[1].Value)).Distinct())
        .ToLookup(pair => pair.Holder, pair => pair.Part));

    private static HashSet<string> Closure(string component)
    {
        var all = new HashSet<string> { component };
        var waiting = new Queue<string>(all);
        while (waiting.TryDequeue(out string? holder))
        {
            foreach (string part in s_held.Value[holder].Where(all.Add))
            {
                waiting.Enqueue(part);
            }
        }

        return all;
    }

    [GeneratedRegex(@"<([A-Z]\w+)")]
    private static partial Regex Held();

    [GeneratedRegex(@"@formname=""(?:@\(\$""([^""]*)""\)|([^""@]*))""")]
    private static partial Regex FormName();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}

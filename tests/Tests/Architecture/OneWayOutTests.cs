using System.Reflection;
using Lodestone.Kernel.Documents;
using Lodestone.Tests.Ground;
using Microsoft.AspNetCore.Http.HttpResults;
using Mono.Cecil;

namespace Lodestone.Tests.Architecture;

/// <summary>A file leaves the platform through <see cref="ExportDesk"/> and no other way, so that none leaves without its record.</summary>
public sealed class OneWayOutTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly string[] s_files = ["File", "Bytes", "Stream", "PhysicalFile", "VirtualFile", "Content", "Text"];

    /// <summary>They answer with problem documents and with the remembered answer to an idempotency key.</summary>
    private static readonly string[] s_writers = ["Lodestone.Kernel.Web.Refusals", "Lodestone.Kernel.Web.Repeats"];

    public static TheoryData<string> Assemblies =>
        [.. House.Chapters.Prepend(House.Kernel).Append(House.Host).Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Only_the_desk_sends_a_file(string assembly) =>
        Assert.Empty(Senders(Assembly.Load(assembly)).Where(sender => !sender.StartsWith($"{typeof(ExportDesk).FullName}:", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Nobody_writes_an_answer_by_hand(string assembly) =>
        Assert.Empty(CompiledCode.Uses(Assembly.Load(assembly)).Where(use => use.Used is MethodReference method && WritesByHand(method))
            .Select(use => use.User.FullName).Distinct().Except(s_writers));

    [Fact]
    public void Every_route_of_files_asks_the_desk()
    {
        (RouteUnderTest Route, MethodInfo Handler)[] routes = [.. Routes.Of(platform.Services).Select(route => (route, route.Endpoint.Metadata.GetMetadata<MethodInfo>()))
            .Where(one => one.Item2 is not null && IsFile(one.Item2.ReturnType)).Select(one => (one.route, one.Item2!))];
        Assert.True(routes.Length > 10, "The routes of files are no longer found.");
        HashSet<string> asking = [.. House.Chapters.Prepend(House.Kernel).SelectMany(assembly => CompiledCode.Uses(assembly))
            .Where(use => use.Used is MethodReference { Name: nameof(ExportDesk.SendAsync) } method && method.DeclaringType.FullName == typeof(ExportDesk).FullName)
            .Select(use => use.User.FullName)];
        Assert.Empty(routes.Where(one => !asking.Contains(one.Handler.DeclaringType!.FullName!)).Select(one => one.Route.ToString()));
    }

    /// <summary>The teeth: a route of this kind in the tests' own assembly is seen.</summary>
    [Fact]
    public void A_way_round_the_desk_is_seen() =>
        Assert.Contains(Senders(typeof(OneWayOutTests).Assembly), sender => sender.StartsWith(typeof(WayRound).FullName!, StringComparison.Ordinal));

    private static IEnumerable<string> Senders(Assembly assembly) => CompiledCode.Uses(assembly)
        .Where(use => use.Used is MethodReference method && MakesAFile(method)).Select(use => $"{use.User.FullName}: {use.Used.FullName}").Distinct();

    private static bool MakesAFile(MethodReference method) => method.DeclaringType.FullName switch
    {
        "Microsoft.AspNetCore.Http.TypedResults" or "Microsoft.AspNetCore.Http.Results" => s_files.Contains(method.Name),
        "Microsoft.AspNetCore.Http.SendFileResponseExtensions" => true,
        _ => false,
    };

    private static bool WritesByHand(MethodReference method) => method.DeclaringType.FullName switch
    {
        "Microsoft.AspNetCore.Http.HttpResponse" => method.Name is "get_Body" or "get_BodyWriter",
        "Microsoft.AspNetCore.Http.HttpResponseWritingExtensions" or "Microsoft.AspNetCore.Http.HttpResponseJsonExtensions" => true,
        _ => false,
    };

    private static bool IsFile(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().Any(IsFile)
        : type == typeof(FileContentHttpResult) || type == typeof(FileStreamHttpResult) || type == typeof(PhysicalFileHttpResult)
            || type == typeof(PushStreamHttpResult) || type == typeof(VirtualFileHttpResult);
}

/// <summary>What nobody may write.</summary>
internal static class WayRound
{
    public static FileContentHttpResult Send() => TypedResults.File(Array.Empty<byte>(), "text/plain", "x.txt");
}

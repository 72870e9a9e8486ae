using System.Text.RegularExpressions;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Architecture;

/// <summary>The edges between mechanisms in the compiled code are those of <c>docs/modules.md</c>, no more and no fewer.</summary>
public sealed partial class EdgesTests
{
    private static string Page => File.ReadAllText(Path.Combine(House.Root, "docs", "modules.md"));

    [Fact]
    public void Edges_in_the_code_are_the_edges_on_the_page() =>
        Assert.Equal(EdgeLine().Matches(Page).Select(line => $"{line.Groups[1].Value} -> {line.Groups[2].Value}").Order(StringComparer.Ordinal),
            EdgesOfTheCode().Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Each_edge_on_the_page_says_why() => Assert.All(EdgeLine().Matches(Page), line => Assert.NotEqual("", line.Groups[3].Value.Trim()));

    private static IEnumerable<string> EdgesOfTheCode()
    {
        HashSet<string> tools = [.. ToolsLine().Match(Page).Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)];
        foreach (var chapter in House.Chapters)
        {
            string own = chapter.GetName().Name!;
            foreach ((var user, var used) in CompiledCode.Uses(chapter))
            {
                string? from = Mechanism(user.Namespace, own);
                foreach (string space in CompiledCode.Types(used).Select(type => type.Namespace))
                {
                    if (from is not null && Mechanism(space, own) is { } to && to != from)
                    {
                        yield return $"{from} -> {to}";
                    }

                    if (from is not null && Mechanism(space, "Lodestone.Kernel") is { } data && !tools.Contains(data.ToLowerInvariant()))
                    {
                        yield return $"{from} -> Kernel.{data}";
                    }
                }
            }
        }
    }

    /// <summary>The room below an assembly's own namespace: <c>Statistics</c> of <c>Lodestone.Coordination.Statistics.Pages</c>.</summary>
    private static string? Mechanism(string space, string assembly) =>
        space.StartsWith(assembly + ".", StringComparison.Ordinal) ? space[(assembly.Length + 1)..].Split('.')[0] : null;

    [GeneratedRegex(@"^- (\S+) -> ([^\s:]+): (.*)$", RegexOptions.Multiline)]
    private static partial Regex EdgeLine();

    [GeneratedRegex(@"kernel's tools \(([^)]*)\)", RegexOptions.Singleline)]
    private static partial Regex ToolsLine();
}

using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lodestone.Tests.Ground;
using Mono.Cecil;

namespace Lodestone.Tests.Architecture;

/// <summary>
/// What goes round the scope filter is for <c>Kernel/Data</c> only. The analyzer stops a chapter's build; this test reads the
/// compiled chapters, so that a suppressed or misspelt ban is found too.
/// </summary>
public sealed partial class BannedSymbolsTests
{
    private const string List = "BannedSymbols.Chapters.txt";

    public static TheoryData<string> Chapters => [.. House.Chapters.Select(chapter => chapter.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_chapter_reads_and_writes_within_the_scope_only(string chapter) =>
        Assert.Empty(CompiledCode.Uses(System.Reflection.Assembly.Load(chapter))
            .Where(use => use.Used is MethodReference method && GoesRound(method))
            .Select(use => $"{use.User.FullName}: {use.Used.FullName}").Distinct());

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_chapter_is_built_with_the_bans(string chapter)
    {
        string name = chapter["Lodestone.".Length..];
        XDocument project = XDocument.Load(Path.Combine(House.Root, "src", name, $"{name}.csproj"));
        Assert.Contains(project.Descendants("AdditionalFiles"), file => ((string?)file.Attribute("Include"))?.EndsWith(List, StringComparison.Ordinal) == true);
    }

    [Fact]
    public void The_kernel_itself_goes_round_in_few_named_places()
    {
        // Founding, sign-in and the list of deputies ask before an actor is known; the door and the schema are Kernel/Data.
        IEnumerable<string> users = CompiledCode.Uses(House.Kernel)
            .Where(use => use.Used is MethodReference method && GoesRound(method))
            .Select(use => use.User.FullName).Where(name => !name.StartsWith("Lodestone.Kernel.Data.", StringComparison.Ordinal)).Distinct();
        Assert.Equal(["Lodestone.Kernel.Identity.ActorSource"], users);
    }

    /// <summary>Whether the method is one of those that the list bans by name.</summary>
    private static bool GoesRound(MethodReference method) =>
        s_names.Contains(method.Name) && method.DeclaringType.Namespace.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal);

    private static readonly HashSet<string> s_names =
        [.. MethodName().Matches(File.ReadAllText(Path.Combine(House.Root, List))).Select(line => line.Groups[1].Value)];

    [GeneratedRegex(@"^M:[\w.]+\.(\w+)(?:``1)?\(", RegexOptions.Multiline)]
    private static partial Regex MethodName();
}

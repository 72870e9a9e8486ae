using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lodestone.Kernel;

namespace Lodestone.Tests.Kernel;

/// <summary>Nobody meets a bare code, and nobody meets half a translation.</summary>
public sealed partial class WordsTests
{
    private static readonly string s_source = Path.Combine(Root(), "src");

    [Fact]
    public void EveryCodeThrownByTheKernelHasASentence()
    {
        HashSet<string> thrown = [.. KernelFiles().SelectMany(file => Refusals().Matches(File.ReadAllText(file)))
            .SelectMany(match => Literals().Matches(match.Groups[1].Value)).Select(literal => literal.Groups[1].Value)];
        // Reasons that a rule gives back instead of throwing.
        thrown.UnionWith(typeof(KernelWords).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral && field.FieldType == typeof(string)))
            .Select(field => (string)field.GetRawConstantValue()!).Where(value => Code().IsMatch(value)));
        Assert.True(thrown.Count > 50, $"Only {thrown.Count} codes were found.");
        Assert.Empty(thrown.Except(Keys(Path.Combine(s_source, "Kernel", "KernelWords.resx")).Keys).Order());
    }

    [Fact]
    public void EveryTextThatAPageOfTheKernelOrTheHostAsksForExists()
    {
        HashSet<string> asked = [.. Directory.EnumerateFiles(Path.Combine(s_source, "Host"), "*.razor").Concat(KernelFiles())
            .SelectMany(file => Asked().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(Keys(Path.Combine(s_source, "Kernel", "KernelWords.resx")).Keys).Order());
    }

    [Fact]
    public void EveryTextExistsInBothLanguagesWithTheSameFigures()
    {
        string[] neutral = [.. Directory.EnumerateFiles(s_source, "*.resx", SearchOption.AllDirectories).Where(file => !file.EndsWith(".en.resx", StringComparison.Ordinal))];
        Assert.NotEmpty(neutral);
        Assert.All(neutral, file =>
        {
            IReadOnlyDictionary<string, string> chinese = Keys(file);
            IReadOnlyDictionary<string, string> english = Keys(Path.ChangeExtension(file, ".en.resx"));
            Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
            Assert.All(chinese, text => Assert.Equal(Figures(text.Value), Figures(english[text.Key])));
        });
    }

    /// <summary>A refused text says which field it is; by default the field is called as the expression that gave it.</summary>
    [Fact]
    public void EveryFieldThatMustHaveATextHasAWord()
    {
        HashSet<string> fields = [.. Directory.EnumerateFiles(s_source, "*.cs", SearchOption.AllDirectories).SelectMany(file => Demanded().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"] is { Success: true } named ? named.Value : JsonNamingPolicy.CamelCase.ConvertName(match.Groups["last"].Value))];
        Assert.True(fields.Count > 20, $"Only {string.Join(' ', fields)} were found.");
        Assert.Empty(fields.Select(field => $"field.{field}").Except(Keys(Path.Combine(s_source, "Kernel", "KernelWords.resx")).Keys).Order());
    }

    private static IEnumerable<string> KernelFiles() => Directory.EnumerateFiles(Path.Combine(s_source, "Kernel"), "*.*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal));

    private static Dictionary<string, string> Keys(string file) =>
        XDocument.Load(file).Root!.Elements("data").ToDictionary(entry => entry.Attribute("name")!.Value, entry => entry.Element("value")!.Value);

    private static IEnumerable<string> Figures(string text) => Places().Matches(text).Select(place => place.Groups[1].Value).Distinct().Order();

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lodestone.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The sources are not above the tests.");
    }

    [GeneratedRegex("""new Refusal\(([^,)]*)""")]
    private static partial Regex Refusals();

    [GeneratedRegex("""\b(?:Text|Read|ReadOptional)\((?:[\w.? ]*\.)?(?<last>\w+), (?:\w+\.)?Longest\w+(?:, (?:"|nameof\()(?<name>\w+)"?\)?)?\)""")]
    private static partial Regex Demanded();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Literals();

    [GeneratedRegex("""Words\.Say\("([a-z0-9.-]+)"[,)]""")]
    private static partial Regex Asked();

    [GeneratedRegex("""^[a-z]+(-[a-z]+)*\.[a-z-]+$""")]
    private static partial Regex Code();

    [GeneratedRegex("""\{(\d)""")]
    private static partial Regex Places();
}

using System.Diagnostics;
using System.Reflection;
using Lodestone.Kernel;
using Lodestone.Tests.Ground;
using Microsoft.AspNetCore.Components;

namespace Lodestone.Tests.Architecture;

/// <summary>The walls between the rooms, read from the compiled assemblies.</summary>
public sealed class HouseTests
{
    private const int LongestFile = 250;

    public static TheoryData<string> Chapters => [.. House.Chapters.Select(chapter => chapter.GetName().Name!)];

    [Fact]
    public void The_kernel_knows_no_chapter() => Assert.Empty(House.Ours(House.Kernel));

    [Fact]
    public void The_host_holds_every_chapter_of_the_source()
    {
        IEnumerable<string> projects = Directory.EnumerateFiles(Path.Combine(House.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name is not ("Host" or "Kernel"));
        Assert.Equal(projects.Select(name => $"Lodestone.{name}").Order(), House.Chapters.Select(chapter => chapter.GetName().Name!).Order());
        Assert.NotEmpty(House.Chapters);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_chapter_references_the_kernel_only(string chapter) =>
        Assert.Equal([House.Kernel.GetName().Name!], House.Ours(Assembly.Load(chapter)));

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_chapter_shows_only_its_modules_and_pages(string chapter)
    {
        // The compiler makes _Imports.razor a public class that is no component; it cannot be made internal.
        Assert.Empty(Assembly.Load(chapter).GetExportedTypes()
            .Where(type => !typeof(IModule).IsAssignableFrom(type) && !typeof(ComponentBase).IsAssignableFrom(type) && type.Name != "_Imports"));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Every_public_component_of_a_chapter_is_a_page(string chapter) =>
        Assert.Empty(Assembly.Load(chapter).GetExportedTypes()
            .Where(type => typeof(ComponentBase).IsAssignableFrom(type) && type.Name != "_Imports" && type.GetCustomAttribute<RouteAttribute>() is null
                && !IsPartOfAPage(type)));

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Every_module_of_a_chapter_is_registered(string chapter)
    {
        IEnumerable<Type> written = Assembly.Load(chapter).GetTypes().Where(type => typeof(IModule).IsAssignableFrom(type) && !type.IsAbstract);
        Assert.Empty(written.Except(Program.Modules.Select(module => module.GetType())));
    }

    [Fact]
    public void No_production_file_is_longer_than_a_reader_can_hold() =>
        Assert.Empty(House.Sources(".cs", ".razor", ".js").Select(file => (File: Path.GetRelativePath(House.Root, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > LongestFile).Select(file => $"{file.File}: {file.Lines}"));

    /// <summary>The long run that plants them is not part of every check; that they can be planted is.</summary>
    [Fact]
    public async Task Every_seeded_defect_still_fits_the_sources()
    {
        string[] defects = Directory.GetFiles(Path.Combine(House.Root, "tests", "Teeth"), "*.patch");
        Assert.NotEmpty(defects);
        foreach (string defect in defects)
        {
            using Process git = Process.Start(new ProcessStartInfo("git", ["apply", "--check", defect]) { WorkingDirectory = House.Root, RedirectStandardError = true })!;
            string said = await git.StandardError.ReadToEndAsync();
            await git.WaitForExitAsync();
            Assert.True(git.ExitCode == 0, $"{defect}: {said}");
        }
    }

    /// <summary>Razor makes every component public; one that only a page of the same folder uses is that page's part.</summary>
    private static bool IsPartOfAPage(Type type) =>
        type.Namespace!.EndsWith(".Pages", StringComparison.Ordinal)
        && type.Assembly.GetTypes().Any(other => other.Namespace == type.Namespace && other.GetCustomAttribute<RouteAttribute>() is not null);
}

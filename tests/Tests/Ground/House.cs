using System.Reflection;
using Lodestone.Host;
using Lodestone.Kernel;

namespace Lodestone.Tests.Ground;

/// <summary>What the house consists of, found rather than listed: its assemblies by reference, its sources by folder.</summary>
internal static class House
{
    private const string Prefix = "Lodestone.";

    public static Assembly Host { get; } = typeof(Site).Assembly;

    public static Assembly Kernel { get; } = typeof(IModule).Assembly;

    /// <summary>Whatever of ours the host references besides the kernel.</summary>
    public static IReadOnlyList<Assembly> Chapters { get; } =
        [.. Ours(Host).Where(name => name != Kernel.GetName().Name).Select(Assembly.Load)];

    /// <summary>The folder of the sources; these tests read it beside the compiled code.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Names of our own assemblies that an assembly references.</summary>
    public static IEnumerable<string> Ours(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>Production sources of some kinds, without what the build makes.</summary>
    public static IEnumerable<string> Sources(params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
            .Where(file => endings.Contains(Path.GetExtension(file)))
            .Where(file => !Path.GetRelativePath(Root, file).Split('/').Any(part => part is "node_modules" or "wwwroot" or "obj" or "bin"));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lodestone.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run below the folder of their sources.");
    }
}

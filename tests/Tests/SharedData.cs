namespace Lodestone.Tests;

/// <summary>
/// Real data kept beside the repository, in <c>shared/data</c> of a folder above. It is not part of the product: a test that needs it
/// says so when it is absent.
/// </summary>
internal static class SharedData
{
    /// <summary>The file's path; without the file the running test is reported as skipped.</summary>
    internal static string PathOf(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"shared/data/{file} is not in any folder above {AppContext.BaseDirectory}.");
        return "";
    }

    /// <summary>The rows of a comma-separated file without its header.</summary>
    internal static IReadOnlyList<string[]> Rows(string file) =>
        [.. File.ReadLines(PathOf(file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
}

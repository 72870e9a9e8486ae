namespace Lodestone.Tests.Packs;

/// <summary>One CSV table of a pack as its rows, each a map from column name to cell. Cells hold neither quotes nor commas.</summary>
internal static class PackTable
{
    public static string Folder { get; } = Path.Combine(Root(), "packs", "maanshan-magnetic");

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name));
        string[] columns = lines[0].Split(',');
        return
        [
            .. lines.Skip(1).Select(line =>
            {
                string[] cells = line.Split(',');
                Assert.Equal(columns.Length, cells.Length);
                return (IReadOnlyDictionary<string, string>)columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second);
            }),
        ];
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Lodestone.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}

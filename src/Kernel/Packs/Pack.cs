using nietras.SeparatedValues;

namespace Lodestone.Kernel.Packs;

/// <summary>A plan as data: a folder of CSV tables that a person edits in Excel (UTF-8, comma, a header row) and JSON documents.</summary>
public sealed class Pack(string folder)
{
    public string Folder { get; } = folder;

    /// <summary>The name of the folder; also the pack's code.</summary>
    public string Code => Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder));

    /// <summary>The rows of a table by column name; empty when the pack has no such table.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Table(string name)
    {
        string file = Path.Combine(Folder, $"{name}.csv");
        if (!File.Exists(file))
        {
            return [];
        }

        var rows = new List<IReadOnlyDictionary<string, string>>();
        using SepReader reader = Sep.New(',').Reader(options => options with { Unescape = true, Trim = SepTrim.All }).FromFile(file);
        IReadOnlyList<string> columns = reader.Header.ColNames;
        foreach (SepReader.Row row in reader)
        {
            var cells = new Dictionary<string, string>(columns.Count);
            for (int i = 0; i < columns.Count; i++)
            {
                cells[columns[i]] = row[i].ToString();
            }

            rows.Add(cells);
        }

        return rows;
    }

    /// <summary>The JSON documents whose names begin with <paramref name="prefix"/>, by name.</summary>
    public IEnumerable<string> Documents(string prefix) =>
        Directory.EnumerateFiles(Folder, $"{prefix}*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText);
}

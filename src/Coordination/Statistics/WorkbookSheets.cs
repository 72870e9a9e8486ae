using System.IO.Compression;
using System.Xml.Linq;
using Lodestone.Kernel;

namespace Lodestone.Coordination.Statistics;

/// <summary>The sheets of an .xlsx in the order of its tabs, and the parts that hold them.</summary>
internal static class WorkbookSheets
{
    private static readonly XNamespace s_office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The place of a sheet by name, from 0; null is the first.</summary>
    /// <exception cref="Refusal"><c>import.sheet-missing</c> with the sheets there are</exception>
    public static int PlaceOf(Stream content, string? name)
    {
        content.Position = 0;
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        string[] names = [.. List(archive).Select(sheet => sheet.Name)];
        int place = name is null ? (names.Length > 0 ? 0 : -1) : Array.IndexOf(names, name);
        return place >= 0 ? place : throw new Refusal("import.sheet-missing", 422, name ?? "", string.Join('、', names));
    }

    /// <exception cref="InvalidDataException">The sheet's part is not in the archive.</exception>
    public static ZipArchiveEntry PartOf(ZipArchive archive, int place)
    {
        string id = List(archive).ElementAt(place).Id;
        string? target = Load(archive, "xl/_rels/workbook.xml.rels").Elements().FirstOrDefault(link => (string?)link.Attribute("Id") == id)
            ?.Attribute("Target")?.Value;
        return (target is null ? null : archive.GetEntry(target.StartsWith('/') ? target[1..] : $"xl/{target}")) ?? throw new InvalidDataException();
    }

    public static IEnumerable<ZipArchiveEntry> Parts(ZipArchive archive) => archive.Entries.Where(part =>
        part.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase) && part.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(string Name, string Id)> List(ZipArchive archive) =>
        Load(archive, "xl/workbook.xml").Descendants().Where(element => element.Name.LocalName == "sheet")
            .Select(sheet => ((string?)sheet.Attribute("name") ?? "", (string?)sheet.Attribute(s_office + "id") ?? ""));

    private static XElement Load(ZipArchive archive, string part)
    {
        using Stream content = archive.GetEntry(part)?.Open() ?? throw new InvalidDataException();
        return XElement.Load(content);
    }
}

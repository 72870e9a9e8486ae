using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Lodestone.Coordination.Bulletins;

/// <summary>What was published, as an RSS 2.0 feed. Pure.</summary>
internal static class Feed
{
    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";

    /// <param name="home">Where people open the platform; every link begins with it.</param>
    public static string Write(Uri home, string title, string description, string language, IReadOnlyList<Publication> texts)
    {
        var self = new Uri(home, "public/rss.xml");
        var channel = new XElement("channel",
            new XElement("title", title),
            new XElement("link", new Uri(home, "public").AbsoluteUri),
            new XElement("description", description),
            new XElement("language", language),
            new XElement(s_atom + "link", new XAttribute("href", self.AbsoluteUri), new XAttribute("rel", "self"), new XAttribute("type", "application/rss+xml")),
            texts.Select(text => new XElement("item",
                new XElement("title", text.Number.Length == 0 ? text.Title : $"{text.Number} {text.Title}"),
                new XElement("link", new Uri(home, $"public/{PublishedLine.Room(text.Kind)}/{text.SubjectId.ToString(CultureInfo.InvariantCulture)}").AbsoluteUri),
                new XElement("description", string.Join('\n', text.Read().Select(section => section.Heading.Length == 0 ? section.Text : $"{section.Heading}\n{section.Text}"))),
                // Whatever the platform's address becomes and whatever is corrected, it stays the same thing.
                new XElement("guid", new XAttribute("isPermaLink", "false"), string.Create(CultureInfo.InvariantCulture, $"lodestone:{text.Kind}:{text.SubjectId}")),
                new XElement("pubDate", text.PublishedAt.ToString("r", CultureInfo.InvariantCulture)))));
        using var content = new MemoryStream();
        using (var writer = XmlWriter.Create(content, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            new XDocument(new XElement("rss", new XAttribute("version", "2.0"), new XAttribute(XNamespace.Xmlns + "atom", s_atom), channel)).Save(writer);
        }

        return Encoding.UTF8.GetString(content.ToArray());
    }
}

using System.Text.Json;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A piece of a published text; each line of <paramref name="Text"/> is a paragraph.</summary>
/// <param name="Heading">Empty where the whole text is one piece.</param>
/// <param name="Credit">Who is named as its source; empty for nobody.</param>
internal sealed record TextSection(string Heading, string Text, string Credit);

/// <summary>
/// One version of a text as it was published. Readers see copies and never the rows that editors work on: what is not copied here cannot be
/// read by accident, and what is withdrawn is deleted here.
/// </summary>
internal abstract class Publication
{
    public const string Bulletin = "bulletin";
    public const string Policy = "policy";

    /// <summary>A draft that the public is asked about.</summary>
    public const string Draft = "draft";

    /// <summary>What became of the public's comments on a draft: each is a piece, its heading the outcome, its credit the answer; nobody is named.</summary>
    public const string Outcome = "outcome";

    /// <summary>One of the four above.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>Id of the bulletin or the policy document.</summary>
    public long SubjectId { get; internal set; }

    /// <summary>Edition of a bulletin, version of a policy document.</summary>
    public int Ordinal { get; internal set; }

    public long CityId { get; internal set; }

    public string CityName { get; internal set; } = "";

    /// <summary>False for what a later version has replaced; it stays readable.</summary>
    public bool Current { get; internal set; }

    public string Number { get; internal set; } = "";

    public string Title { get; internal set; } = "";

    /// <summary>The <see cref="TextSection"/>s as JSON.</summary>
    public string Sections { get; internal set; } = "[]";

    /// <summary>Why this version corrects or amends the one before; empty for the first.</summary>
    public string Correction { get; internal set; } = "";

    public DateTimeOffset PublishedAt { get; internal set; }

    public DateOnly? InForceFrom { get; internal set; }

    /// <summary>Read up to and including this day: the end of a document's force, the last day for comments.</summary>
    public DateOnly? Until { get; internal set; }

    public IReadOnlyList<TextSection> Read() => JsonSerializer.Deserialize<List<TextSection>>(Sections) ?? [];

    public void Write(IEnumerable<TextSection> sections) => Sections = JsonSerializer.Serialize(sections);
}

/// <summary>What anybody may read without signing in.</summary>
[SharedAcrossOrganisations("Published to the public: anybody in the world may read every row.")]
internal sealed class PublicText : Publication;

/// <summary>What the units of one city may read.</summary>
[SharedAcrossOrganisations("Published to all units of its city; PublicationReading, the only reader, asks for a seat in that city.")]
internal sealed class InternalText : Publication;

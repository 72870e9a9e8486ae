using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>One version of a scheme, never edited: a change is the next version, and a round names the one it uses.</summary>
[SharedAcrossOrganisations("The list of schemes is one for all; scores are owned.")]
internal sealed class SchemeVersion
{
    public long Id { get; set; }

    public string Code { get; set; } = "";

    /// <summary>1, 2, 3 … within the code.</summary>
    public int Version { get; set; }

    /// <summary>Canonical JSON of the <see cref="Scheme"/>.</summary>
    public string Content { get; set; } = "";

    public DateTimeOffset MadeAt { get; set; }

    public long MadeBy { get; set; }

    public Scheme Read() => AssessmentJson.Read<Scheme>(Content);
}

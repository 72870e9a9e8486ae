using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>What a unit thinks of the method after a release (对考核办法的意见). The answer is the note of its case's last step.</summary>
internal sealed class Opinion : IOwned
{
    public long Id { get; set; }

    /// <summary>The scheme's version that it is about.</summary>
    public long SchemeId { get; set; }

    public long OrganisationId { get; set; }

    public string Text { get; set; } = "";

    /// <summary>Null until it is answered.</summary>
    public string? Answer { get; set; }

    /// <summary>The version that was made with the answer; null when it was answered by itself.</summary>
    public long? AnsweredIn { get; set; }

    public long FiledBy { get; set; }

    public DateTimeOffset FiledAt { get; set; }

    public long CaseId { get; set; }
}

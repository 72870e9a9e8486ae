using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Statistics;

/// <summary>One organisation's answer to a form for a period. It begins with the first value that is saved.</summary>
internal sealed class Return : IOwned
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "return";

    public long Id { get; internal set; }

    public long FormId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public Period Period { get; internal set; }

    public long CaseId { get; internal set; }
}

/// <summary>Why a cell's value departs from the expected, or why it stays blank; the latest wording.</summary>
internal sealed class CellExplanation : IOwned
{
    public const int Longest = 2000;

    public long ReturnId { get; internal set; }

    public long IndicatorId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Text { get; internal set; } = "";

    public DateTimeOffset WrittenAt { get; internal set; }

    public long WrittenBy { get; internal set; }
}

/// <summary>A level's factual question about one cell and the reporter's answer. It neither stops nor moves the return.</summary>
internal sealed class CellQuery : IOwned
{
    public const string SubjectKind = "query";

    public long Id { get; internal set; }

    public long ReturnId { get; internal set; }

    public long IndicatorId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Question { get; internal set; } = "";

    public long AskedBy { get; internal set; }

    public DateTimeOffset AskedAt { get; internal set; }

    public string? Answer { get; internal set; }

    public long? AnsweredBy { get; internal set; }

    public DateTimeOffset? AnsweredAt { get; internal set; }
}

/// <summary>
/// One approved cell opened to its owner by another mechanism's decision. A case of its own; the approved value stays in
/// force until the correction is approved (decision 0007).
/// </summary>
internal sealed class Correction : IOwned
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "correction";

    public long Id { get; internal set; }

    public long ReturnId { get; internal set; }

    /// <summary>1, 2, 3 … within the return; one after the other, never two at once.</summary>
    public int Number { get; internal set; }

    public long IndicatorId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public long CaseId { get; internal set; }

    /// <summary>What opened it, e.g. an appeal.</summary>
    public string CauseKind { get; internal set; } = "";

    public long CauseId { get; internal set; }

    /// <summary>The approved value that is in doubt.</summary>
    public long ObservationId { get; internal set; }

    /// <summary>Goes with every revision that is made under it.</summary>
    public string Reason { get; internal set; } = "";

    public DateTimeOffset OpenedAt { get; internal set; }
}

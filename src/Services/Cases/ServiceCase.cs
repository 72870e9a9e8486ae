using Lodestone.Kernel.Data;

namespace Lodestone.Services.Cases;

/// <summary>An application for a service item (办件): an enterprise's, handled by a department.</summary>
internal sealed class ServiceCase : IOwned
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "service-case";

    public const int LongestText = 4000;

    public long Id { get; internal set; }

    /// <summary>The enterprise that applies.</summary>
    public long OrganisationId { get; internal set; }

    public long EntryId { get; internal set; }

    /// <summary>The version of the item under which it was filed and stays.</summary>
    public long VersionId { get; internal set; }

    public string ItemCode { get; internal set; } = "";

    public string ItemName { get; internal set; } = "";

    /// <summary>The clocks of the Administrative Licensing Law bind it.</summary>
    public bool Licence { get; internal set; }

    public long DepartmentId { get; internal set; }

    /// <summary>As written then: the enterprise does not see the department itself.</summary>
    public string DepartmentName { get; internal set; } = "";

    /// <summary>Of the enterprise, for the staff's lists.</summary>
    public string EnterpriseName { get; internal set; } = "";

    /// <summary>One of <see cref="CaseChannel"/>.</summary>
    public string Channel { get; internal set; } = "";

    /// <summary>The window at which it was taken in; null when it came online.</summary>
    public long? WindowId { get; internal set; }

    public string WindowName { get; internal set; } = "";

    /// <summary>Who filed it: never the one who decides.</summary>
    public long FiledBy { get; internal set; }

    /// <summary>The day of the dated receipt.</summary>
    public DateOnly ReceivedOn { get; internal set; }

    /// <summary>The day of the last receipt of materials: the receipt itself, later that of the corrections.</summary>
    public DateOnly MaterialsOn { get; internal set; }

    /// <summary>Who of the staff took it first (首问负责); null while nobody has.</summary>
    public long? FirstContact { get; internal set; }

    /// <summary>Who answers for it now: the first contact until a recorded hand-over.</summary>
    public long? Keeper { get; internal set; }

    public DateOnly? AcceptedOn { get; internal set; }

    /// <summary>Accepted by law because nobody told the applicant in time (Administrative Licensing Law, art. 32).</summary>
    public bool Deemed { get; internal set; }

    /// <summary>How many working days the special procedure is expected to take, as the applicant was told.</summary>
    public int? SpecialDays { get; internal set; }

    /// <summary>The special procedure that runs or ran last; null when there was none.</summary>
    public string? SpecialKind { get; internal set; }

    /// <summary>The last day by law when the extension was granted, as the applicant was told; null without one, or while a special procedure held the clock.</summary>
    public DateOnly? ExtendedTo { get; internal set; }

    public DateOnly? DecidedOn { get; internal set; }

    public bool? Granted { get; internal set; }

    public DateOnly? DeliveredOn { get; internal set; }

    /// <summary>1 to 5; null until the applicant rates it.</summary>
    public int? Rating { get; internal set; }

    public string RatingText { get; internal set; } = "";

    public long CaseId { get; internal set; }
}

/// <summary>How an application came.</summary>
internal static class CaseChannel
{
    public const string Online = "online";
    public const string Window = "window";
}

/// <summary>A material of a case: brought, used again, fetched, pledged, to follow, or missing.</summary>
internal sealed class CaseMaterial : IOwned
{
    public long Id { get; internal set; }

    public long OrganisationId { get; internal set; }

    public long ServiceCaseId { get; internal set; }

    /// <summary>Code of the material in the item's list; the same material has the same code in all items.</summary>
    public string Code { get; internal set; } = "";

    public string Name { get; internal set; } = "";

    /// <summary>A, B, C or D as the item's list says.</summary>
    public string Grade { get; internal set; } = "";

    /// <summary>One of <see cref="MaterialState"/>.</summary>
    public string State { get; internal set; } = "";

    public bool Required { get; internal set; }

    /// <summary>The stored file; null while there is none.</summary>
    public long? EvidenceId { get; internal set; }

    /// <summary>The material of an earlier case that is used again.</summary>
    public long? ReusedFrom { get; internal set; }

    public DateOnly? BroughtOn { get; internal set; }

    /// <summary>The last day on which it may be used again; null for good.</summary>
    public DateOnly? ValidUntil { get; internal set; }

    /// <summary>How it stood on the day of receipt, as the receipt lists it; null in cases older than the column.</summary>
    public string? ReceivedState { get; internal set; }

    /// <summary>The day on which the case was accepted without it; null when it was there.</summary>
    public DateOnly? GapOn { get; internal set; }

    /// <summary>Who of the staff checked it, before the acceptance; null until somebody did.</summary>
    public long? CheckedBy { get; internal set; }

    public DateOnly? CheckedOn { get; internal set; }

    /// <summary>What the enterprise pledged, as it stood before it; null without a pledge.</summary>
    public string? PledgedText { get; internal set; }

    /// <summary>The one request for corrections names it.</summary>
    public bool Asked { get; internal set; }

    /// <summary>What the one request says about it; a later one says nothing new.</summary>
    public string AskedText { get; internal set; } = "";

    /// <summary>Whether the pledge was found kept; null until it was looked at.</summary>
    public bool? PledgeKept { get; internal set; }

    /// <summary>What was found when the pledge was looked at.</summary>
    public string PledgeText { get; internal set; } = "";

    public DateOnly? PledgeCheckedOn { get; internal set; }
}

internal static class MaterialState
{
    public const string Missing = "missing";
    public const string Brought = "brought";

    /// <summary>Submitted once and still valid: not asked for again.</summary>
    public const string Reused = "reused";

    /// <summary>Issued by a government body: whoever handles the case checks it at its source, the enterprise brings nothing.</summary>
    public const string Fetched = "fetched";

    /// <summary>A written pledge stands for it (告知承诺).</summary>
    public const string Pledged = "pledged";

    /// <summary>Accepted without it; it must be in before the decision (容缺受理).</summary>
    public const string Gap = "gap";
}

/// <summary>A department's opinion beside the handling one's (并联办理).</summary>
internal sealed class CaseOpinion : IOwned
{
    public long ServiceCaseId { get; internal set; }

    /// <summary>The department that is asked.</summary>
    public long DepartmentId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string DepartmentName { get; internal set; } = "";

    public DateOnly AskedOn { get; internal set; }

    public DateOnly? GivenOn { get; internal set; }

    public bool? Agrees { get; internal set; }

    public string Text { get; internal set; } = "";

    public long? GivenBy { get; internal set; }

    /// <summary>Id of the last write; a stale caller writes nothing.</summary>
    public long Version { get; internal set; }
}

/// <summary>A hand-over of a case to a named colleague (首问负责): offered, and taken by the colleague.</summary>
internal sealed class CaseHandOver : IOwned
{
    public long Id { get; internal set; }

    public long OrganisationId { get; internal set; }

    public long ServiceCaseId { get; internal set; }

    public long FromUser { get; internal set; }

    public long ToUser { get; internal set; }

    public string Reason { get; internal set; } = "";

    public DateTimeOffset OfferedAt { get; internal set; }

    public DateTimeOffset? TakenAt { get; internal set; }

    public DateTimeOffset? DeclinedAt { get; internal set; }
}

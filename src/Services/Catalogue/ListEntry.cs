using Lodestone.Kernel.Data;

namespace Lodestone.Services.Catalogue;

/// <summary>A line of one of the lists: a duty, a power, a responsibility, a charge, or an item that is applied for (事项).</summary>
[SharedAcrossOrganisations("The lists are published: everybody reads them, also without signing in.")]
internal sealed class ListEntry
{
    /// <summary>Kind of the subject that an audit record names.</summary>
    public const string SubjectKind = "list-entry";

    public long Id { get; internal set; }

    /// <summary>Unique in the city; never used for another entry.</summary>
    public string Code { get; internal set; } = "";

    public long CityId { get; internal set; }

    /// <summary>One of <see cref="ListName"/>.</summary>
    public string List { get; internal set; } = "";

    /// <summary>The department that keeps it and handles its cases.</summary>
    public long DepartmentId { get; internal set; }

    /// <summary>As written then: readers of other branches do not see the organisation itself.</summary>
    public string DepartmentName { get; internal set; } = "";

    /// <summary>Codes that it came from by a split or a merger, separated by a space.</summary>
    public string CameFrom { get; internal set; } = "";
}

/// <summary>An entry as it stands from a day on. Append-only; a running case stays on the version it was filed under.</summary>
[SharedAcrossOrganisations("The lists are published, each version of them.")]
internal sealed class ListVersion
{
    public long Id { get; internal set; }

    public long EntryId { get; internal set; }

    /// <summary>1, 2, 3 …; the highest whose day has come is in force.</summary>
    public int Version { get; internal set; }

    /// <summary>One of <see cref="EntryState"/>.</summary>
    public string State { get; internal set; } = "";

    public DateOnly InForceFrom { get; internal set; }

    /// <summary>What the change was, one of <see cref="ChangeKind"/>.</summary>
    public string Change { get; internal set; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; internal set; } = "";

    public string Name { get; internal set; } = "";

    /// <summary>One of <see cref="ItemKind"/>; empty outside the service list.</summary>
    public string Kind { get; internal set; } = "";

    public int StatutoryDays { get; internal set; }

    public int PromisedDays { get; internal set; }

    /// <summary>The whole <see cref="EntryText"/> as JSON.</summary>
    public string Definition { get; internal set; } = "";
}

/// <summary>How an entry stands.</summary>
internal static class EntryState
{
    public const string InForce = "in-force";
    public const string Paused = "paused";
    public const string Cancelled = "cancelled";
}

/// <summary>How a list changes.</summary>
internal static class ChangeKind
{
    public const string Add = "add";
    public const string Alter = "alter";
    public const string Split = "split";
    public const string Merge = "merge";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Cancel = "cancel";

    public static IReadOnlyList<string> All { get; } = [Add, Alter, Split, Merge, Pause, Resume, Cancel];
}

/// <summary>A change of a list on its way: proposed by the department, looked at by the lawyers, decided.</summary>
internal sealed class ListChange : IOwned
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "list-change";

    public long Id { get; internal set; }

    /// <summary>The department that proposes it.</summary>
    public long OrganisationId { get; internal set; }

    /// <summary>One of <see cref="ChangeKind"/>.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>Codes of the entries that it changes, separated by a space; the new one's for an addition.</summary>
    public string Codes { get; internal set; } = "";

    /// <summary>The new texts as a JSON array of <see cref="EntryText"/>.</summary>
    public string Texts { get; internal set; } = "";

    public string Reason { get; internal set; } = "";

    public long ProposedBy { get; internal set; }

    public DateTimeOffset ProposedAt { get; internal set; }

    /// <summary>From which day it is in force; null until decided.</summary>
    public DateOnly? InForceFrom { get; internal set; }

    public long CaseId { get; internal set; }
}

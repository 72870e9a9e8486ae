using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Organisations;

/// <summary>Kinds of the contract; <see cref="Platform"/> is the root that holds the three administrators and every city.</summary>
public static class OrganisationKind
{
    public const string Platform = "platform";
    public const string City = "city";
    public const string District = "district";
    public const string Department = "department";
    public const string Park = "park";
    public const string Enterprise = "enterprise";
    public const string Committee = "committee";
    public const string Institution = "institution";

    public static IReadOnlyList<string> All { get; } = [City, District, Department, Park, Enterprise, Committee, Institution];

    /// <summary>A department, committee or institution acts for the government that it belongs to.</summary>
    public static bool ActsForParent(string kind) => kind is Department or Committee or Institution;
}

/// <summary>
/// A node of the one tree. <see cref="Path"/> is the chain of ids from the root, each followed by a slash
/// (<c>/1/7/</c>), so that everything below a node is one range of paths.
/// </summary>
[SharedAcrossOrganisations("Guarded by its own filter: what is below the reader, and the chain above by name.")]
public sealed class Organisation
{
    public long Id { get; internal set; }

    /// <summary>Stable code used by outsiders; unique over the whole tree.</summary>
    public string Code { get; internal set; } = "";

    public string Name { get; internal set; } = "";

    public string Kind { get; internal set; } = "";

    public long? ParentId { get; internal set; }

    public string Path { get; internal set; } = "";

    /// <summary>Unified social credit code (GB 32100-2015) of an enterprise.</summary>
    public string? CreditCode { get; internal set; }

    /// <summary>Why a code whose check digit fails was admitted; null for an ordinary one.</summary>
    public string? CreditCodeOverride { get; internal set; }

    /// <summary>The first day on which the organisation is no more (merged, split or dissolved).</summary>
    public DateOnly? ClosedOn { get; internal set; }

    /// <summary>Id of the audit-like change number that a caller must have read to change this row.</summary>
    public long Version { get; internal set; }

    /// <summary>The end of the range of paths below <paramref name="path"/>: its last slash becomes the next character.</summary>
    public static string EndOf(string path) => string.Concat(path.AsSpan(0, path.Length - 1), "0");

    /// <summary>The ids from the root down to and including the node.</summary>
    public static IEnumerable<long> Chain(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => long.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
}

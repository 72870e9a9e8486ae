namespace Lodestone.Kernel.Web.Kit;

/// <summary>A column of a lineage, left to right from the grade to the file.</summary>
public sealed record LineageColumn(string Title, IReadOnlyList<LineageNode> Nodes);

/// <summary>
/// A node and the places (0-based) of the nodes in the column before it that it belongs to.
/// <paramref name="OnPath"/> marks the chosen path.
/// </summary>
public sealed record LineageNode(
    string Title, string? Value, string? Detail, string? Href, bool OnPath, IReadOnlyList<int> Parents);

using System.Text.Json;

namespace Lodestone.Coordination.Plans;

/// <summary>One field of an element before and after.</summary>
internal sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>What became of one element since a day.</summary>
/// <param name="What"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Title">Its title now, or the last one it had.</param>
/// <param name="Reasons">The reasons of every revision between, oldest first; a revision without one is missing here.</param>
internal sealed record ElementChange(string Kind, string Code, string What, string Title, IReadOnlyList<FieldChange> Fields, IReadOnlyList<string> Reasons);

/// <summary>The difference of a plan between the end of a past day and now, deletions included. Pure.</summary>
internal static class PlanDiff
{
    public const string Added = "added";
    public const string Removed = "removed";
    public const string Changed = "changed";

    /// <param name="revisions">Every revision of the elements asked about, in any order.</param>
    /// <param name="since">The instant up to which revisions belong to the past.</param>
    public static IReadOnlyList<ElementChange> Between(IEnumerable<PlanRevision> revisions, DateTimeOffset since)
    {
        var changes = new List<ElementChange>();
        foreach (var element in revisions.GroupBy(row => (row.Kind, row.Code)).OrderBy(group => group.Key.Kind, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Code, StringComparer.Ordinal))
        {
            List<PlanRevision> line = [.. element.OrderBy(row => row.At).ThenBy(row => row.Id)];
            Dictionary<string, string>? before = Fields(line.LastOrDefault(row => row.At < since)?.State);
            Dictionary<string, string>? after = Fields(line[^1].State);
            List<FieldChange> fields = Compare(before, after);
            string? what = (before, after) switch
            {
                (null, null) => null,
                (null, _) => Added,
                (_, null) => Removed,
                _ => fields.Count > 0 ? Changed : null,
            };
            if (what is not null)
            {
                string title = (after ?? before)!.GetValueOrDefault("title", element.Key.Code);
                changes.Add(new ElementChange(element.Key.Kind, element.Key.Code, what, title, what == Changed ? fields : [],
                    [.. line.Where(row => row.At >= since && row.Reason is not null).Select(row => row.Reason!)]));
            }
        }

        return changes;
    }

    /// <summary>The elements of a kind as they stood at an instant, by code.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> At(IEnumerable<PlanRevision> revisions, string kind, DateTimeOffset instant) =>
        revisions.Where(row => row.Kind == kind && row.At < instant).GroupBy(row => row.Code)
            .Select(group => (group.Key, State: Fields(group.OrderBy(row => row.At).ThenBy(row => row.Id).Last().State)))
            .Where(pair => pair.State is not null)
            .ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, string>)pair.State!);

    private static List<FieldChange> Compare(Dictionary<string, string>? before, Dictionary<string, string>? after) =>
    [
        .. (before?.Keys ?? Enumerable.Empty<string>()).Union(after?.Keys ?? Enumerable.Empty<string>()).Order(StringComparer.Ordinal)
            .Select(field => new FieldChange(field, before?.GetValueOrDefault(field), after?.GetValueOrDefault(field)))
            .Where(change => change.Before != change.After),
    ];

    private static Dictionary<string, string>? Fields(string? state) =>
        state is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(state);
}

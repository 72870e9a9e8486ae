using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Procedures;

/// <summary>A table of moves as it was when a version of the product first ran here. Append-only.</summary>
[SharedAcrossOrganisations("The rules of procedure are for everybody to read.")]
public sealed class ProcedureVersion
{
    /// <summary>The procedure's code.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>1, 2, 3 … in the order in which they came.</summary>
    public int Number { get; internal set; }

    /// <summary>SHA-256 of <see cref="Content"/>.</summary>
    public string Hash { get; internal set; } = "";

    /// <summary>The table as JSON.</summary>
    public string Content { get; internal set; } = "";

    public DateTimeOffset RecordedAt { get; internal set; }
}

/// <summary>How a move differs between two versions.</summary>
/// <param name="Kind"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
internal sealed record MoveDifference(string Kind, Transition? Before, Transition? After);

/// <summary>How a time limit over several stages differs between two versions.</summary>
/// <param name="Kind"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
internal sealed record ClockDifference(string Kind, ProcedureClock? Before, ProcedureClock? After);

/// <summary>What changed in a table of moves.</summary>
internal sealed record ProcedureDifference(IReadOnlyList<MoveDifference> Moves, IReadOnlyList<ClockDifference> Clocks, bool LegalSource)
{
    public bool IsNone => Moves.Count == 0 && Clocks.Count == 0 && !LegalSource;

    public static ProcedureDifference Between(Procedure before, Procedure after) => new(
        [
            .. before.Transitions.Select(move => (Before: move, After: after.Find(move.From, move.Action))).Where(pair => pair.Before != pair.After)
                .Select(pair => new MoveDifference(pair.After is null ? "removed" : "changed", pair.Before, pair.After)),
            .. after.Transitions.Where(move => before.Find(move.From, move.Action) is null).Select(move => new MoveDifference("added", null, move)),
        ],
        [
            .. before.Clocks.Select(clock => (Before: clock, After: after.Clocks.FirstOrDefault(other => other.Name == clock.Name)))
                .Where(pair => pair.After is null || pair.Before.LegalSource != pair.After.LegalSource || pair.Before.Anew != pair.After.Anew
                    || !pair.Before.Rungs.SequenceEqual(pair.After.Rungs) || !pair.Before.RunsIn.SequenceEqual(pair.After.RunsIn))
                .Select(pair => new ClockDifference(pair.After is null ? "removed" : "changed", pair.Before, pair.After)),
            .. after.Clocks.Where(clock => before.Clocks.All(other => other.Name != clock.Name)).Select(clock => new ClockDifference("added", null, clock)),
        ],
        before.LegalSource != after.LegalSource);
}

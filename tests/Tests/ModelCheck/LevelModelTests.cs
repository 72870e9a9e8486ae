using System.Collections.Immutable;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Tests.ModelCheck;

/// <summary>
/// Exhaustive over levels, actions and any two persons of the whole cast: from each procedure's first stage along every lawful
/// move of either person. What the levels promise holds in every state that can be reached.
/// </summary>
public sealed class LevelModelTests
{
    public static TheoryData<string> Codes => [.. ReturnProcedure.All.Select(table => table.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    [Trait("Teeth", "withdraw")]
    public void No_path_takes_back_below_an_approved_level(string code)
    {
        foreach ((State before, Transition move, Grant by, State after) in Moves(Table(code)))
        {
            int top = before.Approved.DefaultIfEmpty(0).Max();
            if (move.GoesBack && before.Approved.Except(after.Approved).Any())
            {
                // The level on top takes its own approval back, or the next level sends the whole paper back.
                int own = LevelOfRole(Table(code), by.Role);
                Assert.True(move.Action == ReturnAction.Withdraw ? own == top : own > top, $"{by.Role} {move.Action} from {before.Stage} with level {top}");
            }

            Assert.True(IsUnbroken(Table(code), after.Approved), $"{move.Action} leaves {string.Join(",", after.Approved)} approved");
            Assert.Equal(Expected(Table(code), after.Stage), after.Approved);
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Nobody_but_the_cells_owner_can_ever_write(string code)
    {
        Procedure table = Table(code);
        string owner = Owner(table);
        foreach ((State before, Transition move, Grant by, State _) in Moves(table).Where(step => step.Move.Action is ReturnAction.Save or ReturnAction.Submit))
        {
            // What is signed is submitted as it was signed: it is written in the draft alone.
            Assert.Equal(move.Action == ReturnAction.Submit && ReturnProcedure.HasSignatures(table) ? ReturnStage.Signed : ReturnStage.Draft, before.Stage);
            Assert.Equal((Role.Reporter, owner), (by.Role, by.Path));
            Assert.Empty(before.Approved);
            Assert.False(move.Automatic);
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_level_is_granted_by_its_own_role_from_above_only(string code)
    {
        Procedure table = Table(code);
        foreach ((State before, Transition move, Grant by, State _) in Moves(table))
        {
            if (ReturnAction.LevelOf(move.Action) is { } level)
            {
                Assert.DoesNotContain(level, before.Approved);
                Assert.NotEqual(Role.Reporter, by.Role);
                Assert.NotEqual(Owner(table), by.Path);
                Assert.StartsWith(by.ReachPath, Owner(table), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_lawful_move_is_somebodys(string code)
    {
        Procedure table = Table(code);
        HashSet<(string, string)> made = [.. Moves(table).Select(step => (step.Move.From, step.Move.Action))];
        Assert.Empty(table.Transitions.Where(move => !move.Automatic && !made.Contains((move.From, move.Action))).Select(move => $"{move.From} {move.Action}"));
    }

    internal sealed record State(string Stage, ImmutableSortedSet<int> Approved)
    {
        public bool Equals(State? other) => other is not null && Stage == other.Stage && Approved.SetEquals(other.Approved);

        public override int GetHashCode() => HashCode.Combine(Stage, Approved.Count);
    }

    /// <summary>Every step that either of any two persons can make in any reachable state.</summary>
    private static IEnumerable<(State Before, Transition Move, Grant By, State After)> Moves(Procedure table)
    {
        // Two persons reach together what the union of their lawful moves reaches; a person may hold two memberships.
        Actor[] persons = [.. Cast.Everybody, .. Cast.Pairs()];
        var seen = new HashSet<State>();
        var waiting = new Queue<State>([new State(table.InitialStage, [])]);
        while (waiting.TryDequeue(out State? before))
        {
            if (!seen.Add(before))
            {
                continue;
            }

            foreach (Transition move in table.From(before.Stage))
            {
                State after = After(before, move);
                Grant[] grants = [.. persons.Select(person => person.May(move.Role, move.Seat, Owner(table))).OfType<Grant>().Distinct()];
                foreach (Grant by in move.Automatic ? [new Grant(0, Owner(table), Owner(table), move.Role)] : grants)
                {
                    yield return (before, move, by, after);
                    waiting.Enqueue(after);
                }
            }
        }
    }

    private static State After(State before, Transition move) => new(move.To,
        ReturnAction.LevelOf(move.Action) is { } level ? before.Approved.Add(level)
        : move.Action == ReturnAction.Withdraw && ReturnAction.LevelBehind(move.From) is { } behind ? before.Approved.Remove(behind)
        : move.Action == ReturnAction.SendBack ? []
        : before.Approved);

    /// <summary>The approvals that a stage promises, by the forward moves that lead to it.</summary>
    private static ImmutableSortedSet<int> Expected(Procedure table, string stage) =>
        [.. Levels(table).Where(level => ReturnStage.All.ToList().IndexOf(level.Move.To) <= ReturnStage.All.ToList().IndexOf(stage)).Select(level => level.Number)];

    private static bool IsUnbroken(Procedure table, ImmutableSortedSet<int> approved) =>
        Levels(table).Select(level => level.Number).Order().Take(approved.Count).SequenceEqual(approved);

    private static IEnumerable<(int Number, Transition Move)> Levels(Procedure table) =>
        from move in table.Transitions
        let level = ReturnAction.LevelOf(move.Action)
        where level is not null
        select (level.Value, move);

    private static int LevelOfRole(Procedure table, string role) =>
        Levels(table).Where(level => level.Move.Role == role).Select(level => level.Number).DefaultIfEmpty(0).First();

    private static Procedure Table(string code) => ReturnProcedure.All.Single(table => table.Code == code);

    private static string Owner(Procedure table) => ReturnProcedure.HasFirstReview(table) ? Cast.Enterprise : Cast.Bureau;
}

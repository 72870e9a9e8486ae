using Lodestone.Kernel.Identity;

namespace Lodestone.Kernel.Procedures;

/// <summary>A time limit in working days, with the law or order it comes from.</summary>
public sealed record TimeLimit(int Workdays, string LegalSource);

/// <summary>One lawful move.</summary>
/// <param name="Action">The verb of the contract, e.g. <c>send-back</c>.</param>
/// <param name="Role">Who may do it.</param>
/// <param name="Seat">Where that membership must sit, seen from the case's organisation.</param>
public sealed record Transition(string Action, string From, string To, string Role, Seat Seat)
{
    /// <summary>A note is demanded: the factual reason.</summary>
    public bool NeedsReason { get; init; }

    /// <summary>At most once in the life of a case.</summary>
    public bool Once { get; init; }

    /// <summary>While the case stands in <see cref="To"/> its clock does not run (the applicant's time, special procedures).</summary>
    public bool StopsClock { get; init; }

    /// <summary>How long the case may stand in <see cref="To"/>.</summary>
    public TimeLimit? Limit { get; init; }

    /// <summary>Role that is told, in its inbox.</summary>
    public string? Tells { get; init; }

    /// <summary>A side move never counts as progress: it takes back or gives back.</summary>
    public bool GoesBack { get; init; }

    /// <summary>Moved by the platform when another mechanism's fact arrives, never by a person's request.</summary>
    public bool Automatic { get; init; }
}

/// <summary>A table of lawful moves. It can be printed, drawn and checked; a move that is not in it does not exist.</summary>
public sealed record Procedure(string Code, string InitialStage, IReadOnlyList<Transition> Transitions)
{
    /// <summary>The regulation the table follows.</summary>
    public required string LegalSource { get; init; }

    /// <summary>Stages where a case may rest for good.</summary>
    public required IReadOnlyList<string> FinalStages { get; init; }

    /// <summary>Time limits over several stages, each with its reminder ladder.</summary>
    public IReadOnlyList<ProcedureClock> Clocks { get; init; } = [];

    public IEnumerable<string> Stages =>
        Transitions.SelectMany(move => new[] { move.From, move.To }).Prepend(InitialStage).Distinct();

    public IEnumerable<Transition> From(string stage) => Transitions.Where(move => move.From == stage);

    public Transition? Find(string stage, string action) =>
        Transitions.FirstOrDefault(move => move.From == stage && move.Action == action);

    /// <summary>The roles whose turn it is in <paramref name="stage"/>.</summary>
    public IEnumerable<string> Holders(string stage) =>
        From(stage).Where(move => !move.GoesBack && !move.Automatic).Select(move => move.Role).Distinct();
}

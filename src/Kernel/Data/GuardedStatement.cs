namespace Lodestone.Kernel.Data;

/// <summary>
/// One hand-written statement that a door hands to the next save. Runs inside that save's transaction, before the tracked
/// rows; when it touches another number of rows than <see cref="Rows"/> the whole save is refused as stale.
/// </summary>
/// <param name="Text">SQL with the parameters <c>$1</c>, <c>$2</c> …, which both engines take as they are; a text may leave some out.</param>
/// <param name="Rows">
/// Rows it must touch; null when any number will do. On PostgreSQL a statement that can miss must itself raise
/// (<see cref="OrRaise"/>): there a save is one batch, committed before its counts are known.
/// </param>
/// <param name="Values">The values of <c>$1</c>, <c>$2</c> … Several statements of one move share the array.</param>
internal sealed record GuardedStatement(string Text, int? Rows, params object?[] Values)
{
    /// <summary>Ends a PostgreSQL text whose first part is named <c>f</c>: no row there is a division by zero, which undoes the batch.</summary>
    public const string OrRaise = " select 1 / count(*) from f";
}

/// <summary>A null whose type cannot be seen from the value; text is assumed otherwise.</summary>
internal enum TypedNull
{
    Number,

    /// <summary>A whole number of 32 bits.</summary>
    Whole,

    Day,
}

namespace Lodestone.Kernel.Data;

/// <summary>
/// One hand-written statement that a door hands to the next save. Runs inside that save's transaction, before the tracked
/// rows; when it touches another number of rows than <see cref="Rows"/> the whole save is refused as stale.
/// </summary>
/// <param name="Text">One SQL text for both engines, parameters as <c>@name</c>.</param>
/// <param name="Rows">Rows it must touch; null when any number will do.</param>
internal sealed record GuardedStatement(string Text, int? Rows, params (string Name, object? Value)[] Parameters);

/// <summary>A null whose type cannot be seen from the value; text is assumed otherwise.</summary>
internal enum TypedNull
{
    Number,
}

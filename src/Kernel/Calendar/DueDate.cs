namespace Lodestone.Kernel.Calendar;

/// <summary>A day derived by counting working days.</summary>
/// <param name="DueOn">The last day on which acting is still in time.</param>
/// <param name="Provisional">
/// True when a counted day lies in a year whose holiday notice is not published: the date must be derived again when it is.
/// </param>
public readonly record struct DueDate(DateOnly DueOn, bool Provisional);

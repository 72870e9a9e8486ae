namespace Lodestone.Kernel.Web;

/// <summary>One line of the side bar.</summary>
/// <param name="Chapter">Groups lines: <c>work</c>, <c>coordination</c>, <c>administration</c>.</param>
/// <param name="Word">Key of its word in the module's resources.</param>
/// <param name="Order">Within its chapter.</param>
/// <param name="Roles">Shown to these; empty means every signed-in user who works in the city, not the administrators.</param>
public sealed record MenuEntry(string Chapter, string Word, string Href, string Icon, int Order, params string[] Roles)
{
    /// <summary>Shown without sign-in too: the place is open to anyone.</summary>
    public bool Anyone { get; init; }
}

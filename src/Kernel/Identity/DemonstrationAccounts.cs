namespace Lodestone.Kernel.Identity;

/// <summary>An account of a demonstration city that anybody may enter by a click.</summary>
/// <param name="Organisation">Its name, as people read it.</param>
/// <param name="Role">A role's code.</param>
/// <param name="Title">The post, in words.</param>
public sealed record DemonstrationAccount(string UserName, string DisplayName, string Organisation, string Role, string Title, string Password);

/// <summary>
/// The accounts that the sign-in page of a demonstration city lists, in the order in which to try them. Empty unless a pack's
/// loader shows some; a city in operation shows none.
/// </summary>
public sealed class DemonstrationAccounts
{
    public IReadOnlyList<DemonstrationAccount> Shown { get; private set; } = [];

    public void Show(IEnumerable<DemonstrationAccount> accounts) => Shown = [.. accounts];
}

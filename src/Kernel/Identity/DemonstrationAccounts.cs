namespace Lodestone.Kernel.Identity;

/// <summary>An account that the sign-in page of a demonstration city offers, with its password.</summary>
public sealed record DemonstrationAccount(
    string UserName, string DisplayName, string Organisation, string Role, string Title, string Password);

/// <summary>What the sign-in page lists: nothing, unless the database was filled from a demonstration pack.</summary>
public sealed class DemonstrationAccounts
{
    public IReadOnlyList<DemonstrationAccount> List { get; private set; } = [];

    public void Offer(IReadOnlyList<DemonstrationAccount> accounts) => List = accounts;
}

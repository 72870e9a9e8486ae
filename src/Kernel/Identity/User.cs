using Lodestone.Kernel.Data;
using Microsoft.AspNetCore.Identity;

namespace Lodestone.Kernel.Identity;

/// <summary>A person who signs in. What the person may do stands in memberships and delegations, never here.</summary>
[SharedAcrossOrganisations("An account is not an organisation's row; only the security administrator's routes and sign-in read it.")]
[Unaudited("Failed sign-ins and lockouts change it; creating and changing accounts is audited by the routes.")]
public sealed class User : IdentityUser<long>
{
    public string DisplayName { get; internal set; } = "";

    /// <summary>Set when the security administrator closes the account.</summary>
    public DateTimeOffset? ClosedAt { get; internal set; }
}

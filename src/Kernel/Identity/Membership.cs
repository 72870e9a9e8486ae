using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Identity;

/// <summary>A user holds a role in an organisation, from a day to a day (both inclusive, open when null).</summary>
public sealed class Membership : IOwned
{
    public long Id { get; internal set; }

    public long UserId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Role { get; internal set; } = "";

    public DateOnly? StartsOn { get; internal set; }

    public DateOnly? EndsOn { get; internal set; }
}

/// <summary>
/// A named deputy acts in one role of one organisation for a dated time, so that an absent owner freezes nothing. The
/// deputy's steps name both persons.
/// </summary>
public sealed class Delegation : IOwned
{
    public long Id { get; internal set; }

    public long OwnerId { get; internal set; }

    public long DeputyId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Role { get; internal set; } = "";

    public DateOnly StartsOn { get; internal set; }

    public DateOnly EndsOn { get; internal set; }

    public string Reason { get; internal set; } = "";

    public DateTimeOffset? RevokedAt { get; internal set; }
}

/// <summary>A bearer token. Only its SHA-256 is kept.</summary>
[SharedAcrossOrganisations("Belongs to a user; read by hash at sign-in and by its owner.")]
public sealed class ApiToken
{
    public long Id { get; internal set; }

    public long UserId { get; internal set; }

    public string Hash { get; internal set; } = "";

    public DateTimeOffset CreatedAt { get; internal set; }

    public DateTimeOffset ExpiresAt { get; internal set; }

    public DateTimeOffset? RevokedAt { get; internal set; }
}

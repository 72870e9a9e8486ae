using Lodestone.Kernel.Organisations;

namespace Lodestone.Kernel.Identity;

/// <summary>A role that somebody holds now, by membership or by delegation.</summary>
/// <param name="Path">Path of the organisation itself.</param>
/// <param name="ReachPath">Where the role acts: the organisation, or the government above it.</param>
/// <param name="OnBehalfOf">The absent owner when the role is delegated.</param>
public sealed record Grant(long OrganisationId, string Path, string ReachPath, string Role, long? OnBehalfOf = null);

/// <summary>Who acts. Leased to a <see cref="Data.PlatformDb"/>; the default actor sees nothing and may nothing.</summary>
public sealed class Actor
{
    /// <summary>So many disjoint branches of the tree fit into one scope; a further membership is refused.</summary>
    public const int MostBranches = 4;

    public static Actor Nobody { get; } = new(0, "", "", []);

    public Actor(long userId, string userName, string displayName, IReadOnlyList<Grant> grants)
    {
        UserId = userId;
        UserName = userName;
        DisplayName = displayName;
        Grants = grants;
        Branches = Disjoint(grants.Select(grant => grant.ReachPath));
        Ancestors = [.. grants.SelectMany(grant => Organisation.Chain(grant.Path)).Distinct()];
    }

    public long UserId { get; }

    public string UserName { get; }

    public string DisplayName { get; }

    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>Paths of the branches that the actor may see, none within another.</summary>
    public IReadOnlyList<string> Branches { get; }

    /// <summary>The chain above, readable by name only.</summary>
    public long[] Ancestors { get; }

    /// <summary>The platform itself: the loader of a pack, a background job. Sees the whole tree; holds no role.</summary>
    public static Actor Platform(string rootPath) =>
        new(0, "platform", "", [new Grant(0, rootPath, rootPath, "")]);

    /// <summary>The same person with the reach of some grants cut to the organisation itself.</summary>
    public Actor Within(Func<Grant, bool> cut) => Grants.Any(grant => grant.ReachPath != grant.Path && cut(grant))
        ? new Actor(UserId, UserName, DisplayName, [.. Grants.Select(grant => cut(grant) ? grant with { ReachPath = grant.Path } : grant)])
        : this;

    public bool Is(string role) => Grants.Any(grant => grant.Role == role);

    public bool IsAny(IReadOnlyList<string> roles) => Grants.Any(grant => roles.Contains(grant.Role));

    /// <summary>The grant by which the actor may act in <paramref name="role"/> from the seat <paramref name="seat"/> towards the organisation at <paramref name="path"/>.</summary>
    public Grant? May(string role, Seat seat, string path) =>
        Grants.FirstOrDefault(grant => grant.Role == role && Covers(grant, seat, path));

    public bool Sees(string path) =>
        Branches.Any(branch => path.StartsWith(branch, StringComparison.Ordinal));

    /// <summary>The fewest paths that cover all; more than <see cref="MostBranches"/> is refused where memberships are made.</summary>
    public static IReadOnlyList<string> Disjoint(IEnumerable<string> paths)
    {
        var kept = new List<string>();
        foreach (string path in paths.Distinct().Order(StringComparer.Ordinal))
        {
            if (kept.Count == 0 || !path.StartsWith(kept[^1], StringComparison.Ordinal))
            {
                kept.Add(path);
            }
        }

        return kept.Count <= MostBranches ? kept : throw new Refusal("identity.too-many-branches", 422, MostBranches);
    }

    private static bool Covers(Grant grant, Seat seat, string path) => seat switch
    {
        Seat.Own => grant.Path == path,
        Seat.At => path.StartsWith(grant.ReachPath, StringComparison.Ordinal),
        // A unit does not review itself; a city has nobody above it but its own bureau.
        Seat.Above => path.StartsWith(grant.ReachPath, StringComparison.Ordinal)
            && (grant.Path != path || Organisation.Chain(path).Count() <= 2),
        _ => false,
    };
}

/// <summary>Where, seen from the case's organisation, the acting membership must sit.</summary>
public enum Seat
{
    /// <summary>In that organisation itself; nobody fills in on its behalf.</summary>
    Own,

    /// <summary>In that organisation or above it.</summary>
    At,

    /// <summary>Above it.</summary>
    Above,
}

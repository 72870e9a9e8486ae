namespace Lodestone.Kernel.Identity;

/// <summary>A role that a membership may name.</summary>
/// <param name="Code">As in the contract, e.g. <c>first-reviewer</c>; its Chinese word is the resource <c>role.first-reviewer</c>.</param>
public sealed record Role(string Code)
{
    /// <summary>True: held in a department, committee or institution it acts for the government above (the statistics bureau reviews for the city).</summary>
    public bool ActsForParent { get; init; }

    /// <summary>Kinds of organisation where the role may act (after <see cref="ActsForParent"/>); empty means any.</summary>
    public IReadOnlyList<string> ReachKinds { get; init; } = [];

    /// <summary>
    /// True: it reaches beyond its own organisation only where it is named (a route's roles, a page's) and in workbench and inbox; everywhere else its holder
    /// sees what that organisation sees. For those who need the city's cases of one mechanism and nothing else of the city.
    /// </summary>
    public bool ReachesWhereNamed { get; init; }

    /// <summary>True: held at the platform's root, by one of the three administrators.</summary>
    public bool Administers { get; init; }

    public const string SystemAdmin = "system-admin";
    public const string SecurityAdmin = "security-admin";
    public const string AuditAdmin = "audit-admin";
    public const string Reporter = "reporter";

    /// <summary>Three administrators who cannot do one another's work (三员分立), and the writer of an organisation's own cells.</summary>
    internal static IEnumerable<Role> OfKernel =>
    [
        new(SystemAdmin) { Administers = true },
        new(SecurityAdmin) { Administers = true },
        new(AuditAdmin) { Administers = true },
        new(Reporter),
    ];
}

using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;

namespace Lodestone.Tests.ModelCheck;

/// <summary>A small tree and, for every role of the product in every place where it may be held, one person who holds it.</summary>
internal static class Cast
{
    public const string City = "/1/2/";
    public const string District = "/1/2/3/";
    public const string Enterprise = "/1/2/3/4/";

    /// <summary>A department directly under the city: its reports skip the district's level.</summary>
    public const string Bureau = "/1/2/5/";

    private const string Sibling = "/1/2/6/";
    private const string SiblingEnterprise = "/1/2/6/7/";

    private static readonly (string Path, string Kind)[] s_places =
    [
        (City, OrganisationKind.City), (District, OrganisationKind.District), (Enterprise, OrganisationKind.Enterprise),
        (Bureau, OrganisationKind.Department), (Sibling, OrganisationKind.District), (SiblingEnterprise, OrganisationKind.Enterprise),
    ];

    public static Catalogue Catalogue { get; } = new(Program.Modules);

    /// <summary>Everybody, and everybody's deputy.</summary>
    public static IReadOnlyList<Actor> Everybody { get; } =
    [
        .. from role in Catalogue.Roles
           where !role.Administers
           from place in s_places
           let reach = ActorSource.ReachOf(role, place.Kind, place.Path)
           let kind = reach == place.Path ? place.Kind : s_places.First(other => other.Path == reach).Kind
           where role.ReachKinds.Count == 0 || role.ReachKinds.Contains(kind)
           from absent in new long?[] { null, 99 }
           select new Actor(1, $"{role.Code}@{place.Path}", "", [new Grant(Organisation.Chain(place.Path).Last(), place.Path, reach, role.Code, absent)]),
    ];

    /// <summary>Everybody again, each holding two memberships at once.</summary>
    public static IEnumerable<Actor> Pairs() =>
        from first in Everybody
        from second in Everybody
        where string.CompareOrdinal(first.UserName, second.UserName) < 0
        select new Actor(1, $"{first.UserName} and {second.UserName}", "", [.. first.Grants, .. second.Grants]);
}

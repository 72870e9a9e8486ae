using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;

namespace Lodestone.Kernel.Web;

/// <summary>Who may call a route or open a page. A route without one does not start; scope is the filter's matter, not this one's.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AccessAttribute(params string[] roles) : Attribute
{
    /// <summary>Any of these roles; empty with <see cref="Anyone"/> false means every signed-in user.</summary>
    public IReadOnlyList<string> Roles { get; } = roles;

    /// <summary>Everybody who does the city's work, in any role but an administrator's.</summary>
    public bool Business { get; init; }

    /// <summary>Work of every mechanism meets here, so even roles that reach only where they are named reach (<see cref="Identity.Role.ReachesWhereNamed"/>).</summary>
    public bool Meets { get; init; }

    /// <summary>Open without sign-in.</summary>
    public bool Anyone { get; init; }

    /// <summary>Why it is open.</summary>
    public string? Because { get; init; }
}

/// <summary>Declares access on minimal API routes.</summary>
public static class AccessExtensions
{
    [SuppressMessage("Style", "IDE0060", Justification = "A reason must be written down where the route is.")]
    public static TBuilder OpenToAnyone<TBuilder>(this TBuilder route, string because)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new AccessAttribute { Anyone = true, Because = because });

    public static TBuilder ForSignedIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessAttribute());

    /// <summary>Everybody but the three administrators, who run the house and do not read its papers.</summary>
    public static TBuilder ForBusiness<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessAttribute { Business = true });

    /// <summary>As <see cref="ForBusiness"/>, where the work of every mechanism meets.</summary>
    public static TBuilder ForBusinessOfAll<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessAttribute { Business = true, Meets = true });

    public static TBuilder ForRoles<TBuilder>(this TBuilder route, params string[] roles)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessAttribute(roles));
}

using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Kernel.Web;

/// <summary>
/// The one gate in front of every route: finds who calls, leases the context for that actor, and lets through only what the
/// route declared. A route without a declaration is closed.
/// </summary>
internal sealed class Gate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentActor current, ActorSource actors, Catalogue catalogue)
    {
        Endpoint? endpoint = context.GetEndpoint();
        bool api = IsApi(context);
        if (endpoint is null)
        {
            await next(context);
            return;
        }

        AuthenticateResult ticket = await context.AuthenticateAsync();
        if (ticket.Succeeded && long.TryParse(
            ticket.Principal.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value, System.Globalization.CultureInfo.InvariantCulture, out long user))
        {
            context.User = ticket.Principal;
            current.Whole = current.Whole.UserId == user ? current.Whole : await actors.OfAsync(user, context.RequestAborted);
        }

        AccessAttribute? access = endpoint.Metadata.GetMetadata<AccessAttribute>();
        current.Actor = access is { Meets: true }
            ? current.Whole
            : current.Whole.Within(grant => catalogue.FindRole(grant.Role) is { ReachesWhereNamed: true } && access?.Roles.Contains(grant.Role) != true);
        // Routing itself answers a wrong method or media type through an endpoint that is no route.
        if (access is null && endpoint is RouteEndpoint && !IsFramework(context))
        {
            throw new Refusal("access.undeclared", 403);
        }

        if (access is not null && !access.Anyone)
        {
            bool signedIn = current.Actor.UserId != 0;
            // A cookie may read the API (a download link on a page) but never write it: that would need a form's token.
            bool cookieWrite = api && signedIn && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
                && ticket.Ticket?.AuthenticationScheme == IdentityConstants.ApplicationScheme;
            if (!signedIn || cookieWrite)
            {
                if (api)
                {
                    throw new Refusal("access.sign-in", 401);
                }

                context.Response.Redirect($"/sign-in?to={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
                return;
            }

            if (!Allows(access, current.Actor, catalogue))
            {
                throw Refusal.Role();
            }
        }

        PageQuery.Require(context);
        await next(context);
    }

    internal static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");

    private static bool Allows(AccessAttribute access, Actor actor, Catalogue catalogue) => access switch
    {
        { Roles.Count: > 0 } => actor.IsAny(access.Roles),
        { Business: true } => actor.Grants.Any(grant => catalogue.FindRole(grant.Role) is { Administers: false }),
        _ => true,
    };

    /// <summary>The framework's own script and stylesheet routes carry no data.</summary>
    private static bool IsFramework(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments("/_framework");
}

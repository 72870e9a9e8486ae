using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Kernel.Web;

/// <summary>What the frame's forms and links lead to; the forms carry the page's antiforgery token.</summary>
internal static class FrameEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-out", SignOutAsync).OpenToAnyone("signing out");
        routes.MapPost("/language", SpeakAsync).OpenToAnyone("the reader's own choice, kept in a cookie");
        routes.MapGet("/cases/{id:long}", OpenCaseAsync).ForBusinessOfAll();
    }

    private static async Task<RedirectHttpResult> SignOutAsync([FromForm] string? to, SignInManager<User> signIn)
    {
        _ = to;
        await signIn.SignOutAsync();
        return TypedResults.Redirect("/sign-in");
    }

    private static async Task<RedirectHttpResult> SpeakAsync([FromForm] string? language, [FromForm] string? to, HttpContext context)
    {
        await Task.CompletedTask;
        if (language is "zh-CN" or "en")
        {
            context.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        }

        return TypedResults.Redirect(Local(to));
    }

    /// <summary>The mechanism that owns the case knows its page.</summary>
    private static async Task<RedirectHttpResult> OpenCaseAsync(
        long id, CaseDesk desk, PlatformDb db, Catalogue catalogue, CancellationToken cancel)
    {
        CaseView file = await desk.ReadAsync(id, cancel);
        foreach (IModule module in catalogue.Modules)
        {
            if (await module.PlaceOfAsync(db, file.Subject, cancel) is { } place)
            {
                return TypedResults.Redirect(place);
            }
        }

        throw Refusal.NotFound();
    }

    /// <summary>An address of this site, or the workbench: nobody is led elsewhere by a link that begins here.</summary>
    internal static string Local(string? to) =>
        to is ['/', ..] && to is not ['/', '/' or '\\', ..] && !to.Any(char.IsControl) && !to.StartsWith("/sign-in", StringComparison.Ordinal) ? to : "/";
}

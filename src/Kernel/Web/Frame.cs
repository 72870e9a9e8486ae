using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web.Kit;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Web;

/// <summary>What stands around every page for one actor.</summary>
/// <param name="City">Name of the city whose plan the actor works on; null for an administrator of an empty platform.</param>
/// <param name="Bottom">The places of the phone's bottom bar.</param>
/// <param name="UserLine">Organisation and role in one line.</param>
/// <param name="Unread">Notices not yet read.</param>
/// <param name="Mark">Who looks at the screen and on which day, for the watermark; null for nobody.</param>
/// <param name="Works">False for the administrators, who have no notices, and for nobody.</param>
public sealed record FrameSight(
    string? City, IReadOnlyList<NavGroup> Groups, IReadOnlyList<NavItem> Bottom, string? UserName, string? UserLine, int Unread, bool Works,
    string? Mark = null);

/// <summary>Builds the frame of a page: the menu of what the actor may open, who the actor is, what is unread.</summary>
public sealed class Frame(IDbContextFactory<PlatformDb> contexts, Catalogue catalogue, Words words, TimeProvider clock)
{
    private const int PhonePlaces = 4;

    /// <summary>Chapters in the order of the plan; one that is not named here follows.</summary>
    private static readonly string[] s_chapters = ["work", "coordination", "funding", "services", "green", "administration"];

    private static readonly MenuEntry[] s_administration =
    [
        new("administration", "organisations.title", "/admin/organisations", "organisation", 10, Role.SystemAdmin),
        new("administration", "indicators.title", "/admin/indicators", "list", 20, Role.SystemAdmin),
        new("administration", "calendar.title", "/admin/calendar", "calendar", 30, Role.SystemAdmin),
        new("administration", "webhooks.title", "/admin/webhooks", "bell", 35, Role.SystemAdmin),
        new("administration", "users.title", "/admin/users", "users", 40, Role.SecurityAdmin),
        new("administration", "audit.title", "/admin/audit", "seal", 50, Role.AuditAdmin),
        new("administration", "exports.title", "/admin/exports", "download", 60, Role.AuditAdmin),
    ];

    public async Task<FrameSight> ReadAsync(Actor actor, CancellationToken cancel = default)
    {
        IReadOnlyList<NavGroup> groups = Groups(actor);
        NavItem[] bottom = [.. groups.SelectMany(group => group.Items).Where(item => item.Href != "/notices").Take(PhonePlaces)];
        if (actor.UserId == 0)
        {
            return new FrameSight(null, groups, bottom, null, null, 0, false);
        }

        await using PlatformDb db = contexts.Lease(actor);
        string? city = await db.Set<Organisation>().Where(row => row.Kind == OrganisationKind.City).OrderBy(row => row.Id)
            .Select(row => row.Name).FirstOrDefaultAsync(cancel);
        bool works = Works(actor);
        int unread = works ? await new Inbox(db, clock).UnreadAsync(cancel) : 0;
        return new FrameSight(city, groups, bottom, actor.DisplayName, await LineAsync(db, cancel), unread, works, MarkOf(actor));
    }

    private string MarkOf(Actor actor) => string.Create(CultureInfo.InvariantCulture,
        $"{(actor.DisplayName == actor.UserName ? actor.UserName : $"{actor.DisplayName} {actor.UserName}")} {clock.Today():yyyy-MM-dd}");

    private bool Works(Actor actor) => actor.Grants.Any(grant => catalogue.FindRole(grant.Role) is { Administers: false });

    private IReadOnlyList<NavGroup> Groups(Actor actor)
    {
        if (actor.UserId == 0)
        {
            return [];
        }

        string[] business = [.. catalogue.Roles.Where(role => !role.Administers).Select(role => role.Code)];
        MenuEntry[] own =
        [
            new("work", "workbench.title", "/", "home", 10),
            new("work", "notices.title", "/notices", "bell", 20, business),
            new("work", "procedures.title", "/procedures", "list", 40, business),
            new("work", "delegations.title", "/delegations", "users", 30, business),
            .. s_administration,
        ];
        IEnumerable<MenuEntry> chapters = catalogue.Modules.SelectMany(module => module.Menu).Select(entry => entry.Roles.Length == 0 ? entry with { Roles = business } : entry);
        return [.. own.Concat(chapters)
            .Where(entry => entry.Roles.Length == 0 || actor.IsAny(entry.Roles))
            .GroupBy(entry => entry.Chapter)
            .OrderBy(chapter => Array.IndexOf(s_chapters, chapter.Key) is >= 0 and var place ? place : s_chapters.Length)
            .Select(chapter => new NavGroup(chapter.Key == "work" ? null : words.Say($"chapter.{chapter.Key}"),
                [.. chapter.OrderBy(entry => entry.Order).Select(entry => new NavItem(entry.Href, entry.Icon, words.Say(entry.Word)))]))];
    }

    private async Task<string?> LineAsync(PlatformDb db, CancellationToken cancel)
    {
        if (db.Actor.Grants.OrderBy(grant => grant.OnBehalfOf is not null).FirstOrDefault() is not { } first)
        {
            return null;
        }

        string? name = await db.Set<Organisation>().Where(row => row.Id == first.OrganisationId).Select(row => row.Name).FirstOrDefaultAsync(cancel);
        string role = words.Say($"role.{first.Role}");
        return db.Actor.Grants.Count == 1 ? words.Say("frame.line", name ?? "", role) : words.Say("frame.line-more", name ?? "", role, db.Actor.Grants.Count);
    }
}

using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel.Data;

/// <summary>Lays the first stone of an empty database: the root of the tree and the three separated administrators.</summary>
public static class Founding
{
    /// <summary>User name, name to show, role and the environment variable that brings the first password.</summary>
    public static IReadOnlyList<(string UserName, string DisplayName, string Role, string Variable)> Administrators { get; } =
    [
        ("system", "系统管理员", Role.SystemAdmin, "LODESTONE_SYSTEM_ADMIN"),
        ("security", "安全管理员", Role.SecurityAdmin, "LODESTONE_SECURITY_ADMIN"),
        ("audit", "审计管理员", Role.AuditAdmin, "LODESTONE_AUDIT_ADMIN"),
    ];

    /// <summary>Makes what is missing; an account whose password is not given is left out until it is.</summary>
    public static async Task FoundAsync(IServiceProvider services, Func<string, string?> passwordOf, CancellationToken cancel = default)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        PlatformDb db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        Ids ids = scope.ServiceProvider.GetRequiredService<Ids>();
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<User>>();
        Organisation? root = await db.Set<Organisation>().IgnoreQueryFilters().FirstOrDefaultAsync(row => row.ParentId == null, cancel);
        if (root is null)
        {
            root = new Organisation { Id = 1, Code = OrganisationTree.RootCode, Name = "磁石平台", Kind = OrganisationKind.Platform, Path = "/1/", Version = 1 };
            db.Add(root);
            db.Audit("platform.found", new Subject("organisation", 1), 1, 1, null, root.Code);
            await db.SaveChangesAsync(cancel);
        }

        foreach ((string userName, string displayName, string role, string variable) in Administrators)
        {
            string normalized = userName.ToUpperInvariant();
            if (passwordOf(variable) is not { Length: > 0 } password
                || await db.Set<User>().AnyAsync(row => row.NormalizedUserName == normalized, cancel))
            {
                continue;
            }

            var user = new User
            {
                Id = await ids.NextAsync(cancel),
                UserName = userName,
                NormalizedUserName = normalized,
                DisplayName = displayName,
                LockoutEnabled = true,
                SecurityStamp = Guid.NewGuid().ToString("N"),
            };
            user.PasswordHash = hasher.HashPassword(user, password);
            db.Add(user);
            db.Add(new Membership { Id = await ids.NextAsync(cancel), UserId = user.Id, OrganisationId = root.Id, Role = role });
            db.Audit("user.create", new Subject("user", user.Id), root.Id, user.Id, null, $"{userName}: {role}");
            await db.SaveChangesAsync(cancel);
        }
    }
}

using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>For which city an actor acts.</summary>
internal sealed class Cities(PlatformDb db)
{
    /// <summary>The one city for which the actor holds the role.</summary>
    /// <exception cref="Refusal"><c>access.role</c></exception>
    public async Task<Organisation> OfRoleAsync(string role, CancellationToken cancel = default)
    {
        long[] above = [.. db.Actor.Grants.Where(grant => grant.Role == role).SelectMany(grant => Organisation.Chain(grant.Path)).Distinct()];
        List<Organisation> cities = await db.Set<Organisation>().AsNoTracking().Where(row => above.Contains(row.Id) && row.Kind == OrganisationKind.City)
            .OrderBy(row => row.Id).ToListAsync(cancel);
        return cities.Find(city => db.Actor.May(role, Seat.At, city.Path) is not null) ?? throw Refusal.Role();
    }
}

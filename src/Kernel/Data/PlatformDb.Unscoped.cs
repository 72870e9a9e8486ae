using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Data;

public sealed partial class PlatformDb
{
    /// <summary>The parents of the organisations where a user holds a role: who sits in the same house, whatever the asker may see.</summary>
    internal async Task<List<string>> HousesOfAsync(long userId, DateOnly today, CancellationToken cancel)
    {
        var seats = await (
            from membership in Set<Membership>().IgnoreQueryFilters()
            join path in Set<OrganisationPath>() on membership.OrganisationId equals path.Id
            where membership.UserId == userId && (membership.StartsOn == null || membership.StartsOn <= today)
                && (membership.EndsOn == null || membership.EndsOn >= today)
            join organisation in Set<Organisation>().IgnoreQueryFilters() on membership.OrganisationId equals organisation.Id
            select new { path.Path, organisation.Kind }).ToListAsync(cancel);
        // A department shares its house with the government it belongs to.
        return [.. seats.Select(seat => OrganisationKind.ActsForParent(seat.Kind)
            ? seat.Path[..(seat.Path.AsSpan(0, seat.Path.Length - 1).LastIndexOf('/') + 1)]
            : seat.Path)];
    }

    /// <summary>Whether any organisation holds a value of the indicator; yes or no is all that comes back.</summary>
    internal Task<bool> HasValuesAsync(long indicatorId, CancellationToken cancel) =>
        Set<Indicators.Observation>().IgnoreQueryFilters().AnyAsync(row => row.IndicatorId == indicatorId, cancel);
}

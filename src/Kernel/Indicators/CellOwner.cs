using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;

namespace Lodestone.Kernel.Indicators;

/// <summary>
/// The right to write an organisation's own cells. Only <see cref="Of"/> makes one, only for a reporter of that very
/// organisation: statistics staff and leaders cannot come by it (Statistics Law, arts. on independent reporting).
/// </summary>
public sealed class CellOwner
{
    private CellOwner(Organisation organisation, long? onBehalfOf)
    {
        Organisation = organisation;
        OnBehalfOf = onBehalfOf;
    }

    public Organisation Organisation { get; }

    /// <summary>The absent reporter for whom a deputy writes.</summary>
    public long? OnBehalfOf { get; }

    /// <exception cref="Refusal"><c>access.role</c>: nobody fills in on another's behalf.</exception>
    public static CellOwner Of(PlatformDb db, Organisation organisation) =>
        db.Actor.May(Role.Reporter, Seat.Own, organisation.Path) is { } grant
            ? new CellOwner(organisation, grant.OnBehalfOf)
            : throw Refusal.Role();
}

using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Cockpit;

/// <summary>
/// Where a district stands on the tile map: a place on a grid of hexagons, of which odd columns stand half a tile lower. No outline is
/// drawn: a map with boundaries needs an approval number (《地图管理条例》).
/// </summary>
[SharedAcrossOrganisations("A place on a drawing; says nothing of an organisation that its name does not.")]
internal sealed class MapTile
{
    public long OrganisationId { get; internal set; }

    /// <summary>From the west, 0 up.</summary>
    public int TileColumn { get; internal set; }

    /// <summary>From the north, 0 up.</summary>
    public int TileRow { get; internal set; }
}

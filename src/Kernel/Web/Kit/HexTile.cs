namespace Lodestone.Kernel.Web.Kit;

/// <summary>
/// A district on the tile map. Column and row are places on a grid of flat-topped hexagons; odd columns stand half a tile lower.
/// <paramref name="Step"/> is 1 to 3 from low to high, 0 when there is no value.
/// </summary>
public sealed record HexTile(int Column, int Row, string Name, string Value, string? Change, int Step, string? Href = null);

using Lodestone.Kernel.Web.Kit;

namespace Lodestone.Coordination.Supervision;

/// <summary>Which lamp a city shows for how an order stands. Cities differ, so it is chosen, not built in.</summary>
/// <param name="Code">Its name in words is the resource <c>palette.{code}</c>, a lamp's word <c>palette.{code}.{state}</c>.</param>
internal sealed record Palette(string Code, IReadOnlyDictionary<OrderState, LightKind> Lamps)
{
    /// <summary>Green, yellow near or behind, red when overdue (as in Yichang).</summary>
    public static Palette Three { get; } = new("three", Of(LightKind.Due, LightKind.Due, LightKind.Late, LightKind.Late));

    /// <summary>Blue near the limit, yellow behind schedule, red when overdue (as in Suqian).</summary>
    public static Palette Blue { get; } = new("blue", Of(LightKind.Hold, LightKind.Due, LightKind.Late, LightKind.Late));

    /// <summary>A ladder of written orders, blue, orange, red: the next only if the last was not met (as in Sanming).</summary>
    public static Palette Ladder { get; } = new("ladder", Of(LightKind.Hold, LightKind.Hold, LightKind.Due, LightKind.Late));

    public static IReadOnlyList<Palette> All { get; } = [Three, Blue, Ladder];

    public static Palette Find(string? code) => All.FirstOrDefault(one => one.Code == code) ?? Three;

    private static Dictionary<OrderState, LightKind> Of(LightKind near, LightKind behind, LightKind overdue, LightKind escalated) => new()
    {
        [OrderState.Ok] = LightKind.Ok,
        [OrderState.Near] = near,
        [OrderState.Behind] = behind,
        [OrderState.Overdue] = overdue,
        [OrderState.Escalated] = escalated,
        [OrderState.Held] = LightKind.None,
        [OrderState.Done] = LightKind.Done,
    };
}

namespace Lodestone.Kernel.Web.Kit;

/// <summary>A milestone on a Gantt bar; <paramref name="At"/> is a share of the whole axis, 0 to 1.</summary>
public sealed record GanttMile(decimal At, string Name, bool Done, bool Late = false);

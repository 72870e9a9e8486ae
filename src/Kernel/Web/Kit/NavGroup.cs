namespace Lodestone.Kernel.Web.Kit;

/// <summary>One chapter of the side bar; without a title its links stand at the top.</summary>
public sealed record NavGroup(string? Title, IReadOnlyList<NavItem> Items);

/// <summary>A place in the navigation. <paramref name="Count"/> is what waits there for the reader; nothing is shown at zero.</summary>
public sealed record NavItem(string Href, string Icon, string Text, int Count = 0);

namespace Lodestone.Kernel.Web.Kit;

/// <summary>One thing that is wrong, with the place on the page where it can be mended.</summary>
public sealed record RefusedItem(string Text, string? Href = null);

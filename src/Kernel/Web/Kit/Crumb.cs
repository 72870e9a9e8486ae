namespace Lodestone.Kernel.Web.Kit;

/// <summary>A step of the path above a page's title; the last one has no link.</summary>
public sealed record Crumb(string Text, string? Href = null);

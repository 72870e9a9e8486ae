namespace Lodestone.Kernel.Web.Kit;

/// <summary>A tab is a link: the page it leads to is its own address.</summary>
public sealed record TabItem(string Text, string Href, bool Current = false);

namespace Lodestone.Kernel.Web.Kit;

/// <summary>Marks the kit's own words, <c>KitWords.resx</c>, for <c>IStringLocalizer&lt;KitWords&gt;</c>.</summary>
public sealed class KitWords;

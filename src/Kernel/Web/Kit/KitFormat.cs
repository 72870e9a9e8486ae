using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Lodestone.Kernel.Web.Kit;

/// <summary>Small conversions that pages and the kit's markup share.</summary>
public static class KitFormat
{
    /// <summary>
    /// The address of a place on the present page. A bare "#id" would lead to the site's root, because the document has a base address.
    /// </summary>
    public static string Here(this NavigationManager navigation, string id)
    {
        var uri = new Uri(navigation.Uri);
        return $"{uri.PathAndQuery}#{id}";
    }

    internal static string Percent(decimal share) =>
        (Math.Clamp(share, 0m, 1m) * 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    internal static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    internal static string Class(this LightKind kind) => kind switch
    {
        LightKind.Ok => "ls-ok",
        LightKind.Due => "ls-due",
        LightKind.Late => "ls-late",
        LightKind.Hold => "ls-hold",
        LightKind.Done => "ls-done",
        _ => "ls-none",
    };

    internal static string Class(this Tone tone) => tone switch
    {
        Tone.Outline => "ls-outline",
        Tone.Accent => "ls-accent",
        Tone.Green => "ls-green",
        Tone.Amber => "ls-amber",
        Tone.Red => "ls-red",
        _ => "ls-grey",
    };
}

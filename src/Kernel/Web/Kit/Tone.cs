namespace Lodestone.Kernel.Web.Kit;

/// <summary>The colour of a tag or a message. Red, amber and green mean a status, never decoration.</summary>
public enum Tone
{
    Grey,
    Outline,
    Accent,
    Green,
    Amber,
    Red,
}

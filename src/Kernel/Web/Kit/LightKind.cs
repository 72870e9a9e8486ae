namespace Lodestone.Kernel.Web.Kit;

/// <summary>The state of a time limit or a check, shown as shape, word and colour together.</summary>
public enum LightKind
{
    /// <summary>A ring: not begun, or nothing to say.</summary>
    None,

    /// <summary>A circle: in time, nothing found.</summary>
    Ok,

    /// <summary>A triangle: due soon, or to be explained.</summary>
    Due,

    /// <summary>A square: overdue, or wrong.</summary>
    Late,

    /// <summary>A double bar: the clock is suspended.</summary>
    Hold,

    /// <summary>A tick: finished.</summary>
    Done,
}

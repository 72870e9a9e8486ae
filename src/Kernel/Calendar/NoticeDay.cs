namespace Lodestone.Kernel.Calendar;

/// <summary>What a notice makes of a day.</summary>
public enum DayKind
{
    /// <summary>A holiday, or a weekday moved away to lengthen one.</summary>
    Off = 0,

    /// <summary>A weekend day that is worked in exchange (调休).</summary>
    Work = 1,
}

/// <summary>One day named by the State Council's yearly holiday notice.</summary>
/// <param name="Date">The legal day.</param>
/// <param name="Name">The holiday in the notice's own words.</param>
/// <param name="Kind">Whether the day is off or worked.</param>
public readonly record struct NoticeDay(DateOnly Date, string Name, DayKind Kind);

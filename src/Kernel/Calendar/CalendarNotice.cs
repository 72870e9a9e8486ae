using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Calendar;

/// <summary>A State Council notice that was imported after the product was built.</summary>
[SharedAcrossOrganisations("One calendar for all.")]
public sealed class CalendarNotice
{
    public int Year { get; internal set; }

    /// <summary>The named days, one <c>yyyy-MM-dd,off|work,name</c> a line.</summary>
    public string Days { get; internal set; } = "";

    /// <summary>Where the notice was published.</summary>
    public string Source { get; internal set; } = "";

    public DateTimeOffset ImportedAt { get; internal set; }
}

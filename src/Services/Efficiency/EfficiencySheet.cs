using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Services.Efficiency;

/// <summary>
/// A unit's figures of a quarter as its head confirmed them, for its reporter: they count only when the reporter has returned them through the three
/// levels. Append-only.
/// </summary>
internal sealed class EfficiencySheet : IOwned
{
    public long Id { get; internal set; }

    /// <summary>The department or hall.</summary>
    public long OrganisationId { get; internal set; }

    public Period Period { get; internal set; }

    /// <summary>1, 2, 3 …; the highest one is what the head says now.</summary>
    public int Revision { get; internal set; }

    public int Due { get; internal set; }

    public int InPromise { get; internal set; }

    public int Late { get; internal set; }

    /// <summary>Tenths of a working day.</summary>
    public int? NetTenths { get; internal set; }

    public int Rated { get; internal set; }

    public int Satisfied { get; internal set; }

    public int Corrected { get; internal set; }

    public long ConfirmedBy { get; internal set; }

    public DateTimeOffset ConfirmedAt { get; internal set; }
}

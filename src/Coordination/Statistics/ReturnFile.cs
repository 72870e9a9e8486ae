using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// A form, a unit and a period as the route names them, with whatever has been begun. Once a correction exists the newest one
/// stands for the return: its stage, its version, its one cell.
/// </summary>
/// <param name="Indicators">In the order of the form's lines.</param>
/// <param name="Return">Null until the first save.</param>
/// <param name="Correction">The newest correction, open or done.</param>
/// <param name="Case">The correction's case, else the return's; null until the first save.</param>
/// <param name="EntryEnds">The last day on which a draft may be written and handed on; null when entry does not close.</param>
internal sealed record ReturnFile(
    Form Form, Organisation Organisation, Period Period, IReadOnlyList<Indicator> Indicators, Return? Return, Correction? Correction, CaseView? Case,
    DateOnly? EntryEnds = null)
{
    public string Stage => Case?.Stage ?? ReturnStage.Draft;

    public long Version => Case?.Version ?? 0;

    /// <summary>The one indicator that may be written while a correction is on its way; null when no correction is.</summary>
    public long? OpenIndicator => Correction is { } correction && Stage != ReturnStage.Approved ? correction.IndicatorId : null;

    /// <summary>True when entry has closed and no exception runs.</summary>
    public bool IsClosedOn(DateOnly today) => EntryEnds < today && (Stage == ReturnStage.Draft || ReturnStage.Signatures.Contains(Stage));

    public bool IsLocked(Indicator indicator) => OpenIndicator is { } open && open != indicator.Id;

    public Indicator? Find(string? code) => Indicators.FirstOrDefault(row => row.Code == code);
}

using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// What is asked of whom, and by what right. Without document number, authority, approval number and a validity that still
/// runs its target may refuse it (Statistics Law, on approved survey schemes).
/// </summary>
[SharedAcrossOrganisations("The list of forms is one for all; who must fill them in is owned by the reporter.")]
internal sealed class Form
{
    public long Id { get; internal set; }

    public string Code { get; internal set; } = "";

    public string Name { get; internal set; } = "";

    public string DocumentNumber { get; internal set; } = "";

    public string Authority { get; internal set; } = "";

    public string ApprovalNumber { get; internal set; } = "";

    /// <summary>The last day on which it may be used, and the latest end of a period that it may ask for.</summary>
    public DateOnly ValidUntil { get; internal set; }

    public PeriodKind Frequency { get; internal set; }

    /// <summary>Working days from the end of a period until the return is due.</summary>
    public int DueWorkdays { get; internal set; } = DefaultDueWorkdays;

    /// <summary>One of <see cref="FormSigning"/>.</summary>
    public string Signing { get; internal set; } = FormSigning.None;

    /// <summary>
    /// Working days from the due day after which entry closes and a return that was never submitted needs an approved exception; null when
    /// entry never closes.
    /// </summary>
    public int? ClosesAfterWorkdays { get; internal set; }

    /// <summary>Identities between the cells, one a line: <c>T=A+B</c>. Empty when the form has none.</summary>
    public string Identities { get; internal set; } = "";

    /// <summary>One of <see cref="SensitivityMark"/>: how far its returns may travel as files.</summary>
    public string Sensitivity { get; internal set; } = SensitivityMark.Internal;

    public const int DefaultDueWorkdays = 15;
}

/// <summary>
/// What a form asks for before a return may be submitted. Statistics Law, on checking and signing: who signs answers for what is signed. That
/// three sign (who filled it in, the head of statistics, the head of the unit) and the unit stamps it is the trade's practice.
/// </summary>
internal static class FormSigning
{
    public const string None = "none";

    /// <summary>Three signatures, one after the other.</summary>
    public const string Signed = "signed";

    /// <summary>Three signatures, and a scan of the printed and stamped page.</summary>
    public const string Stamped = "stamped";

    public static IReadOnlyList<string> All { get; } = [None, Signed, Stamped];
}

/// <summary>A line of a form.</summary>
[SharedAcrossOrganisations("Part of the shared list of forms.")]
internal sealed class FormIndicator
{
    public long FormId { get; internal set; }

    public long IndicatorId { get; internal set; }

    /// <summary>1, 2, 3 … from the top of the form.</summary>
    public int Line { get; internal set; }
}

/// <summary>An organisation that must fill in a form.</summary>
internal sealed class FormReporter : IOwned
{
    public long FormId { get; internal set; }

    public long OrganisationId { get; internal set; }
}

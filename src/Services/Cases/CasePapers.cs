using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Services.Catalogue;

namespace Lodestone.Services.Cases;

/// <summary>The papers of a case as .docx: receipt, one-time notice of corrections, acceptance, extension, special procedure, decision.</summary>
internal sealed class CasePapers(CaseReading reading, Words words, TimeProvider clock)
{
    public const string Receipt = "receipt";
    public const string Correction = "correction";
    public const string Acceptance = "acceptance";
    public const string Extension = "extension";
    public const string SpecialProcedure = "special";
    public const string Decision = "decision";

    private static readonly int[] s_shares = [8, 42, 50];

    /// <summary>The papers that there are by now.</summary>
    public static IEnumerable<string> Of(ServiceView view, IReadOnlyList<CaseMaterial> materials, IReadOnlyList<StepLine> steps)
    {
        yield return Receipt;
        if (materials.Any(row => row.Asked))
        {
            yield return Correction;
        }

        if (view.Service.AcceptedOn is not null)
        {
            yield return Acceptance;
        }

        if (steps.Any(step => step.Action == CaseProcedure.Extend))
        {
            yield return Extension;
        }

        if (steps.Any(step => step.Action == CaseProcedure.StartSpecial))
        {
            yield return SpecialProcedure;
        }

        if (view.Service.DecidedOn is not null || view.Stage is CaseProcedure.NotRequired or CaseProcedure.NotCompetent)
        {
            yield return Decision;
        }
    }

    /// <exception cref="Refusal"><c>request.not-found</c>: the case is not the reader's, or has no such paper yet.</exception>
    public async Task<(byte[] Content, long OrganisationId, string Number)> WriteAsync(long id, string kind, CancellationToken cancel = default)
    {
        ServiceView view = await reading.FindAsync(id, cancel);
        IReadOnlyList<CaseMaterial> materials = await reading.MaterialsAsync(id, cancel);
        IReadOnlyList<StepLine> steps = await reading.StepsAsync(view, cancel);
        if (!Of(view, materials, steps).Contains(kind))
        {
            throw Refusal.NotFound();
        }

        EntryView item = await reading.ItemAsync(view, cancel);
        OfficialDocument paper = new OfficialDocument().Title(words.Say($"papers.{kind}")).Paragraph(words.Say("papers.to", view.Service.EnterpriseName));
        string? reason = steps.LastOrDefault(step => step.Action == kind switch
        {
            Extension => CaseProcedure.Extend,
            SpecialProcedure => CaseProcedure.StartSpecial,
            _ => view.Stage switch { CaseProcedure.NotRequired => CaseProcedure.SayNotRequired, CaseProcedure.NotCompetent => CaseProcedure.SayNotCompetent, _ => view.Service.Granted == true ? CaseProcedure.Grant : CaseProcedure.Refuse },
        })?.Note;
        DateOnly day = kind switch
        {
            Receipt => Lay(paper, view, materials),
            Correction => LayCorrection(paper, view, materials, steps),
            Acceptance => LayAcceptance(paper, view, item, materials, steps),
            Extension => LayExtension(paper, view, item, steps, reason),
            SpecialProcedure => LaySpecial(paper, view, item, steps, reason),
            _ => LayDecision(paper, view, reason, steps),
        };
        return (paper.Closing(kind == Receipt && view.Service.WindowName.Length > 0 ? view.Service.WindowName : view.Service.DepartmentName).Closing(Day(day)).ToBytes(), view.Service.OrganisationId, view.Number);
    }

    private DateOnly Lay(OfficialDocument paper, ServiceView view, IReadOnlyList<CaseMaterial> materials)
    {
        paper.Paragraph(words.Say("papers.receipt-line", Day(view.Service.ReceivedOn), view.Service.ItemName, view.Number))
            .Table([words.Say("papers.ordinal"), words.Say("papers.material"), words.Say("word.state")], s_shares,
                materials.Select((row, index) => (IReadOnlyList<string>)[Number(index + 1), row.Name, words.Say($"cases.material.{row.ReceivedState ?? row.State}")]));
        if (view.Service.Licence)
        {
            paper.Paragraph(words.Say("papers.receipt-law", CaseClocks.TellDays));
        }

        return view.Service.ReceivedOn;
    }

    private DateOnly LayCorrection(OfficialDocument paper, ServiceView view, IReadOnlyList<CaseMaterial> materials, IReadOnlyList<StepLine> steps)
    {
        CaseMaterial[] asked = [.. materials.Where(row => row.Asked)];
        Deadline? own = view.Clocks.GetValueOrDefault(CaseProcedure.CorrectClock)?.Deadline;
        paper.Paragraph(words.Say("papers.correction-line", view.Service.ItemName, view.Number, asked.Length))
            .Table([words.Say("papers.ordinal"), words.Say("papers.material"), words.Say("papers.what")], s_shares,
                asked.Select((row, index) => (IReadOnlyList<string>)[Number(index + 1), row.Name, row.AskedText]))
            .Paragraph(words.Say("papers.correction-until", own?.Budget ?? 0, view.Clocks.TryGetValue(CaseProcedure.CorrectClock, out CaseTime? time) ? Day(time.Clock.FirstDueOn) : ""))
            .Paragraph(words.Say("papers.correction-once"));
        return steps.First(step => step.Action == CaseProcedure.AskCorrection).At.LegalDay();
    }

    private DateOnly LayAcceptance(OfficialDocument paper, ServiceView view, EntryView item, IReadOnlyList<CaseMaterial> materials, IReadOnlyList<StepLine> steps)
    {
        DateOnly accepted = view.Service.AcceptedOn!.Value;
        string[] gaps = [.. materials.Where(row => row.GapOn is not null).Select(row => row.Name)];
        paper.Paragraph(words.Say(view.Service.Deemed ? "papers.deemed-line" : gaps.Length > 0 ? "papers.gap-line" : "papers.acceptance-line", view.Service.ItemName, view.Number, Day(accepted),
                string.Join('、', gaps)))
            .Paragraph(words.Say("papers.limits", item.Text.PromisedDays, Day(view.Clocks[CaseProcedure.PromisedClock].Clock.FirstDueOn), item.Text.StatutoryDays,
                Day(view.Clocks[CaseProcedure.StatutoryClock].Clock.FirstDueOn)));
        return steps.First(step => step.Action is CaseProcedure.Accept or CaseProcedure.DeemAccepted).At.LegalDay();
    }

    private DateOnly LayExtension(OfficialDocument paper, ServiceView view, EntryView item, IReadOnlyList<StepLine> steps, string? reason)
    {
        paper.Paragraph(words.Say("papers.extension-line", view.Service.ItemName, view.Number, CaseClocks.ExtensionOf(item.Text), reason ?? ""));
        if (view.Service.ExtendedTo is { } due)
        {
            paper.Paragraph(words.Say("papers.extension-until", Day(due)));
        }

        return steps.First(step => step.Action == CaseProcedure.Extend).At.LegalDay();
    }

    private DateOnly LaySpecial(OfficialDocument paper, ServiceView view, EntryView item, IReadOnlyList<StepLine> steps, string? reason)
    {
        SpecialText? special = item.Text.Specials?.FirstOrDefault(one => one.Kind == view.Service.SpecialKind) ?? (item.Text.Specials is [var only, ..] ? only : null);
        paper.Paragraph(words.Say("papers.special-line", view.Service.ItemName, view.Number, special is null ? "" : words.Say($"lists.special.{special.Kind}"), special?.Days ?? 0, reason ?? ""));
        return steps.Last(step => step.Action == CaseProcedure.StartSpecial).At.LegalDay();
    }

    private DateOnly LayDecision(OfficialDocument paper, ServiceView view, string? reason, IReadOnlyList<StepLine> steps)
    {
        string key = view.Stage switch { CaseProcedure.NotRequired => "papers.not-required", CaseProcedure.NotCompetent => "papers.not-competent", _ => view.Service.Granted == true ? "papers.granted" : view.Service.Licence ? "papers.refused" : "papers.refused.other" };
        paper.Paragraph(words.Say(key, view.Service.ItemName, view.Number, reason ?? ""));
        if (view.Service.Granted != true)
        {
            // Art. 38: a refusal says why and where to turn.
            paper.Paragraph(words.Say("papers.remedy"));
        }

        return view.Service.DecidedOn ?? (steps.Count > 0 ? steps[^1].At.LegalDay() : clock.Today());
    }

    private static string Day(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
